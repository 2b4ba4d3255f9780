#include "tests/kernels/host_device.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>
#include <thread>
#include <utility>

namespace chasm::test {

namespace {

constexpr std::align_val_t line{128};
constexpr int garbage = 0xa5;

void* garbage_of(size_t bytes) {
  void* at = ::operator new(bytes, line);
  std::memset(at, garbage, bytes);
  return at;
}

}  // namespace

void HostDevice::check_alive() const {
  if (failed_) throw DeviceError(*failed_, "it was told to fail");
}

// A kernel or copy beyond what was allocated is our fault.
void HostDevice::within(const void* at, size_t bytes) const {
  auto found = sizes_.upper_bound(const_cast<void*>(at));
  if (found == sizes_.begin()) throw std::logic_error("not memory of the device");
  --found;
  const auto* first = static_cast<const char*>(found->first);
  if (static_cast<const char*>(at) + bytes > first + found->second)
    throw std::logic_error("beyond memory of the device");
}

Device::Memory HostDevice::memory() {
  return {options_.memory - std::min(options_.memory, used_), options_.memory};
}

Device::Fit HostDevice::fit(const DeviceProgram&, int) {
  check_alive();
  return {.blocks = options_.blocks,
          .registers = 0,
          .stack_bytes = 0,
          .stacks_bytes = 0,
          .occupancy = 1};
}

void* HostDevice::allocate(size_t bytes) {
  ++log_.allocations;
  check_alive();
  if (used_ + bytes > options_.granted)
    throw DeviceError(DeviceError::Kind::out_of_memory, "no more memory");
  void* at = garbage_of(bytes);
  sizes_[at] = bytes;
  used_ += bytes;
  log_.most_bytes = std::max(log_.most_bytes, used_);
  return at;
}

void HostDevice::release(void* at) noexcept {
  used_ -= sizes_.at(at);
  sizes_.erase(at);
  ::operator delete(at, line);
}

void* HostDevice::allocate_host(size_t bytes) { return garbage_of(bytes); }

void HostDevice::release_host(void* at) noexcept { ::operator delete(at, line); }

void HostDevice::copy_in(int queue, void* device, const void* host, size_t bytes) {
  check_alive();
  within(device, bytes);
  waiting_[queue].push_back([=] { std::memcpy(device, host, bytes); });
}

void HostDevice::clear(int queue, void* device, size_t bytes) {
  check_alive();
  within(device, bytes);
  waiting_[queue].push_back([=] { std::memset(device, 0, bytes); });
}

void HostDevice::launch(int queue, const DeviceProgram& program, const Batch& batch,
                        const void* shape, const void* shared, Grid grid) {
  check_alive();
  const auto tiles = static_cast<size_t>(tiles_of(batch.worlds));
  within(batch.inputs, tiles * batch.layout.input_bytes);
  within(batch.outputs, tiles * batch.layout.output_bytes);
  within(batch.state, static_cast<size_t>(grid.slots()) * batch.state_bytes);
  const int number = ++log_.launches;
  log_.most_worlds = std::max(log_.most_worlds, batch.worlds);
  log_.grids.push_back(grid);
  waiting_[queue].push_back([this, number, batch, shape, shared, grid, &program] {
    if (options_.fault && options_.fault->launch == number) {
      std::this_thread::sleep_for(options_.fault->after);
      if (options_.fault->kind == DeviceError::Kind::out_of_memory)
        throw DeviceError(DeviceError::Kind::out_of_memory, "no memory for stacks");
      failed_ = options_.fault->kind;
      check_alive();
    }
    if (options_.watches_state) return watch_state(program, batch, shape, shared, grid);
    for (int block = 0; block < grid.blocks; ++block)
      for (int thread = 0; thread < grid.threads; ++thread)
        program.thread(batch, shape, shared, grid, {block, thread});
  });
}

void HostDevice::watch_state(const DeviceProgram& program, const Batch& batch, const void* shape,
                             const void* shared, Grid grid) {
  auto* const state = static_cast<unsigned char*>(batch.state);
  std::vector<int> owners(batch.state_bytes, -1);
  constexpr int several = warp;
  for (int thread = 0; thread < std::min<long>(warp, batch.worlds); ++thread)
    // A byte that is written with what was there before differs from the other beginning.
    for (const int before : {0xa5, 0x5a}) {
      std::memset(state, before, batch.state_bytes);
      program.thread(batch, shape, shared, grid, {0, thread});
      for (size_t at = 0; at < batch.state_bytes; ++at) {
        if (state[at] == before) continue;
        owners[at] = owners[at] == -1 || owners[at] == thread ? thread : several;
      }
    }
  for (const int owner : owners) {
    log_.owned_bytes += owner != -1;
    log_.shared_bytes += owner == several;
  }
}

void HostDevice::copy_out(int queue, void* host, const void* device, size_t bytes) {
  check_alive();
  within(device, bytes);
  // Whoever reads before wait() reads garbage.
  std::memset(host, garbage, bytes);
  waiting_[queue].push_back([=] { std::memcpy(host, device, bytes); });
}

void HostDevice::wait(int queue) {
  const auto now = std::exchange(waiting_[queue], {});
  check_alive();
  for (const auto& act : now) act();
}

}  // namespace chasm::test
