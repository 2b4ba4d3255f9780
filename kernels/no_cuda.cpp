// A build without a CUDA toolkit.
#include "kernels/cuda.hpp"

namespace chasm {

CudaDevices find_cuda_devices(LocalProcess) {
  return {.devices = {},
          .missing =
              "this build has no CUDA kernels (no CUDA toolkit was found when it was "
              "configured) build chasm with nvcc and -DCHASM_CUDA=ON, or use --backend cpu"};
}

const DeviceProgram* cuda_program(const Model&) { return nullptr; }

std::string cuda_build() { return ""; }

}  // namespace chasm
