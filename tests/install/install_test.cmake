# cmake -DBUILD= -DOUTSIDE= -DWORK= -DGENERATOR= -DCOMPILER= -P install_test.cmake

cmake_minimum_required(VERSION 3.25)

function(must_run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${what} failed (${status}):\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
set(prefix ${WORK}/prefix)
must_run("Installing" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
# Out of the tree altogether, so that nothing of it can be found by a relative path.
file(COPY ${OUTSIDE}/ DESTINATION ${WORK}/project)
must_run("Configuring the outside project" ${CMAKE_COMMAND} -S ${WORK}/project -B ${WORK}/build -G ${GENERATOR}
  -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=Release)
must_run("Building the outside project" ${CMAKE_COMMAND} --build ${WORK}/build)
must_run("Running the outside project" ${WORK}/build/few_worlds)
message(STATUS "${output}")

file(GLOB_RECURSE installed RELATIVE ${prefix} ${prefix}/*)
foreach(wanted bin/chasm share/chasm/scenarios/studies/march-figure1.toml include/chasm/sim/study.hpp)
  if(NOT wanted IN_LIST installed)
    message(FATAL_ERROR "${wanted} was not installed:\n${installed}")
  endif()
endforeach()
must_run("The installed program" ${prefix}/bin/chasm check ${prefix}/share/chasm/scenarios/studies/march-figure1.toml)

# Nothing that was installed may name the tree that it was built in.
get_filename_component(tree ${OUTSIDE}/../../.. ABSOLUTE)
foreach(file IN LISTS installed)
  if(file MATCHES "\\.(cmake|hpp|toml)$")
    file(READ ${prefix}/${file} text)
    string(FIND "${text}" "${tree}/" place)
    if(NOT place EQUAL -1)
      message(FATAL_ERROR "${file} names the source tree ${tree}")
    endif()
  endif()
endforeach()
