#include "kernels/cuda_device.hpp"

#include <algorithm>

#include "kernels/cuda_error.hpp"

namespace chasm {

namespace {

int attribute(cudaDeviceAttr which, int ordinal) {
  int value = 0;
  check(cudaDeviceGetAttribute(&value, which, ordinal), "asking for what the device is");
  return value;
}

}  // namespace

CudaDevice::CudaDevice(int ordinal) : ordinal_(ordinal) {
  cudaDeviceProp properties;
  check(cudaGetDeviceProperties(&properties, ordinal), "asking for what the device is");
  name_ = properties.name;
  use();
  // A wait leaves the processor to those that collect.
  check(cudaSetDeviceFlags(cudaDeviceScheduleBlockingSync), "choosing how to wait");
  for (cudaStream_t& stream : streams_)
    check(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), "making a stream");
  check(cudaEventCreateWithFlags(&launched_, cudaEventDisableTiming), "making an event");
}

CudaDevice::~CudaDevice() {
  cudaSetDevice(ordinal_);
  for (cudaStream_t stream : streams_)
    if (stream != nullptr) cudaStreamDestroy(stream);
  if (launched_ != nullptr) cudaEventDestroy(launched_);
}

void CudaDevice::use() const { check(cudaSetDevice(ordinal_), "choosing the device"); }

Device::Memory CudaDevice::memory() {
  use();
  Memory memory{};
  check(cudaMemGetInfo(&memory.free, &memory.total), "asking for free memory");
  return memory;
}

Device::Fit CudaDevice::fit(const DeviceProgram& program, int threads) {
  use();
  cudaFuncAttributes kernel{};
  check(cudaFuncGetAttributes(&kernel, program.kernel), "looking up the kernel");
  // Nothing is in shared memory: all of it serves as cache.
  check(cudaFuncSetAttribute(program.kernel, cudaFuncAttributePreferredSharedMemoryCarveout,
                             cudaSharedmemCarveoutMaxL1),
        "giving the cache its memory");
  int blocks = 0;
  check(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, program.kernel, threads, 0),
        "asking how many blocks fit");
  const int processors = attribute(cudaDevAttrMultiProcessorCount, ordinal_);
  const int most = attribute(cudaDevAttrMaxThreadsPerMultiProcessor, ordinal_);
  return {.blocks = std::max(blocks, 1) * processors,
          .registers = kernel.numRegs,
          .stack_bytes = kernel.localSizeBytes,
          .stacks_bytes =
              kernel.localSizeBytes * static_cast<size_t>(most) * static_cast<size_t>(processors),
          .occupancy = static_cast<double>(blocks) * threads / most};
}

void* CudaDevice::allocate(size_t bytes) {
  use();
  void* at = nullptr;
  check(cudaMalloc(&at, bytes), "allocating memory");
  return at;
}

void CudaDevice::release(void* at) noexcept {
  cudaSetDevice(ordinal_);
  cudaFree(at);
}

void* CudaDevice::allocate_host(size_t bytes) {
  use();
  void* at = nullptr;
  check(cudaMallocHost(&at, bytes), "allocating memory of the host");
  return at;
}

void CudaDevice::release_host(void* at) noexcept {
  cudaSetDevice(ordinal_);
  cudaFreeHost(at);
}

void CudaDevice::copy_in(int queue, void* device, const void* host, size_t bytes) {
  use();
  check(cudaMemcpyAsync(device, host, bytes, cudaMemcpyHostToDevice, streams_[queue]),
        "copying to the device");
}

void CudaDevice::clear(int queue, void* device, size_t bytes) {
  use();
  check(cudaMemsetAsync(device, 0, bytes, streams_[queue]), "clearing memory");
}

void CudaDevice::launch(int queue, const DeviceProgram& program, const Batch& batch,
                        const void* shape, const void* shared, Grid grid) {
  use();
  check(cudaStreamWaitEvent(streams_[queue], launched_, 0), "putting launches in order");
  Batch copy = batch;
  void* arguments[] = {&copy, const_cast<void*>(shape), const_cast<void*>(shared)};
  check(cudaLaunchKernel(program.kernel, dim3(static_cast<unsigned>(grid.blocks)),
                         dim3(static_cast<unsigned>(grid.threads)), arguments, 0, streams_[queue]),
        "launching the kernel");
  check(cudaEventRecord(launched_, streams_[queue]), "putting launches in order");
}

void CudaDevice::copy_out(int queue, void* host, const void* device, size_t bytes) {
  use();
  check(cudaMemcpyAsync(host, device, bytes, cudaMemcpyDeviceToHost, streams_[queue]),
        "copying from the device");
}

void CudaDevice::wait(int queue) {
  use();
  check(cudaStreamSynchronize(streams_[queue]), "running the kernel");
}

}  // namespace chasm
