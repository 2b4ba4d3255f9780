#include "kernels/cuda_error.hpp"

namespace chasm {

DeviceError::Kind kind_of(cudaError_t status) {
  switch (status) {
    case cudaErrorMemoryAllocation:
    // A launch finds no memory for the stacks of its threads.
    case cudaErrorLaunchOutOfResources:
      return DeviceError::Kind::out_of_memory;
    // A thread read or wrote where nothing is, executed what is no instruction, or took longer than a screen allows: a second run
    // would do the same.
    case cudaErrorLaunchFailure:
    case cudaErrorLaunchTimeout:
    case cudaErrorIllegalAddress:
    case cudaErrorIllegalInstruction:
    case cudaErrorMisalignedAddress:
    case cudaErrorInvalidAddressSpace:
    case cudaErrorInvalidPc:
    case cudaErrorAssert:
    case cudaErrorInvalidValue:
    case cudaErrorInvalidConfiguration:
    case cudaErrorInvalidDeviceFunction:
    case cudaErrorInvalidResourceHandle:
      return DeviceError::Kind::broken;
    // Memory or link errors that hardware cannot correct, a device that was taken away or reset, and all that has no better name.
    default:
      return DeviceError::Kind::lost;
  }
}

std::string text_of(cudaError_t status, const char* doing) {
  return std::string(cudaGetErrorString(status)) + ", " + cudaGetErrorName(status) + ", while " +
         doing;
}

std::string release_of(int number) {
  return std::to_string(number / 1000) + '.' + std::to_string(number % 1000 / 10);
}

std::string why_none(cudaError_t status, int driver, int build) {
  constexpr const char* otherwise = ", or use --backend cpu";
  if (driver == 0)
    return std::string("no NVIDIA driver for CUDA is installed (") + cudaGetErrorName(status) +
           ") install the driver of the device" + otherwise;
  if (status == cudaErrorInsufficientDriver || driver / 1000 < build / 1000)
    return "the NVIDIA driver is too old (it knows CUDA " + release_of(driver) +
           ", and this build needs " + release_of(build) +
           ") update the driver, build chasm with a CUDA toolkit of release " + release_of(driver) +
           " or older" + otherwise;
  if (status == cudaErrorNoDevice)
    return std::string("no CUDA device is visible (") + cudaGetErrorName(status) +
           ") look at nvidia-smi and CUDA_VISIBLE_DEVICES" + otherwise;
  return "CUDA does not start (" + text_of(status, "looking for devices") +
         ") see whether nvidia-smi works, and start it again" + otherwise;
}

}  // namespace chasm
