#pragma once

// Puts worlds of a study into the lanes of a tile, and collects what they leave.

#include <vector>

#include "sim/block.hpp"
#include "sim/tile_layout.hpp"

namespace chasm {

class TileWorlds {
 public:
  // The study must outlive it.
  TileWorlds(const Study&, const TileLayout&);

  // To be called before the lanes of a tile are put anew.
  void begin(void* inputs) const { *tile_table<int>(inputs, layout_.condition_count) = 0; }
  // A pair is a (future, replication).
  void put(void* inputs, int lane, uint64_t pair, uint64_t arm);

  // `lanes` lanes from `first_lane` on hold the worlds of a block from `first_world` on.
  void collect(const void* outputs, int first_lane, int lanes, uint64_t first_world,
               BlockResult&) const;

  const TileLayout& layout() const { return layout_; }

 private:
  void put_lever(void* inputs, int lane, size_t lever, const LeverSetting&) const;
  void collect_series(const void* outputs, int lane, uint64_t world, BlockResult&) const;
  void collect_totals(const void* outputs, int first_lane, int lanes, uint64_t first_world,
                      BlockResult&) const;

  const Study& study_;
  TileLayout layout_;
  std::vector<double> drawn_;  // the values of the last future that was drawn
  uint64_t drawn_future_;
};

}  // namespace chasm
