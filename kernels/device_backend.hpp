#pragma once

// Runs blocks on devices: a worker each.

#include <vector>

#include "kernels/device_worker.hpp"
#include "sim/backend.hpp"

namespace chasm {

class DeviceBackend : public Backend {
 public:
  // The study, its model and the program must outlive the backend; at least one device. `threads` of the processor fill and collect
  // batches, 0: as many as OpenMP gives. `block_threads` of the grid, 0: the program's. Throws InputError where the setting contradicts itself.
  DeviceBackend(const Study&, const Partition&, const DeviceProgram&,
                std::vector<std::unique_ptr<Device>> devices, int threads, int block_threads = 0);

  // A device that is lost leaves its blocks to the others. Throws Interrupted where none is left, SystemError where memory does not
  // do or a kernel failed.
  void run(std::span<const uint64_t> blocks,
           const std::function<bool(BlockResult&&)>& done) const override;
  void run_from(BlockFeed&, const std::function<bool(BlockResult&&)>& done) const override;
  // Four batches of each device: what keeps both of its buffers at work.
  size_t slots() const override;

  const std::vector<std::unique_ptr<Device>>& devices() const { return devices_; }
  // Of one of devices(); throws SystemError where it has no room.
  BatchPlan plan(size_t device) const;
  TileNeed need() const { return tile_need(study_, program_, ground_); }
  // "cuda NVIDIA H100", or "cuda 4 x NVIDIA H100"
  std::string name() const;

 private:
  DeviceStudy shared() const { return {study_, partition_, program_, ground_, places_}; }
  int threads_of_one() const;
  [[noreturn]] void no_room(Device&, const DeviceError&) const;

  const Study& study_;
  Partition partition_;
  const DeviceProgram& program_;
  std::vector<std::unique_ptr<Device>> devices_;
  int threads_, block_threads_;
  Ground ground_;
  std::vector<TotalPlace> places_;
};

}  // namespace chasm
