#pragma once

// A batch: the worlds of one launch, in tiles of 32. Plain data that a kernel takes by value.

#include "sim/tile_layout.hpp"

namespace chasm {

// Threads that step together, and so the worlds of a tile.
inline constexpr int warp = 32;

struct Grid {
  int blocks;
  int threads;  // of a block, a multiple of `warp`

  CHASM_FN int slots() const { return blocks * (threads / warp); }
};

// Which thread of the grid.
struct ThreadPlace {
  int block, thread;
};

struct Batch {
  uint64_t seed;
  int steps, every;
  long worlds;  // the last tile may be partly empty
  TileLayout layout;
  const void* inputs;  // [tile][layout.input_bytes]
  void* outputs;       // [tile][layout.output_bytes]
  // One tile's state for each warp of the grid: a warp runs one tile after another, so state takes memory for the worlds that run
  // at the same time only.
  void* state;  // [slot][state_bytes]
  size_t state_bytes;
  const TotalPlace* places;
};

inline long tiles_of(long worlds) { return (worlds + warp - 1) / warp; }

}  // namespace chasm
