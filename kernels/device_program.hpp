#pragma once

// The narrow bridge between whoever runs batches and a model compiled for devices.

#include "kernels/batch.hpp"

namespace chasm {

// An array that a model's Shared points to, at a byte of Shared.
using VisitArray = void (*)(void* context, size_t place, const void* data, size_t bytes);

struct DeviceProgram {
  size_t shape_bytes, shared_bytes;
  int block_threads;  // of a full grid, where nothing else is asked for
  size_t (*state_bytes)(const void* shape, const void* shared);  // of a tile
  void (*each_array)(const void* shape, const void* shared, void* context, VisitArray visit);
  // __global__ void (Batch, Shape, Shared), as cudaLaunchKernel takes it; null where it is compiled for the processor.
  const void* kernel;
  // What one thread does, on the processor; null where it is compiled for a device.
  void (*thread)(const Batch&, const void* shape, const void* shared, Grid, ThreadPlace);
};

}  // namespace chasm
