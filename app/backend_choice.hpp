#pragma once

// What computes a study: lanes of the processor, or the CUDA devices of this machine.

#include <memory>
#include <string>
#include <vector>

#include "app/lanes_option.hpp"
#include "kernels/device_backend.hpp"
#include "sim/cpu_backend.hpp"

namespace chasm {

// Before a study's setting is looked at: what is there.
struct BackendChoice {
  const Program* lanes = nullptr;         // null where devices compute
  const DeviceProgram* kernel = nullptr;  // null where the processor does
  std::vector<std::unique_ptr<Device>> devices;
};

// `auto` takes devices where there are any, unless lanes are asked for, and tells on standard error of one that cannot be used.
// Throws InputError where what is asked for is not there: says whether build, driver or device is missing, and what to do.
BackendChoice choose_backend(const LanesOptions&, const Model&);

class ChosenBackend {
 public:
  // The study must outlive it. Throws InputError where the setting contradicts itself.
  ChosenBackend(BackendChoice, const Study&, const Partition&, int threads);

  const Backend& get() const;
  std::string name() const;  // "cpu avx512 x 16", "cuda NVIDIA H100"
  int threads() const { return threads_; }
  // Bytes that it holds on the host.
  uint64_t memory() const;
  // Null where the processor computes.
  const DeviceBackend* devices() const { return devices_.get(); }

 private:
  int threads_;
  std::unique_ptr<CpuBackend> cpu_;
  std::unique_ptr<DeviceBackend> devices_;
};

}  // namespace chasm
