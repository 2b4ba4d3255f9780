#pragma once

// The memory of one tile: fills its lanes with worlds of a block and collects what they leave.

#include <memory>
#include <vector>

#include "sim/block.hpp"

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
  void set_lane(int lane, uint64_t future, uint64_t replication, const Arm& arm);
  void collect_series(int lane, uint64_t world, BlockResult& result) const;
  void collect_totals(uint64_t first, uint64_t lanes, BlockResult& result) const;

  const Study& study_;
  int width_;
  int rows_;
  std::vector<uint32_t> future_, replication_;  // [lane]
  std::vector<double> parameters_, levers_, metrics_;
  std::vector<float> series_;
  std::vector<uint16_t> failure_;
  std::vector<Condition> conditions_;
  std::vector<TotalPlace> places_;  // [total of the model]
  std::vector<int64_t> totals_;     // [cell][lane]
  std::vector<double> drawn_;       // the values of the last future that was drawn
  uint64_t drawn_future_;
  std::unique_ptr<std::byte[]> memory_;
  void* state_;
};

}  // namespace chasm
