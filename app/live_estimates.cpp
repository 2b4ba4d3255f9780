#include "app/live_estimates.hpp"

#include <fmt/format.h>

#include <algorithm>
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

std::string with_interval(double mean, double standard_error) {
  return std::isnan(standard_error)
             ? rounded(mean)
             : fmt::format("{} ± {:.2g}", rounded(mean), 1.96 * standard_error);
}

}  // namespace

LiveEstimates::LiveEstimates(const Identity& identity, const std::string& folder)
    : study_(parse_study(identity.text, folder, reading({}))),
      partition_(identity.partition),
      seen_(partition_.blocks()),
      rows_(std::min(most_rows, study_.outputs.metrics.size() * study_.arms.size())),
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
  for (size_t row = 0; row < rows_.size(); ++row) add_row(row, block);
}

void LiveEstimates::add_sketches(const BlockResult& block) {
  worlds_ += partition_.worlds_in(block.block);
  const size_t arms = failed_.size(), reasons = block.outcomes.size() / arms;
  for (size_t i = 0; i < block.outcomes.size(); ++i)
    if (i % reasons != 0) failed_[i / reasons] += block.outcomes[i];
  sketches_.resize(block.sketches.size());
  for (size_t i = 0; i < sketches_.size(); ++i) sketches_[i].merge(block.sketches[i]);
}

void LiveEstimates::add_row(size_t row, const BlockResult& block) {
  const uint64_t arms = partition_.arms, arm = row % arms;
  const std::vector<double>& values = block.metrics[row / arms];
  const uint64_t first = partition_.first_pair(block.block);
  const uint64_t pairs_a_unit = study_.futures->count() > 1 ? study_.replications : 1;
  for (uint64_t pair = 0; pair < values.size() / arms; ++pair) {
    const uint64_t unit = (first + pair) / pairs_a_unit;
    const double value = values[pair * arms + arm];
    rows_[row].mean.add(unit, value);
    rows_[row].difference.add(unit, value - values[pair * arms]);
  }
}

std::string LiveEstimates::text() const {
  if (worlds_ == 0) return "";
  TextTable table({"metric", "arm", "mean, 95 % interval", "- baseline", "failed"});
  const size_t arms = failed_.size();
  for (size_t row = 0; row < rows_.size(); ++row) {
    const size_t arm = row % arms;
    const Metric& metric =
        study_.model->metrics[static_cast<size_t>(study_.outputs.metrics[row / arms])];
    std::string mean, difference;
    if (sketches_.empty()) {
      const Row& here = rows_[row];
      mean = with_interval(here.mean.mean(), here.mean.standard_error());
      difference = with_interval(here.difference.mean(), here.difference.standard_error());
    } else {
      const SketchStatistics s = statistics_of(sketches_[row], metric);
      mean = with_interval(s.mean, s.standard_error);
      difference = with_interval(s.difference, s.difference_standard_error);
    }
    table.add({arm == 0 ? metric.name : "", study_.arms[arm].name, mean, arm == 0 ? "" : difference,
               grouped(failed_[arm])});
  }
  std::string text = fmt::format("so far, by {}:\n{}", count_of(worlds_, "world"), table.text());
  const size_t left_out = study_.outputs.metrics.size() * arms - rows_.size();
  if (left_out > 0) text += fmt::format("  ... {} more\n", count_of(left_out, "row"));
  return text;
}

}  // namespace chasm
