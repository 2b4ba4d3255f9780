#include "hpc/summarise_block.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace chasm {

namespace {

// Half away from zero.
int64_t mean_of(Wide sum, int64_t count) {
  const Wide half = sum >= 0 ? count / 2 : -(count / 2);
  return static_cast<int64_t>((sum + half) / count);
}

class Columns {
 public:
  Columns(const BlockResult& block, const Study& study, const Partition& partition, size_t metric)
      : block_(block),
        metric_(study.model->metrics[static_cast<size_t>(study.outputs.metrics[metric])]),
        values_(block.metrics[metric]),
        arms_(partition.arms),
        fixed_(metric_) {
    const uint64_t pairs = values_.size() / arms_, first = partition.first_pair(block.block);
    // With one future its replications are what is independent.
    const uint64_t unit = study.futures->count() > 1 ? study.replications : 1;
    for (uint64_t pair = 0; pair < pairs;) {
      const uint64_t end = std::min(pairs, ((first + pair) / unit + 1) * unit - first);
      units_.emplace_back(pair, end);
      pair = end;
    }
  }

  Sketch sketch(uint64_t arm) const {
    Sketch sketch;
    for (const auto& [begin, end] : units_) {
      Wide sum = 0, difference = 0;
      int64_t count = 0, paired = 0;
      for (uint64_t pair = begin; pair < end; ++pair) {
        const double value = values_[pair * arms_ + arm], baseline = values_[pair * arms_];
        if (block_.status[pair * arms_ + arm] != static_cast<uint8_t>(Status::ok)) continue;
        if (std::isnan(value)) {
          ++sketch.absent;
          continue;
        }
        const int64_t steps = fixed_.of(value);
        sketch.low = sketch.worlds.count == 0 ? steps : std::min(sketch.low, steps);
        sketch.high = sketch.worlds.count == 0 ? steps : std::max(sketch.high, steps);
        sketch.worlds.add(steps);
        ++sketch.bins[static_cast<size_t>(sketch_bin(metric_, value))];
        sum += steps;
        ++count;
        if (arm == 0 || std::isnan(baseline)) continue;
        difference += steps - fixed_.of(baseline);
        ++paired;
      }
      if (count > 0) sketch.units.add(mean_of(sum, count));
      if (paired > 0) sketch.differences.add(mean_of(difference, paired));
    }
    return sketch;
  }

 private:
  const BlockResult& block_;
  const Metric& metric_;
  const std::vector<double>& values_;
  const uint64_t arms_;
  const FixedPoint fixed_;
  std::vector<std::pair<uint64_t, uint64_t>> units_;  // of pairs in the block, from and to
};

}  // namespace

std::vector<FailureReason> reasons_of(const Model& model) {
  std::vector<FailureReason> reasons = {{0, "none"}};
  reasons.insert(reasons.end(), model.failures.begin(), model.failures.end());
  reasons.push_back(not_finite);
  return reasons;
}

BlockResult summarise_block(const BlockResult& block, const Study& study,
                            const Partition& partition) {
  BlockResult out;
  out.block = block.block;
  out.series = block.series;
  out.bands = block.bands;
  out.totals = block.totals;
  const std::vector<FailureReason> reasons = reasons_of(*study.model);
  const uint64_t arms = partition.arms;
  out.outcomes.assign(arms * reasons.size(), 0);
  for (size_t world = 0; world < block.status.size(); ++world) {
    const auto reason = std::find_if(reasons.begin(), reasons.end(), [&](const FailureReason& r) {
      return r.number == block.failure[world];
    });
    if (reason == reasons.end())
      throw std::logic_error("a world failed for no reason of its model");
    ++out.outcomes[world % arms * reasons.size() + static_cast<size_t>(reason - reasons.begin())];
  }
  for (size_t metric = 0; metric < block.metrics.size(); ++metric) {
    const Columns columns(block, study, partition, metric);
    for (uint64_t arm = 0; arm < arms; ++arm) out.sketches.push_back(columns.sketch(arm));
  }
  return out;
}

}  // namespace chasm
