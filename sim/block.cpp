#include "sim/block.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "sim/program.hpp"

namespace chasm {

Partition partition(const Study& study, uint64_t worlds) {
  constexpr uint64_t most = 65536;
  constexpr double seconds = 0.25;
  const uint64_t arms = study.arms.size();
  if (worlds == 0) {
    const double each = study.model->cost(study.setting, study.steps);
    worlds = std::bit_floor(
        static_cast<uint64_t>(std::clamp(seconds / each, 16.0, static_cast<double>(most))));
  }
  Partition parts;
  parts.pairs = study.pairs();
  parts.arms = arms;
  parts.pairs_per_block =
      std::clamp<uint64_t>(worlds / arms, 1, std::max<uint64_t>(1, parts.pairs));
  if (!study.outputs.worlds && study.futures->count() > 1) {
    // Means of a future's replications must not depend on where blocks end.
    const uint64_t futures = (parts.pairs_per_block + study.replications - 1) / study.replications;
    parts.pairs_per_block = futures * study.replications;
  }
  return parts;
}

BlockResult empty_block(const Study& study, const Partition& parts, uint64_t block) {
  const uint64_t worlds = parts.worlds_in(block);
  const auto rows = static_cast<uint64_t>(series_rows(study.steps, study.outputs.every));
  BlockResult result;
  result.block = block;
  result.status.assign(worlds, static_cast<uint8_t>(Status::not_run));
  result.failure.assign(worlds, 0);
  result.metrics.assign(study.outputs.metrics.size(), std::vector<double>(worlds));
  if (study.outputs.keep == Keep::full)
    result.series.assign(study.outputs.series.size(), std::vector<float>(worlds * rows));
  if (study.outputs.keep == Keep::bands)
    result.bands.assign(study.outputs.series.size(),
                        std::vector<uint32_t>(parts.arms * rows * band_bins));
  for (const Total& total : kept_totals(study))
    result.totals.emplace_back(parts.arms * static_cast<uint64_t>(total.cells()));
  return result;
}

size_t block_bytes(const Study& study, uint64_t worlds) {
  const auto rows = static_cast<uint64_t>(series_rows(study.steps, study.outputs.every));
  const uint64_t series = study.outputs.series.size();
  uint64_t bytes = worlds * (3 + 8 * study.outputs.metrics.size());
  if (study.outputs.keep == Keep::full) bytes += worlds * rows * series * sizeof(float);
  if (study.outputs.keep == Keep::bands)
    bytes += study.arms.size() * rows * band_bins * series * sizeof(uint32_t);
  for (const Total& total : kept_totals(study))
    bytes += study.arms.size() * static_cast<uint64_t>(total.cells()) * sizeof(int64_t);
  return bytes;
}

int band_bin(const Metric& metric, float value) {
  const double place = (static_cast<double>(value) - metric.low) / (metric.high - metric.low);
  return static_cast<int>(std::clamp(place * band_bins, 0.0, band_bins - 1.0));
}

}  // namespace chasm
