# chasm_add_kernels(target model...): compiles each model's kernel for CHASM_CUDA_ARCHITECTURES and PTX of the newest of them, and
# the table of them, into the target.

set(CHASM_CUDA_ARCHITECTURES "75;80;86;89;90;100" CACHE STRING
  "CUDA architectures to compile for (those that this toolkit knows), with PTX of the newest; or `native`: this machine's device")
# The enterprise takes 255 where it may; with 128 twice as many worlds run at once and 1.4 kB of spilled loads stay in the cache.
set(CHASM_CUDA_REGISTERS 128 CACHE STRING "registers of a thread at most (32 to 255); tools/gpu-check.sh compares")

function(chasm_cuda_architectures out)
  if(CHASM_CUDA_ARCHITECTURES STREQUAL "native")
    set(${out} native PARENT_SCOPE)
    return()
  endif()
  execute_process(COMMAND ${CMAKE_CUDA_COMPILER} --list-gpu-code OUTPUT_VARIABLE known RESULT_VARIABLE failed)
  set(real "")
  set(unknown "")
  foreach(number IN LISTS CHASM_CUDA_ARCHITECTURES)
    if(NOT number MATCHES "^[0-9]+$")
      message(FATAL_ERROR "chasm: CHASM_CUDA_ARCHITECTURES=${CHASM_CUDA_ARCHITECTURES} (\"${number}\" is no architecture) "
        "Give numbers such as 80;90, or native.")
    endif()
    if(failed OR known MATCHES "sm_${number}[^0-9]")
      list(APPEND real ${number})
    else()
      list(APPEND unknown ${number})
    endif()
  endforeach()
  if(NOT real)
    message(FATAL_ERROR "chasm: CHASM_CUDA_ARCHITECTURES=${CHASM_CUDA_ARCHITECTURES} (this toolkit knows none of them) "
      "See nvcc --list-gpu-code, or use another toolkit.")
  endif()
  if(unknown)
    message(STATUS "chasm: this CUDA toolkit has no architecture ${unknown}: left out")
  endif()
  list(SORT real COMPARE NATURAL)
  list(GET real -1 newest)
  list(TRANSFORM real APPEND -real)
  set(${out} ${real} ${newest}-virtual PARENT_SCOPE)
endfunction()

# chasm_kernel(object model function registers): one model's kernel, which that function of the model's namespace describes.
function(chasm_kernel object model function registers)
  add_library(${object} OBJECT ${PROJECT_SOURCE_DIR}/kernels/kernel.cu)
  target_compile_definitions(${object} PRIVATE CHASM_ISA=device CHASM_MODEL=${model} CHASM_KERNEL=${function}
    CHASM_MODEL_HEADER="models/${model}/model.hpp")
  # Same bits as the processor: no fused operation that the source does not name, correctly rounded division and square root,
  # subnormal numbers kept. They are nvcc's defaults but for the first, and are said so that no --use_fast_math undoes them.
  target_compile_options(${object} PRIVATE $<$<COMPILE_LANGUAGE:CUDA>:
    --fmad=false -prec-div=true -prec-sqrt=true -ftz=false --expt-relaxed-constexpr -maxrregcount=${registers}
    $<$<OR:$<BOOL:${CHASM_WERROR}>,$<BOOL:${CHASM_TESTS}>>:-Werror=all-warnings> --resource-usage>)
  # Not chasm_flags: nvcc does not know g++'s flags.
  target_include_directories(${object} PRIVATE ${PROJECT_SOURCE_DIR})
  set_target_properties(${object} PROPERTIES CUDA_STANDARD 20 CUDA_STANDARD_REQUIRED ON CUDA_EXTENSIONS OFF
    CUDA_ARCHITECTURES "${CHASM_CUDA_CODE_LIST}" CUDA_RUNTIME_LIBRARY Static)
endfunction()

function(chasm_add_kernels target)
  set(declarations "")
  set(entries "")
  foreach(model IN LISTS ARGN)
    chasm_kernel(chasm_kernel_${model} ${model} cuda_program ${CHASM_CUDA_REGISTERS})
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:chasm_kernel_${model}>)
    string(APPEND declarations "namespace ${model} {\nconst DeviceProgram& cuda_program();\n}\n")
    string(APPEND entries "  if (model.name == std::string_view(\"${model}\")) return &${model}::cuda_program();\n")
  endforeach()
  list(GET ARGN 0 CHASM_KERNEL_FIRST)
  set(CHASM_KERNEL_DECLARATIONS "${declarations}")
  set(CHASM_KERNEL_ENTRIES "${entries}")
  configure_file(${PROJECT_SOURCE_DIR}/kernels/cuda_programs.cpp.in cuda_programs.cpp @ONLY)
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/cuda_programs.cpp)
endfunction()
