#pragma once

// A device that is the processor: it runs the grid thread after thread. As unkind as a real one may be: nothing of a queue happens
// before wait(), memory begins as garbage, and it fails when it is told to.

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "kernels/device.hpp"

namespace chasm::test {

struct HostDeviceFault {
  int launch;  // 1 for the first
  DeviceError::Kind kind;
  std::chrono::milliseconds after{0};  // it takes so long
};

class HostDevice : public Device {
 public:
  struct Options {
    size_t memory = size_t{1} << 30;   // that it says to have
    size_t granted = size_t{1} << 30;  // that it really gives
    int blocks = 2;                    // of the grid at the same time
    std::optional<HostDeviceFault> fault = {};
    bool watches_state = false;  // looks at whose state is where, and computes nothing of use
  };
  // What it has seen.
  struct Log {
    int launches = 0;
    int allocations = 0;  // on the device
    long most_worlds = 0;
    std::vector<Grid> grids;
    size_t most_bytes = 0;
    bool released_all = false;
    size_t owned_bytes = 0;   // of the first tile's state, that threads write
    size_t shared_bytes = 0;  // of them, those that more than one thread writes
  };

  HostDevice(Options options, Log& log) : options_(options), log_(log) {}
  ~HostDevice() override { log_.released_all = sizes_.empty(); }

  std::string name() const override { return "the processor"; }
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
  void check_alive() const;
  void within(const void* at, size_t bytes) const;
  // Threads of a warp run side by side on a device, and one after another here: what they share shows on a device alone.
  void watch_state(const DeviceProgram&, const Batch&, const void* shape, const void* shared, Grid);

  Options options_;
  Log& log_;
  std::map<void*, size_t> sizes_;  // of memory on the device
  size_t used_ = 0;
  std::optional<DeviceError::Kind> failed_;
  std::vector<std::function<void()>> waiting_[queues];
};

}  // namespace chasm::test
