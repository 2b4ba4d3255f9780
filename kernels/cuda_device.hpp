#pragma once

// One CUDA device, with a stream a queue.

#include <cuda_runtime_api.h>

#include "kernels/device.hpp"

namespace chasm {

class CudaDevice : public Device {
 public:
  explicit CudaDevice(int ordinal);
  ~CudaDevice() override;
  CudaDevice(const CudaDevice&) = delete;
  CudaDevice& operator=(const CudaDevice&) = delete;

  std::string name() const override { return name_; }
  Memory memory() override;
  Fit fit(const DeviceProgram&, int threads) override;

  void* allocate(size_t bytes) override;
  void release(void*) noexcept override;
  void* allocate_host(size_t bytes) override;
  void release_host(void*) noexcept override;

  void copy_in(int queue, void* device, const void* host, size_t bytes) override;
  void clear(int queue, void* device, size_t bytes) override;
  void launch(int queue, const DeviceProgram&, const Batch&, const void* shape, const void* shared,
              Grid) override;
  void copy_out(int queue, void* host, const void* device, size_t bytes) override;
  void wait(int queue) override;

 private:
  // Each thread of the host has a current device of its own.
  void use() const;

  int ordinal_;
  std::string name_;
  cudaStream_t streams_[queues] = {};
  cudaEvent_t launched_ = nullptr;  // the last launch of any queue has ended
};

}  // namespace chasm
