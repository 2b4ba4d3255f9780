# Options, compile flags and the libraries that were found.

include(CMakeDependentOption)
include(GNUInstallDirs)

option(CHASM_TESTS "build the tests" ${PROJECT_IS_TOP_LEVEL})
option(CHASM_CORE_ONLY "only sim and models: no HDF5, Eigen, TOML or program" OFF)
set(CHASM_LANES "native" CACHE STRING
  "instruction sets of the lanes: native (plain, avx2, avx512 on x86-64) or plain")
foreach(part CUDA MPI PYTHON)
  set(CHASM_${part} AUTO CACHE STRING "AUTO uses it when found, ON asks for it, OFF leaves it out")
  set_property(CACHE CHASM_${part} PROPERTY STRINGS AUTO ON OFF)
endforeach()

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_library(chasm_flags INTERFACE)
add_library(chasm::flags ALIAS chasm_flags)
# Same bits everywhere: no fused operation that the source does not name. -Wno-psabi: vectors wider than the
# machine's never cross a compiled boundary.
target_compile_options(chasm_flags INTERFACE
  -Wall -Wextra -Wno-psabi -ffp-contract=off -fno-math-errno
  $<$<BOOL:${CHASM_WERROR}>:-Werror>)
option(CHASM_WERROR "warnings are errors" OFF)
target_include_directories(chasm_flags INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/chasm>)

# chasm_feature(CUDA found "what to install"): turns AUTO/ON/OFF and what was found into CHASM_HAS_<part>.
function(chasm_feature part found advice)
  set(has OFF)
  if(CHASM_${part} STREQUAL "OFF")
    message(STATUS "chasm: ${part} left out (CHASM_${part}=OFF)")
  elseif(found)
    set(has ON)
    message(STATUS "chasm: ${part} found")
  elseif(CHASM_${part} STREQUAL "ON")
    message(FATAL_ERROR "chasm: ${part} was asked for (CHASM_${part}=ON) but not found. ${advice}")
  else()
    message(STATUS "chasm: ${part} not found, left out. ${advice}")
  endif()
  set(CHASM_HAS_${part} ${has} PARENT_SCOPE)
endfunction()
