// Compiled once a model; see cmake/ChasmKernel.cmake.
#include "kernels/make_program.hpp"
#include CHASM_MODEL_HEADER

namespace chasm::CHASM_MODEL {

namespace {

__global__ void run_worlds(const __grid_constant__ Batch batch,
                           const __grid_constant__ Rules::Shape shape,
                           const __grid_constant__ Rules::Shared shared) {
  const Grid grid{static_cast<int>(gridDim.x), static_cast<int>(blockDim.x)};
  RunWorlds<Rules>{batch, shape, shared}(
      grid, {static_cast<int>(blockIdx.x), static_cast<int>(threadIdx.x)});
}

}  // namespace

const DeviceProgram& CHASM_KERNEL() {
  static const DeviceProgram program =
      make_device_program<Rules>(reinterpret_cast<const void*>(&run_worlds), nullptr);
  return program;
}

}  // namespace chasm::CHASM_MODEL
