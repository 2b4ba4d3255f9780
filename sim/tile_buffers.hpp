#pragma once

// The memory of one tile that a thread of the processor runs.

#include <memory>
#include <vector>

#include "sim/tile_worlds.hpp"

namespace chasm {

class TileBuffers {
 public:
  // `state_bytes`: Program::memory. The study must outlive the buffers.
  TileBuffers(const Study& study, int width, size_t state_bytes);

  // Worlds first, first + 1, ... of a block; lanes beyond its end repeat the last world.
  Tile fill(const Partition&, uint64_t block, uint64_t first, const Ground&);

  // Stores the lanes of the tile that was filled from world `first`.
  void collect(uint64_t first, BlockResult& result) const;

  static size_t bytes(const Study& study, int width);

 private:
  const Study& study_;
  TileWorlds worlds_;
  std::vector<TotalPlace> places_;
  std::unique_ptr<std::byte[]> memory_;
  void *inputs_, *outputs_, *state_;
};

}  // namespace chasm
