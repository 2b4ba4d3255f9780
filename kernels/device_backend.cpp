#include "kernels/device_backend.hpp"

#include <omp.h>

#include <algorithm>
#include <thread>

#include "sim/error.hpp"

namespace chasm {

namespace {

std::string megabytes(size_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

// What became of a worker.
struct Outcome {
  std::exception_ptr failure;  // not of the device
  std::string lost;            // what the device said
};

}  // namespace

DeviceBackend::DeviceBackend(const Study& study, const Partition& partition,
                             const DeviceProgram& program,
                             std::vector<std::unique_ptr<Device>> devices, int threads,
                             int block_threads)
    : study_(study),
      partition_(partition),
      program_(program),
      devices_(std::move(devices)),
      threads_(threads > 0 ? threads : omp_get_max_threads()),
      block_threads_(block_threads > 0 ? block_threads : program.block_threads),
      ground_(prepare(study)),
      places_(total_places(study)) {}

int DeviceBackend::threads_of_one() const {
  return std::max(1, threads_ / static_cast<int>(devices_.size()));
}

void DeviceBackend::no_room(Device& device, const DeviceError& error) const {
  const Device::Memory memory = device.memory();
  const TileNeed tile = need();
  throw SystemError(device.name() + " has too little memory (" + error.what() + "; " +
                    megabytes(memory.free) + " of " + megabytes(memory.total) +
                    " are free, and 32 worlds take " + megabytes(tile.state + tile.buffers()) +
                    ") end what else runs there, keep fewer outputs, or use --backend cpu");
}

BatchPlan DeviceBackend::plan(size_t number) const {
  Device& device = *devices_.at(number);
  try {
    return DeviceWorker(device, shared(), block_threads_, threads_of_one()).plan();
  } catch (const DeviceError& error) {
    if (error.kind == DeviceError::Kind::out_of_memory) no_room(device, error);
    throw SystemError(device.name() + " does not work (" + error.what() + ") use --backend cpu");
  }
}

size_t DeviceBackend::slots() const {
  uint64_t worlds = 0;
  for (size_t device = 0; device < devices_.size(); ++device) worlds += 4 * plan(device).worlds();
  return std::max<size_t>(1, worlds / partition_.worlds_in(0));
}

std::string DeviceBackend::name() const {
  const std::string first = devices_.front()->name();
  return devices_.size() == 1 ? "cuda " + first
                              : "cuda " + std::to_string(devices_.size()) + " x " + first;
}

void DeviceBackend::run(std::span<const uint64_t> blocks,
                        const std::function<bool(BlockResult&&)>& done) const {
  ListFeed feed(blocks);
  run_from(feed, done);
}

void DeviceBackend::run_from(BlockFeed& source,
                             const std::function<bool(BlockResult&&)>& done) const {
  DeviceFeed feed(source, done);
  std::vector<Device*> working;
  for (const auto& device : devices_) working.push_back(device.get());
  std::string lost;
  // Again where others had run out of blocks when a device was lost, or when blocks come in late.
  while (!working.empty() && feed.wait()) {
    std::vector<Outcome> outcomes(working.size());
    const auto work = [&](size_t number) {
      Device& device = *working[number];
      try {
        DeviceWorker(device, shared(), block_threads_, threads_of_one()).run(feed);
      } catch (const DeviceError& error) {
        try {
          if (error.kind == DeviceError::Kind::out_of_memory) no_room(device, error);
          if (error.kind == DeviceError::Kind::broken)
            throw SystemError("the kernel failed on " + device.name() + " (" + error.what() +
                              ") what was committed is kept: go on with --backend cpu, and report "
                              "this message with the study");
          outcomes[number].lost = device.name() + ": " + error.what();
        } catch (...) {
          outcomes[number].failure = std::current_exception();
          feed.stop();
        }
      } catch (...) {
        outcomes[number].failure = std::current_exception();
        feed.stop();
      }
    };
    std::vector<std::thread> threads;
    for (size_t number = 1; number < working.size(); ++number) threads.emplace_back(work, number);
    work(0);
    for (std::thread& thread : threads) thread.join();
    for (size_t number = working.size(); number-- > 0;) {
      if (outcomes[number].failure) std::rethrow_exception(outcomes[number].failure);
      if (outcomes[number].lost.empty()) continue;
      lost = outcomes[number].lost;
      working.erase(working.begin() + static_cast<std::ptrdiff_t>(number));
    }
  }
  if (working.empty() && feed.wait())
    throw Interrupted("no device is left (" + lost +
                      ") run the same command again, or with --backend cpu, to go on from what is "
                      "committed");
}

}  // namespace chasm
