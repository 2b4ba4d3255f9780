#include "kernels/cuda.hpp"

#include <cuda_runtime_api.h>

#include "kernels/cuda_device.hpp"
#include "kernels/cuda_error.hpp"
#include "kernels/cuda_programs.hpp"

namespace chasm {

namespace {

CudaDevices none(cudaError_t status) {
  int driver = 0;
  cudaDriverGetVersion(&driver);
  CudaDevices found;
  found.missing = why_none(status, driver, CUDART_VERSION);
  found.nearly = driver != 0 && status != cudaErrorNoDevice;
  return found;
}

// Why no kernel of this build runs on the device; "" where one does.
std::string no_code(int ordinal) {
  cudaFuncAttributes kernel{};
  cudaSetDevice(ordinal);
  const cudaError_t status = cudaFuncGetAttributes(&kernel, any_kernel());
  if (status == cudaSuccess) return "";
  cudaGetLastError();
  if (status != cudaErrorNoKernelImageForDevice && status != cudaErrorInvalidDeviceFunction &&
      status != cudaErrorUnsupportedPtxVersion && status != cudaErrorInvalidKernelImage)
    return "it does not start (" + text_of(status, "looking up a kernel") + ")";
  cudaDeviceProp properties;
  if (cudaGetDeviceProperties(&properties, ordinal) != cudaSuccess) return "it does not answer";
  const std::string number = std::to_string(properties.major) + std::to_string(properties.minor);
  return std::string(properties.name) + " is of architecture " + number +
         ", and this build has code for " + CHASM_CUDA_CODE +
         " (CMake: -DCHASM_CUDA_ARCHITECTURES=" + number + ")";
}

}  // namespace

CudaDevices find_cuda_devices(LocalProcess process) {
  int count = 0;
  const cudaError_t status = cudaGetDeviceCount(&count);
  cudaGetLastError();
  if (status != cudaSuccess || count == 0)
    return none(status == cudaSuccess ? cudaErrorNoDevice : status);
  CudaDevices found;
  std::string why;
  for (const int ordinal : devices_of(process, count)) {
    std::string problem = no_code(ordinal);
    if (problem.empty()) {
      try {
        found.devices.push_back(std::make_unique<CudaDevice>(ordinal));
        continue;
      } catch (const DeviceError& error) {
        problem = error.what();
      }
    }
    if (why.empty()) why = problem;
  }
  if (found.devices.empty()) {
    found.nearly = true;
    found.missing = "no CUDA device can run this build (" + why +
                    ") build chasm for this device, see whether nvidia-smi works, or "
                    "use --backend cpu";
  }
  return found;
}

std::string cuda_build() { return release_of(CUDART_VERSION) + " for " + CHASM_CUDA_CODE; }

}  // namespace chasm
