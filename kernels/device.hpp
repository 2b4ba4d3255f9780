#pragma once

// A device that runs batches. Copies and launches of one queue happen in order, those of two queues may overlap, and nothing is
// there before wait() has returned. Every function may throw DeviceError; one thread at a time uses a device.

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

#include "kernels/device_program.hpp"

namespace chasm {

// A fault of the device, not of what it was given. what(): what the device says.
class DeviceError : public std::runtime_error {
 public:
  enum class Kind {
    out_of_memory,  // asking for less may do
    lost,    // the device is gone, or nothing works on it any more; the same elsewhere may do
    broken,  // the code did what it may not do
  };
  DeviceError(Kind kind, const std::string& text) : std::runtime_error(text), kind(kind) {}
  const Kind kind;
};

class Device {
 public:
  static constexpr int queues = 2;

  struct Memory {
    size_t free, total;  // bytes
  };
  // How a program runs here.
  struct Fit {
    int blocks;           // of the grid that run at the same time
    int registers;        // a thread
    size_t stack_bytes;   // a thread: local memory, spills included
    size_t stacks_bytes;  // that the device sets aside for all threads
    double occupancy;     // warps at work, share of the most that it holds
  };

  virtual ~Device() = default;
  virtual std::string name() const = 0;
  virtual Memory memory() = 0;
  virtual Fit fit(const DeviceProgram&, int threads) = 0;

  virtual void* allocate(size_t bytes) = 0;
  virtual void release(void*) noexcept = 0;
  // Memory of the host that copies can be made from while something else goes on.
  virtual void* allocate_host(size_t bytes) = 0;
  virtual void release_host(void*) noexcept = 0;

  virtual void copy_in(int queue, void* device, const void* host, size_t bytes) = 0;
  virtual void clear(int queue, void* device, size_t bytes) = 0;
  // Launches do not overlap, so they may share the memory of states.
  virtual void launch(int queue, const DeviceProgram&, const Batch&, const void* shape,
                      const void* shared, Grid) = 0;
  virtual void copy_out(int queue, void* host, const void* device, size_t bytes) = 0;
  virtual void wait(int queue) = 0;
};

// Gives memory back to the device, or to the host, that it was taken from.
struct ReleaseBytes {
  Device* device = nullptr;
  bool of_host = false;
  void operator()(void* at) const noexcept {
    if (of_host)
      device->release_host(at);
    else
      device->release(at);
  }
};
using DeviceBytes = std::unique_ptr<void, ReleaseBytes>;

inline DeviceBytes bytes_on(Device& device, size_t bytes) {
  return {device.allocate(bytes), {&device, false}};
}
inline DeviceBytes bytes_on_host(Device& device, size_t bytes) {
  return {device.allocate_host(bytes), {&device, true}};
}

}  // namespace chasm
