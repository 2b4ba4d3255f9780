#pragma once

// How many worlds go to a device at once, from what each takes. Known before anything is launched.

#include <cstddef>
#include <cstdint>

#include "kernels/batch.hpp"
#include "kernels/device.hpp"
#include "sim/study.hpp"

namespace chasm {

// Bytes of a tile.
struct TileNeed {
  size_t state, inputs, outputs;

  // Inputs and outputs are there twice: one batch is copied while the other runs.
  size_t buffers() const { return Device::queues * (inputs + outputs); }
};
TileNeed tile_need(const Study&, const DeviceProgram&, const Ground&);

struct BatchRoom {
  size_t device_bytes;  // free, without what the program itself takes
  size_t host_bytes;    // for buffers
  long resident;        // tiles that run at the same time
};

struct BatchPlan {
  long slots = 0;  // tiles that run at the same time
  long tiles = 0;  // of a batch, at most

  long worlds() const { return tiles * warp; }
  size_t device_bytes(const TileNeed& need) const {
    return static_cast<size_t>(slots) * need.state + static_cast<size_t>(tiles) * need.buffers();
  }
  size_t host_bytes(const TileNeed& need) const {
    return static_cast<size_t>(tiles) * need.buffers();
  }
  BatchPlan half() const { return {(slots + 1) / 2, (tiles + 1) / 2}; }
};

// Enough to fill the device, a few times over where that is cheap. Throws DeviceError where not even one tile has room.
BatchPlan plan_batches(const TileNeed&, const BatchRoom&, uint64_t worlds);

}  // namespace chasm
