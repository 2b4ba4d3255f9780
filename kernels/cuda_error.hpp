#pragma once

// What a CUDA status means for a run.

#include <cuda_runtime_api.h>

#include "kernels/device.hpp"

namespace chasm {

// Of a status that is not cudaSuccess.
DeviceError::Kind kind_of(cudaError_t);

// "out of memory, cudaErrorMemoryAllocation, while copying"
std::string text_of(cudaError_t, const char* doing);

// Why there is no device: status of cudaGetDeviceCount, and the releases that the driver knows (0: there is none) and the build
// needs, as CUDA numbers them.
std::string why_none(cudaError_t, int driver, int build);

// 13000 -> "13.0"
std::string release_of(int number);

inline void check(cudaError_t status, const char* doing) {
  if (status == cudaSuccess) return;
  // A status that does not stick would be reported again by the next launch.
  cudaGetLastError();
  throw DeviceError(kind_of(status), text_of(status, doing));
}

}  // namespace chasm
