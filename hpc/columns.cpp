#include "hpc/columns.hpp"

#include <algorithm>

#include "hpc/hdf5_read.hpp"

namespace chasm {

namespace {

uint64_t width_of(NcType type) { return H5Tget_size(file_type(type)); }

WorldShape shape_of(const std::vector<NcDimension>& dimensions, NcType type) {
  std::vector<uint64_t> lengths;
  for (const NcDimension& dimension : dimensions) lengths.push_back(dimension.size);
  return world_shape(lengths, width_of(type));
}

WorldSlabs slabs_of(const WorldShape& worlds) {
  return world_slabs(worlds, chunk_bytes / (worlds.arms * worlds.bytes));
}

NcVariable make(NcGroup& group, const std::string& name, NcType type,
                const std::vector<NcDimension>& dimensions, NcLayout layout) {
  const WorldShape worlds = shape_of(dimensions, type);
  layout.chunk = world_chunk(worlds, width_of(type), dimensions.size() > 3);
  return group.variable(name, type, dimensions, layout);
}

}  // namespace

std::vector<uint64_t> world_chunk(const WorldShape& worlds, uint64_t width, bool has_rows) {
  const WorldSlabs slabs = slabs_of(worlds);
  const uint64_t arms = std::clamp<uint64_t>(chunk_bytes / worlds.bytes, 1, worlds.arms);
  std::vector<uint64_t> chunk = {slabs.pairs() == 1 ? arms : worlds.arms, slabs.futures,
                                 slabs.replications};
  if (has_rows) chunk.push_back(worlds.bytes / width);
  return chunk;
}

WorldColumn::WorldColumn(NcGroup& group, const std::string& name, NcType type,
                         const std::vector<NcDimension>& dimensions, NcLayout layout)
    : worlds_(shape_of(dimensions, type)),
      slabs_(slabs_of(worlds_)),
      offset_(dimensions.size(), 0),
      variable_(make(group, name, type, dimensions, std::move(layout))) {
  for (const NcDimension& dimension : dimensions) count_.push_back(dimension.size);
  slab_.resize(slabs_.pairs() * worlds_.arms * worlds_.bytes);
  room_ = slabs_.place(0, offset_, count_);
}

void WorldColumn::add(const void* values, uint64_t pairs) {
  const auto* from = static_cast<const unsigned char*>(values);
  const uint64_t a_pair = worlds_.arms * worlds_.bytes;
  sum_.add({from, pairs * a_pair});
  while (pairs > 0) {
    const uint64_t now = std::min(pairs, room_ - filled_);
    to_file_order(from, now, worlds_, slab_.data(), filled_, room_);
    from += now * a_pair;
    pairs -= now;
    filled_ += now;
    if (filled_ < room_) continue;
    variable_.write(offset_, count_, slab_.data());
    first_ += room_;
    filled_ = 0;
    room_ = first_ < worlds_.pairs() ? slabs_.place(first_, offset_, count_) : 0;
  }
}

void WorldColumn::finish() {
  if (first_ != worlds_.pairs() || filled_ != 0)
    throw SystemError("a result is not complete (only the first " +
                      std::to_string(first_ + filled_) + " of " + std::to_string(worlds_.pairs()) +
                      " pairs of future and replication came) this is a fault of chasm, report it");
  variable_.record_digest(sum_.hex());
  variable_.close();
}

}  // namespace chasm
