# cmake -DSOURCE=... -DOUTPUT=... -P: writes CHASM_COMMIT of the tree at SOURCE into OUTPUT when it has changed.
# A tree without git (a released archive) may hold the commit in a file COMMIT; otherwise it is "".
cmake_minimum_required(VERSION 3.25)
set(commit "")
find_program(GIT git)
if(GIT AND EXISTS ${SOURCE}/.git)
  execute_process(COMMAND ${GIT} -C ${SOURCE} rev-parse HEAD
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  # Only what can change a bit of a result counts.
  execute_process(COMMAND ${GIT} -C ${SOURCE} status --porcelain --untracked-files=no
      -- sim models kernels hpc app cmake CMakeLists.txt
    OUTPUT_VARIABLE changes OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(commit AND changes)
    string(APPEND commit "+")
  endif()
elseif(EXISTS ${SOURCE}/COMMIT)
  file(READ ${SOURCE}/COMMIT commit)
  string(STRIP "${commit}" commit)
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#define CHASM_COMMIT \"@commit@\"\n" @ONLY)
