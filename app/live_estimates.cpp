#include "app/live_estimates.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/read_options.hpp"
#include "app/text.hpp"
#include "hpc/block_codec.hpp"
#include "hpc/bytes.hpp"
#include "hpc/sketch_statistics.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

constexpr size_t most_rows = 24;

// Half of the 95 % interval of a mean of many units.
double half_interval(const Moments& moments) {
  return 1.96 * moments.standard_deviation() / std::sqrt(static_cast<double>(moments.count()));
}

std::string with_interval(double mean, double standard_error) {
  return std::isnan(standard_error)
             ? rounded(mean)
             : fmt::format("{} ± {:.2g}", rounded(mean), 1.96 * standard_error);
}

std::string with_interval(const Moments& moments) {
  if (moments.count() < 2) return rounded(moments.mean());
  return fmt::format("{} ± {:.2g}", rounded(moments.mean()), half_interval(moments));
}

}  // namespace

LiveEstimates::LiveEstimates(const Identity& identity, const std::string& folder)
    : study_(parse_study(identity.text, folder, reading({}))),
      partition_(identity.partition),
      seen_(partition_.blocks()),
      arms_(study_.outputs.metrics.size(), std::vector<Arm>(study_.arms.size())),
      failed_(study_.arms.size()) {}

void LiveEstimates::look(const JournalReader& reader) {
  for (const uint64_t block : reader.blocks()) {
    if (seen_.at(block)) continue;
    seen_[block] = true;
    try {
      add(decode_block(reader.payload(block), block, study_, partition_));
    } catch (const BadBytes& bad) {
      throw SystemError(fmt::format(
          "block {} cannot be understood ({}) use the build of chasm that runs the study", block,
          bad.what()));
    }
  }
}

void LiveEstimates::add(const BlockResult& block) {
  if (!study_.outputs.worlds) {
    add_sketches(block);
    return;
  }
  worlds_ += block.status.size();
  for (size_t world = 0; world < block.status.size(); ++world)
    failed_[world % failed_.size()] += block.status[world] == static_cast<uint8_t>(Status::failed);
  for (size_t metric = 0; metric < arms_.size(); ++metric) add_metric(metric, block);
}

void LiveEstimates::add_sketches(const BlockResult& block) {
  worlds_ += partition_.worlds_in(block.block);
  const size_t arms = failed_.size(), reasons = block.outcomes.size() / arms;
  for (size_t i = 0; i < block.outcomes.size(); ++i)
    if (i % reasons != 0) failed_[i / reasons] += block.outcomes[i];
  sketches_.resize(block.sketches.size());
  for (size_t i = 0; i < sketches_.size(); ++i) sketches_[i].merge(block.sketches[i]);
}

void LiveEstimates::add_metric(size_t metric, const BlockResult& block) {
  const std::vector<double>& values = block.metrics[metric];
  const uint64_t arms = partition_.arms, pairs = values.size() / arms;
  const uint64_t first = partition_.first_pair(block.block);
  for (uint64_t pair = 0; pair < pairs;) {
    const uint64_t future = (first + pair) / study_.replications;
    uint64_t end = pair;
    while (end < pairs && (first + end) / study_.replications == future) ++end;
    for (uint64_t arm = 0; arm < arms; ++arm) {
      Moments own, difference;
      for (uint64_t i = pair; i < end; ++i) {
        own.add(values[i * arms + arm]);
        difference.add(values[i * arms + arm] - values[i * arms]);
      }
      arms_[metric][arm].mean.add(own.mean());
      arms_[metric][arm].difference.add(difference.mean());
    }
    pair = end;
  }
}

std::string LiveEstimates::text() const {
  if (worlds_ == 0) return "";
  TextTable table({"metric", "arm", "mean, 95 % interval", "- baseline", "failed"});
  size_t rows = 0, left_out = 0;
  for (size_t metric = 0; metric < arms_.size(); ++metric) {
    for (size_t arm = 0; arm < arms_[metric].size(); ++arm) {
      if (++rows > most_rows) {
        ++left_out;
        continue;
      }
      const Arm here = sketches_.empty() ? arms_[metric][arm] : Arm();
      std::string mean = with_interval(here.mean);
      std::string difference = with_interval(here.difference);
      if (!sketches_.empty()) {
        const Metric& what =
            study_.model->metrics[static_cast<size_t>(study_.outputs.metrics[metric])];
        const SketchStatistics s = statistics_of(sketches_[metric * failed_.size() + arm], what);
        mean = with_interval(s.mean, s.standard_error);
        difference = with_interval(s.difference, s.difference_standard_error);
      }
      table.add(
          {arm == 0
               ? study_.model->metrics[static_cast<size_t>(study_.outputs.metrics[metric])].name
               : "",
           study_.arms[arm].name, mean, arm == 0 ? "" : difference, grouped(failed_[arm])});
    }
  }
  std::string text = fmt::format("so far, by {}:\n{}", count_of(worlds_, "world"), table.text());
  if (left_out > 0) text += fmt::format("  ... {} more\n", count_of(left_out, "row"));
  return text;
}

}  // namespace chasm
