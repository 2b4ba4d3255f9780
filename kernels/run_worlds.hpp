#pragma once

// What one thread of the grid does. A kernel is a call to this and nothing else; tests call the same on a processor.

#include "kernels/batch.hpp"
#include "sim/run_tile.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// A world a thread; columns are [entity][thread of the warp], so that the loads of a warp are neighbours.
using DeviceLanes = Lanes<float, 1, warp>;

template <class Rules>
struct RunWorlds {
  const Batch& batch;
  const typename Rules::Shape& shape;
  const typename Rules::Shared& shared;

  CHASM_FN void operator()(Grid grid, ThreadPlace at) const {
    const int slot = at.block * (grid.threads / warp) + at.thread / warp;
    const int place = at.thread % warp;
    Tile tile{};
    tile.seed = batch.seed;
    tile.steps = batch.steps;
    tile.every = batch.every;
    tile.shape = &shape;
    tile.shared = &shared;
    tile.memory = tile_table<char>(batch.state, static_cast<size_t>(slot) * batch.state_bytes);
    tile.places = batch.places;
    for (long number = slot; number * warp + place < batch.worlds; number += grid.slots()) {
      const auto index = static_cast<size_t>(number);
      point_at(tile, batch.layout, tile_table<char>(batch.inputs, index * batch.layout.input_bytes),
               tile_table<char>(batch.outputs, index * batch.layout.output_bytes));
      run_tile<Rules, DeviceLanes>(tile, place);
    }
  }
};

}  // namespace CHASM_ISA
}  // namespace chasm
