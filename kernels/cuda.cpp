#include "kernels/cuda.hpp"

#include <cuda_runtime_api.h>

#include "kernels/cuda_device.hpp"
#include "kernels/cuda_error.hpp"
#include "kernels/cuda_programs.hpp"

namespace chasm {

namespace {

// 13000 -> "13.0"
std::string release(int number) {
  return std::to_string(number / 1000) + '.' + std::to_string(number % 1000 / 10);
}

constexpr const char* otherwise = ", or use --backend cpu";

CudaDevices none(cudaError_t status) {
  CudaDevices found;
  int driver = 0;
  cudaDriverGetVersion(&driver);
  if (driver == 0) {
    found.missing = std::string("no NVIDIA driver for CUDA is installed (") + cudaGetErrorName(status) +
                    ") install the driver of the device" + otherwise;
  } else if (status == cudaErrorInsufficientDriver || driver / 1000 < CUDART_VERSION / 1000) {
    found.missing = "the NVIDIA driver is too old (it knows CUDA " + release(driver) +
                    ", and this build needs " + release(CUDART_VERSION) +
                    ") update the driver, build chasm with a CUDA toolkit of release " +
                    release(driver) + " or older" + otherwise;
    found.nearly = true;
  } else if (status == cudaErrorNoDevice) {
    found.missing = std::string("no CUDA device is visible (") + cudaGetErrorName(status) +
                    ") look at nvidia-smi and CUDA_VISIBLE_DEVICES" + otherwise;
  } else {
    found.missing = "CUDA does not start (" + text_of(status, "looking for devices") +
                    ") see whether nvidia-smi works, and start it again" + otherwise;
    found.nearly = true;
  }
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

CudaDevices find_cuda_devices() {
  int count = 0;
  const cudaError_t status = cudaGetDeviceCount(&count);
  cudaGetLastError();
  if (status != cudaSuccess || count == 0)
    return none(status == cudaSuccess ? cudaErrorNoDevice : status);
  CudaDevices found;
  std::string why;
  for (int ordinal = 0; ordinal < count; ++ordinal) {
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
                    ") build chasm for this device, or see whether nvidia-smi works" + otherwise;
  }
  return found;
}

std::string cuda_build() { return release(CUDART_VERSION) + " for " + CHASM_CUDA_CODE; }

}  // namespace chasm
