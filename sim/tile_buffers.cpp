#include "sim/tile_buffers.hpp"

#include <algorithm>
#include <cstring>

namespace chasm {

namespace {

constexpr size_t alignment = 64;

}  // namespace

TileBuffers::TileBuffers(const Study& study, int width, size_t state_bytes)
    : study_(study), worlds_(study, TileLayout::of(study, width)), places_(total_places(study)) {
  const TileLayout& layout = worlds_.layout();
  const size_t bytes = layout.input_bytes + layout.output_bytes + std::max<size_t>(state_bytes, 1);
  memory_ = std::make_unique<std::byte[]>(bytes + alignment);
  void* at = memory_.get();
  size_t space = bytes + alignment;
  inputs_ = std::align(alignment, bytes, at, space);
  outputs_ = static_cast<std::byte*>(inputs_) + layout.input_bytes;
  state_ = static_cast<std::byte*>(outputs_) + layout.output_bytes;
}

size_t TileBuffers::bytes(const Study& study, int width) {
  const TileLayout layout = TileLayout::of(study, width);
  return layout.input_bytes + layout.output_bytes;
}

Tile TileBuffers::fill(const Partition& parts, uint64_t block, uint64_t first,
                       const Ground& ground) {
  const TileLayout& layout = worlds_.layout();
  const uint64_t last = parts.worlds_in(block) - 1;
  worlds_.begin(inputs_);
  for (int lane = 0; lane < layout.width; ++lane) {
    const uint64_t world = std::min(first + static_cast<uint64_t>(lane), last);
    worlds_.put(inputs_, lane, parts.first_pair(block) + world / parts.arms, world % parts.arms);
  }
  std::memset(tile_table<char>(outputs_, layout.totals), 0, layout.totals_bytes);
  Tile tile{};
  tile.seed = study_.seed;
  tile.steps = study_.steps;
  tile.every = study_.outputs.every;
  tile.shape = ground.shape.get();
  tile.shared = ground.shared.get();
  tile.memory = state_;
  tile.places = places_.data();
  point_at(tile, layout, inputs_, outputs_);
  return tile;
}

void TileBuffers::collect(uint64_t first, BlockResult& result) const {
  const auto lanes = std::min<uint64_t>(static_cast<uint64_t>(worlds_.layout().width),
                                        result.status.size() - first);
  worlds_.collect(outputs_, 0, static_cast<int>(lanes), first, result);
}

}  // namespace chasm
