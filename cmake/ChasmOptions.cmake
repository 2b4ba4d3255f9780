# Options, compile flags and the libraries that were found.

include(GNUInstallDirs)

option(CHASM_TESTS "build the tests" ${PROJECT_IS_TOP_LEVEL})
option(CHASM_CORE_ONLY "only sim and models: no HDF5, Eigen, TOML or program" OFF)
option(CHASM_WERROR "warnings are errors" OFF)
option(CHASM_COVERAGE "count executed lines and branches (g++)" OFF)
set(CHASM_SANITIZE "" CACHE STRING "sanitizers for every target: address,undefined or thread; with fuzzer-no-link (clang++) the fuzz targets too")
set(CHASM_LANES "native" CACHE STRING
  "instruction sets of the lanes: native (plain, avx2, avx512 on x86-64) or plain")
# The simulator as a Python module: tests need it, the program does not.
set(default_BINDING OFF)
if(CHASM_TESTS)
  set(default_BINDING AUTO)
endif()
foreach(part CUDA MPI PYTHON BINDING)
  if(NOT DEFINED default_${part})
    set(default_${part} AUTO)
  endif()
  set(CHASM_${part} ${default_${part}} CACHE STRING "AUTO uses it when found, ON asks for it, OFF leaves it out")
  set_property(CACHE CHASM_${part} PROPERTY STRINGS AUTO ON OFF)
  string(TOUPPER "${CHASM_${part}}" asked)
  if(asked MATCHES "^(ON|YES|TRUE|Y|1)$")
    set(CHASM_${part} ON)
  elseif(asked MATCHES "^(OFF|NO|FALSE|N|0)$")
    set(CHASM_${part} OFF)
  elseif(NOT asked STREQUAL "AUTO")
    message(FATAL_ERROR "chasm: CHASM_${part}=${CHASM_${part}} is unknown (it is AUTO, ON or OFF). Give one of them.")
  endif()
endforeach()
if(NOT CHASM_LANES MATCHES "^(native|plain)$")
  message(FATAL_ERROR "chasm: CHASM_LANES=${CHASM_LANES} is unknown (it is native or plain). Give one of them.")
endif()

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
find_program(CHASM_CCACHE ccache)
if(CHASM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${CHASM_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CHASM_CCACHE})
endif()

# A project that finds chasm installed gets the include directories and C++20 from this target, none of the flags.
add_library(chasm_flags INTERFACE)
add_library(chasm::flags ALIAS chasm_flags)
set_target_properties(chasm_flags PROPERTIES EXPORT_NAME flags)
target_compile_features(chasm_flags INTERFACE cxx_std_20)
# Same bits everywhere: no fused operation that the source does not name. -Wno-psabi: vectors wider than the
# machine's never cross a compiled boundary.
set(flags -Wall -Wextra -Wno-psabi -ffp-contract=off -fno-math-errno)
if(CHASM_WERROR)
  list(APPEND flags -Werror)
endif()
target_compile_options(chasm_flags INTERFACE "$<BUILD_INTERFACE:${flags}>")
if(CHASM_SANITIZE)
  set(flags -fsanitize=${CHASM_SANITIZE} -fno-omit-frame-pointer)
  if(CHASM_SANITIZE MATCHES "undefined")
    list(APPEND flags -fno-sanitize-recover=all)
  endif()
  add_compile_options(${flags})
  add_link_options(${flags})
endif()
if(CHASM_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
target_include_directories(chasm_flags INTERFACE
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>"
  "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/chasm>")

# chasm_feature(CUDA found "what it is" "what to install"): turns AUTO/ON/OFF and what was found into
# CHASM_HAS_<part>, and says so in one line.
function(chasm_feature part found what advice)
  set(has OFF)
  if(CHASM_${part} STREQUAL "OFF")
    message(STATUS "chasm: ${part} left out (CHASM_${part}=OFF)")
  elseif(found)
    set(has ON)
    message(STATUS "chasm: ${part} found: ${what}")
  elseif(CHASM_${part} STREQUAL "ON")
    message(FATAL_ERROR "chasm: ${part} not found (it was asked for with CHASM_${part}=ON). ${advice}")
  else()
    message(STATUS "chasm: ${part} not found, left out. ${advice}")
  endif()
  set(CHASM_HAS_${part} ${has} PARENT_SCOPE)
endfunction()

if(CHASM_CUDA STREQUAL "OFF")
  set(CUDAToolkit_FOUND OFF)
else()
  find_package(CUDAToolkit 12 QUIET)
endif()
chasm_feature(CUDA "${CUDAToolkit_FOUND}"
  "${CUDAToolkit_NVCC_EXECUTABLE}, release ${CUDAToolkit_VERSION} (this version of chasm has no kernels yet)"
  "Install a CUDA toolkit of release 12 or newer and put nvcc on the PATH.")

if(CHASM_MPI STREQUAL "OFF")
  set(MPI_CXX_FOUND OFF)
else()
  # FindMPI reports each pkg-config module that it tries, even when asked to be quiet.
  set(CMAKE_MESSAGE_LOG_LEVEL WARNING)
  find_package(MPI QUIET COMPONENTS CXX)
  unset(CMAKE_MESSAGE_LOG_LEVEL)
endif()
chasm_feature(MPI "${MPI_CXX_FOUND}"
  "${MPI_CXX_COMPILER} (this version of chasm runs on one rank; use `chasm run --shard k/N`)"
  "Install an MPI library, such as libopenmpi-dev.")

# The environment that tools/setup.sh makes holds the packages of tests and figures, so it comes first.
if(CHASM_PYTHON STREQUAL "OFF")
  set(Python3_FOUND OFF)
else()
  if(EXISTS ${PROJECT_SOURCE_DIR}/build/venv/bin/python)
    set(Python3_EXECUTABLE ${PROJECT_SOURCE_DIR}/build/venv/bin/python)
  endif()
  find_package(Python3 3.10 QUIET COMPONENTS Interpreter)
endif()
chasm_feature(PYTHON "${Python3_FOUND}" "${Python3_EXECUTABLE} ${Python3_VERSION}"
  "Install Python 3.10 or newer (python3-venv).")
