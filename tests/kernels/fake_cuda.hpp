#pragma once

// The part of the CUDA runtime that CudaDevice calls, on the processor. Streams run only when something waits for them, and then as
// far ahead of one another as their events allow.

#include <cuda_runtime_api.h>

#include "kernels/device_program.hpp"

namespace chasm::test {

struct FakeCuda {
  int launches = 0;
  bool launches_overlap = false;  // one began before those ahead of it had ended
  int streams = 0, events = 0;    // that are there
  long allocations = 0;           // that are there
  cudaError_t fail_launch = cudaSuccess;
};
FakeCuda& fake_cuda();

}  // namespace chasm::test
