#pragma once

// Blocks: the unit of work, commit and resume. A block is a contiguous range of (future, replication) pairs with
// all arms, so worlds lie in (future, replication, arm) order. The partition is a function of the study alone.

#include <cstdint>
#include <vector>

#include "sim/sketch.hpp"
#include "sim/study.hpp"

namespace chasm {

struct Partition {
  uint64_t pairs = 0;  // of the study
  uint64_t pairs_per_block = 1;
  uint64_t arms = 1;

  uint64_t blocks() const { return (pairs + pairs_per_block - 1) / pairs_per_block; }
  uint64_t first_pair(uint64_t block) const { return block * pairs_per_block; }
  uint64_t pairs_in(uint64_t block) const {
    const uint64_t first = first_pair(block);
    return pairs - first < pairs_per_block ? pairs - first : pairs_per_block;
  }
  uint64_t worlds_in(uint64_t block) const { return pairs_in(block) * arms; }
};

// About a quarter of a second of one core a block, at most 65,536 worlds and at least one pair; where no world is kept,
// whole futures.
// `worlds` > 0 asks for that many worlds a block instead.
Partition partition(const Study&, uint64_t worlds = 0);

enum class Status : uint8_t { not_run = 0, ok = 1, failed = 2 };

// Everything a block leaves behind. Worlds in (future, replication, arm) order.
struct BlockResult {
  uint64_t block = 0;
  std::vector<uint8_t> status;               // [world], Status
  std::vector<uint16_t> failure;             // [world], FailureReason::number
  std::vector<std::vector<double>> metrics;  // [selected metric][world]; failed worlds hold NaN
  std::vector<std::vector<float>> series;    // Keep::full: [selected series][world x row]
  std::vector<std::vector<uint32_t>>
      bands;  // Keep::bands: [selected series][arm x row x bin], failed worlds left out
  std::vector<std::vector<int64_t>> totals;  // [kept total][arm x cell], failed worlds left out
  // Instead of status, failure and metrics, once a block of a study that keeps no world is summarised
  // (hpc/summarise_block.hpp).
  std::vector<uint64_t> outcomes = {};  // [arm x reason]: worlds
  std::vector<Sketch> sketches = {};    // [selected metric x arm]
};

// A block's result with room for everything the study keeps: nothing run yet.
BlockResult empty_block(const Study&, const Partition&, uint64_t block);
// Bytes of memory a block's result takes.
size_t block_bytes(const Study&, uint64_t worlds);

// Bins of a series histogram: equal cells of [low, high], the outer two also take what lies beyond.
inline constexpr int band_bins = 64;
int band_bin(const Metric&, float value);

}  // namespace chasm
