#include "kernels/cuda_error.hpp"

namespace chasm {

DeviceError::Kind kind_of(cudaError_t status) {
  switch (status) {
    case cudaErrorMemoryAllocation:
    // A launch finds no memory for the stacks of its threads.
    case cudaErrorLaunchOutOfResources:
      return DeviceError::Kind::out_of_memory;
    // A thread read or wrote where nothing is, or executed what is no instruction: our fault, and the same on any device.
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
    // Memory or link errors that hardware cannot correct, a device that was taken away or reset, a screen's time limit, and all
    // that has no better name.
    default:
      return DeviceError::Kind::lost;
  }
}

std::string text_of(cudaError_t status, const char* doing) {
  return std::string(cudaGetErrorString(status)) + ", " + cudaGetErrorName(status) + ", while " +
         doing;
}

}  // namespace chasm
