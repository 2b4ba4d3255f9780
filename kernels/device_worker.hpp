#pragma once

// Streams blocks through one device: while a batch runs, the one before is collected and the next is filled and copied.

#include "kernels/batch_plan.hpp"
#include "kernels/worlds_in_batch.hpp"

namespace chasm {

// What all workers of a run share.
struct DeviceStudy {
  const Study& study;
  const Partition& partition;
  const DeviceProgram& program;
  const Ground& ground;
  const std::vector<TotalPlace>& places;
};

class DeviceWorker {
 public:
  DeviceWorker(Device&, const DeviceStudy&, int block_threads, int host_threads);

  // What it would do: throws DeviceError where the device has no room.
  BatchPlan plan() const;

  // Runs blocks until the feed has none or was stopped. Where memory runs out it tries once more with half. Before it throws, it
  // gives its unfinished blocks back to the feed.
  void run(DeviceFeed&);

 private:
  struct Buffers;
  void stream(DeviceFeed&, const BatchPlan&, BlockWorlds&);

  Device& device_;
  DeviceStudy of_;
  int block_threads_, host_threads_;
  TileNeed need_;
};

// Bytes of the host that buffers of all devices may take.
size_t host_bytes_for_buffers();

}  // namespace chasm
