#pragma once

// Where the tables of a tile lie in two pieces of memory: what its worlds are given, and what they leave. The same for lanes of a
// processor and threads of a device.

#include <vector>

#include "sim/function.hpp"
#include "sim/program.hpp"

namespace chasm {

struct Study;

// Bytes from the beginning of either piece. Both sizes are multiples of 64.
struct TileLayout {
  int width = 0;  // worlds
  // Given: [parameter][lane], [lever][strength, start, until, ramp][lane], [lane], [lane], one number, [condition].
  size_t parameters = 0, levers = 0, future = 0, replication = 0, condition_count = 0,
         conditions = 0, input_bytes = 0;
  // Left: [metric][lane], [cell][lane], [row][series][lane], [lane].
  size_t metrics = 0, totals = 0, series = 0, failure = 0, output_bytes = 0;
  size_t totals_bytes = 0;  // 0 where no total is kept
  bool has_series = false;

  static TileLayout of(const Study&, int width);
};

// By the number of the model's total.
std::vector<TotalPlace> total_places(const Study&);

template <class T>
CHASM_OP T* tile_table(void* memory, size_t place) {
  return reinterpret_cast<T*>(static_cast<char*>(memory) + place);
}
template <class T>
CHASM_OP const T* tile_table(const void* memory, size_t place) {
  return reinterpret_cast<const T*>(static_cast<const char*>(memory) + place);
}

// Lets the tile read and write there.
CHASM_FN void point_at(Tile& tile, const TileLayout& layout, const void* inputs, void* outputs) {
  tile.parameters = tile_table<double>(inputs, layout.parameters);
  tile.levers = tile_table<double>(inputs, layout.levers);
  tile.future = tile_table<uint32_t>(inputs, layout.future);
  tile.replication = tile_table<uint32_t>(inputs, layout.replication);
  tile.condition_count = *tile_table<int>(inputs, layout.condition_count);
  tile.conditions = tile_table<Condition>(inputs, layout.conditions);
  tile.metrics = tile_table<double>(outputs, layout.metrics);
  tile.totals = layout.totals_bytes == 0 ? nullptr : tile_table<int64_t>(outputs, layout.totals);
  tile.series = layout.has_series ? tile_table<float>(outputs, layout.series) : nullptr;
  tile.failure = tile_table<uint16_t>(outputs, layout.failure);
}

}  // namespace chasm
