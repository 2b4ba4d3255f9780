# cmake -DSOURCE= -DWORK= -DGENERATOR= -DCOMPILER= -P options_test.cmake: what is asked for and missing, or misspelled, is an error
# in one sentence, and what may be left out is.

cmake_minimum_required(VERSION 3.25)

function(configure status_wanted words)
  file(REMOVE_RECURSE ${WORK})
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK} -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER}
      -DCHASM_TESTS=OFF -DCHASM_CORE_ONLY=ON -DCMAKE_DISABLE_FIND_PACKAGE_CUDAToolkit=ON -DCMAKE_DISABLE_FIND_PACKAGE_MPI=ON
      -DCMAKE_DISABLE_FIND_PACKAGE_Python3=ON ${ARGN}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(status EQUAL 0)
    set(status done)
  else()
    set(status refused)
  endif()
  # CMake folds its messages.
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  string(FIND "${output}" "${words}" place)
  if(NOT status STREQUAL status_wanted OR place EQUAL -1)
    message(FATAL_ERROR "${ARGN}: ${status}, where '${status_wanted}' and \"${words}\" were expected:\n${output}")
  endif()
endfunction()

foreach(part CUDA MPI PYTHON)
  foreach(asked ON yes 1)
    configure(refused "chasm: ${part} not found (it was asked for with CHASM_${part}=ON)." -DCHASM_${part}=${asked})
  endforeach()
  configure(refused "chasm: CHASM_${part}=maybe is unknown" -DCHASM_${part}=maybe)
endforeach()
configure(refused "chasm: CHASM_LANES=avx is unknown" -DCHASM_LANES=avx)
configure(done "chasm: CUDA not found, left out." -DCHASM_MPI=OFF -DCHASM_PYTHON=no)
configure(done "chasm: PYTHON left out" -DCHASM_MPI=OFF -DCHASM_PYTHON=no)
