# chasm_add_model(name [FOLDER models/<name>] [TARGET chasm_models]): compiles the model of a folder once per
# instruction set and lane width, into the target.
# The product carries avx512 x 16, avx2 x 8 and plain x 1; with CHASM_TESTS also the widths that only tests use.

set(CHASM_ISA_FLAGS_plain "")
set(CHASM_ISA_FLAGS_avx2 -mavx2 -mfma -mbmi -mbmi2 -mpopcnt)
set(CHASM_ISA_FLAGS_avx512 ${CHASM_ISA_FLAGS_avx2} -mavx512f -mavx512bw -mavx512dq -mavx512vl -mavx512cd
    -mprefer-vector-width=512)

set(CHASM_PROGRAMS "plain:1:float")
if(CHASM_LANES STREQUAL "native" AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND CHASM_PROGRAMS "avx2:8:float" "avx512:16:float")
endif()
if(CHASM_TESTS)
  list(APPEND CHASM_PROGRAMS "plain:1:double" "plain:8:float")
  if(CHASM_LANES STREQUAL "native" AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(APPEND CHASM_PROGRAMS "avx2:16:float" "avx512:8:double")
  endif()
endif()

function(chasm_add_model name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER;TARGET" "")
  if(NOT arg_FOLDER)
    set(arg_FOLDER models/${name})
  endif()
  if(NOT arg_TARGET)
    set(arg_TARGET chasm_models)
  endif()
  set(declarations "")
  set(entries "")
  foreach(program IN LISTS CHASM_PROGRAMS)
    string(REPLACE ":" ";" parts ${program})
    list(GET parts 0 isa)
    list(GET parts 1 width)
    list(GET parts 2 real)
    set(symbol program_${isa}_${width}_${real})
    set(target chasm_${name}_${isa}_${width}_${real})
    add_library(${target} OBJECT ${PROJECT_SOURCE_DIR}/models/program.cpp)
    target_compile_definitions(${target} PRIVATE CHASM_ISA=${isa} CHASM_WIDTH=${width} CHASM_REAL=${real}
      CHASM_MODEL=${name} CHASM_MODEL_HEADER="${arg_FOLDER}/model.hpp" CHASM_SYMBOL=${symbol})
    target_compile_options(${target} PRIVATE ${CHASM_ISA_FLAGS_${isa}}
      # g++ 12 warns about its own _mm512_undefined_*.
      $<$<CXX_COMPILER_ID:GNU>:-Wno-uninitialized -Wno-maybe-uninitialized>)
    target_link_libraries(${target} PRIVATE chasm_flags)
    target_sources(${arg_TARGET} PRIVATE $<TARGET_OBJECTS:${target}>)
    string(APPEND declarations "extern const Program ${symbol};\n")
    string(APPEND entries "    ${symbol},\n")
  endforeach()
  set(CHASM_MODEL ${name})
  set(CHASM_DECLARATIONS "${declarations}")
  set(CHASM_ENTRIES "${entries}")
  configure_file(${PROJECT_SOURCE_DIR}/models/programs.cpp.in ${name}_programs.cpp @ONLY)
  target_sources(${arg_TARGET} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${name}_programs.cpp)
endfunction()
