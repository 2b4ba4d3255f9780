#include "app/compare_block.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>

namespace chasm {

namespace {

uint32_t bits_of(float value) { return std::isnan(value) ? ~0u : std::bit_cast<uint32_t>(value); }

}  // namespace

CompareBlock::CompareBlock(const Recorded& recorded, const Partition& parts, bool whole)
    : recorded_(recorded), parts_(parts) {
  const Outputs& outputs = recorded.study.outputs;
  if (!whole) return;
  for (const Total& total : kept_totals(recorded.study)) {
    totals_.push_back(total);
    sums_.emplace_back(recorded.study.arms.size() * static_cast<size_t>(total.cells()));
  }
  if (outputs.keep != Keep::bands) return;
  const auto rows = static_cast<size_t>(series_rows(recorded.study.steps, outputs.every));
  bands_.assign(outputs.series.size(),
                std::vector<int64_t>(recorded.study.arms.size() * rows * band_bins));
}

void CompareBlock::add(const BlockResult& now) {
  const PairRange pairs{parts_.first_pair(now.block), parts_.pairs_in(now.block)};
  for (uint64_t arm = 0; arm < parts_.arms; ++arm) compare_arm(now, arm, pairs);
  for (size_t k = 0; k < bands_.size(); ++k)
    for (size_t cell = 0; cell < bands_[k].size(); ++cell) bands_[k][cell] += now.bands[k][cell];
  for (size_t k = 0; k < sums_.size(); ++k)
    for (size_t cell = 0; cell < sums_[k].size(); ++cell) sums_[k][cell] += now.totals[k][cell];
}

void CompareBlock::compare_arm(const BlockResult& now, uint64_t arm, PairRange pairs) {
  const Study& study = recorded_.study;
  const Model& model = *study.model;
  const auto at = [&](uint64_t i) { return static_cast<size_t>(i * parts_.arms + arm); };
  std::vector<uint8_t> statuses(pairs.count);
  std::vector<uint16_t> failures(pairs.count);
  recorded_.file.statuses(arm, pairs, statuses);
  recorded_.file.failures(arm, pairs, failures);
  for (uint64_t i = 0; i < pairs.count; ++i)
    if (statuses[i] != now.status[at(i)] || failures[i] != now.failure[at(i)])
      note(fmt::format("world {} is {} in the file and {} when run again",
                       world(arm, pairs.first + i),
                       outcome(static_cast<Status>(statuses[i]), failures[i], model),
                       outcome(static_cast<Status>(now.status[at(i)]), now.failure[at(i)], model)));
  std::vector<double> column(pairs.count);
  for (size_t k = 0; k < study.outputs.metrics.size(); ++k) {
    const Metric& metric = model.metrics[static_cast<size_t>(study.outputs.metrics[k])];
    recorded_.file.column(metric.name, arm, pairs, column);
    for (uint64_t i = 0; i < pairs.count; ++i)
      if (stored_bits(column[i], metric.storage) !=
          stored_bits(now.metrics[k][at(i)], metric.storage))
        note(fmt::format("{} of world {} is {} in the file and {} when run again", metric.name,
                         world(arm, pairs.first + i), column[i], now.metrics[k][at(i)]));
  }
  if (study.outputs.keep != Keep::full) return;
  const auto rows = static_cast<size_t>(series_rows(study.steps, study.outputs.every));
  std::vector<float> kept(pairs.count * rows);
  for (size_t k = 0; k < study.outputs.series.size(); ++k) {
    const Metric& series = model.series[static_cast<size_t>(study.outputs.series[k])];
    recorded_.file.series(series.name, arm, pairs, kept);
    for (uint64_t i = 0; i < pairs.count; ++i)
      for (size_t row = 0; row < rows; ++row) {
        const float again = now.series[k][at(i) * rows + row];
        if (bits_of(kept[i * rows + row]) != bits_of(again))
          note(fmt::format("{} of world {} at {} {} is {} in the file and {} when run again",
                           series.name, world(arm, pairs.first + i), model.step,
                           row * static_cast<size_t>(study.outputs.every), kept[i * rows + row],
                           again));
      }
  }
}

void CompareBlock::finish() {
  const Study& study = recorded_.study;
  const auto rows = static_cast<size_t>(series_rows(study.steps, study.outputs.every));
  std::vector<int64_t> kept(rows * band_bins);
  for (size_t k = 0; k < bands_.size(); ++k) {
    const Metric& series = study.model->series[static_cast<size_t>(study.outputs.series[k])];
    for (size_t arm = 0; arm < study.arms.size(); ++arm) {
      recorded_.file.histogram(series.name, arm, kept);
      for (size_t cell = 0; cell < kept.size(); ++cell)
        if (const int64_t again = bands_[k][arm * kept.size() + cell]; again != kept[cell])
          note(fmt::format(
              "bin {} of {} in arm {} at {} {} counts {} worlds in the file and {} when run again",
              cell % band_bins, series.name, study.arms[arm].name, study.model->step,
              cell / band_bins * static_cast<size_t>(study.outputs.every), kept[cell], again));
    }
  }
  finish_totals();
}

void CompareBlock::finish_totals() {
  const Study& study = recorded_.study;
  for (size_t k = 0; k < sums_.size(); ++k) {
    std::vector<int64_t> kept(static_cast<size_t>(totals_[k].cells()));
    for (size_t arm = 0; arm < study.arms.size(); ++arm) {
      recorded_.file.total(totals_[k].name, arm, kept);
      for (size_t cell = 0; cell < kept.size(); ++cell)
        if (const int64_t again = sums_[k][arm * kept.size() + cell]; again != kept[cell])
          note(fmt::format(
              "cell {} of the total {} in arm {} is {} in the file and {} when run again", cell,
              totals_[k].name, study.arms[arm].name, kept[cell], again));
    }
  }
}

void CompareBlock::note(std::string difference) {
  ++differences_;
  if (words_.size() < 10) words_.push_back(std::move(difference));
}

std::string CompareBlock::world(uint64_t arm, uint64_t pair) const {
  const Study& study = recorded_.study;
  return name_of(WorldNumber{arm, pair / study.replications, pair % study.replications}, study);
}

}  // namespace chasm
