#include "sim/tile_worlds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/error.hpp"

namespace chasm {

namespace {

constexpr uint64_t no_future = std::numeric_limits<uint64_t>::max();

// No end is a step that no study reaches; lanes hold it exactly.
constexpr double never = 1e9;

bool has_failed(const BlockResult& result, uint64_t world) {
  return result.status[world] == static_cast<uint8_t>(Status::failed);
}

}  // namespace

TileWorlds::TileWorlds(const Study& study, const TileLayout& layout)
    : study_(study),
      layout_(layout),
      drawn_(study.futures->parameters().size()),
      drawn_future_(no_future) {}

void TileWorlds::put(void* inputs, int lane, uint64_t pair, uint64_t arm) {
  const auto at = static_cast<size_t>(lane), width = static_cast<size_t>(layout_.width);
  const uint64_t future = pair / study_.replications;
  const Arm& chosen = study_.arms[arm];
  tile_table<uint32_t>(inputs, layout_.future)[at] = study_.futures->address(future);
  tile_table<uint32_t>(inputs, layout_.replication)[at] =
      static_cast<uint32_t>(pair % study_.replications);
  double* parameters = tile_table<double>(inputs, layout_.parameters);
  for (size_t i = 0; i < study_.base.size(); ++i) parameters[i * width + at] = study_.base[i];
  const auto uncertain = study_.futures->parameters();
  if (!uncertain.empty()) {
    if (drawn_future_ != future) {
      study_.futures->draw(future, drawn_);
      drawn_future_ = future;
    }
    for (size_t i = 0; i < uncertain.size(); ++i)
      parameters[static_cast<size_t>(uncertain[i]) * width + at] = drawn_[i];
  }
  for (const auto& [parameter, value] : chosen.parameters)
    parameters[static_cast<size_t>(parameter) * width + at] = value;
  for (size_t i = 0; i < chosen.levers.size(); ++i) put_lever(inputs, lane, i, chosen.levers[i]);
}

void TileWorlds::put_lever(void* inputs, int lane, size_t number,
                           const LeverSetting& setting) const {
  const auto width = static_cast<size_t>(layout_.width);
  const bool waits = setting.when.series >= 0;
  double* lever =
      tile_table<double>(inputs, layout_.levers) + number * 4 * width + static_cast<size_t>(lane);
  lever[0] = setting.strength;
  lever[width] = waits ? never : setting.start;
  lever[2 * width] = std::min(setting.until, never);
  lever[3 * width] = setting.ramp > 0 ? setting.ramp : study_.model->levers[number].ramp;
  if (!waits) return;
  int& count = *tile_table<int>(inputs, layout_.condition_count);
  tile_table<Condition>(inputs, layout_.conditions)[count++] = {
      .lane = lane,
      .lever = static_cast<int>(number),
      .series = setting.when.series,
      .comparison = setting.when.comparison,
      .value = static_cast<float>(setting.when.value),
      .step = setting.when.step};
}

void TileWorlds::collect(const void* outputs, int first_lane, int lanes, uint64_t first_world,
                         BlockResult& result) const {
  const Model& model = *study_.model;
  const auto width = static_cast<size_t>(layout_.width);
  const double* metrics = tile_table<double>(outputs, layout_.metrics);
  const uint16_t* failures = tile_table<uint16_t>(outputs, layout_.failure);
  for (int i = 0; i < lanes; ++i) {
    const auto lane = static_cast<size_t>(first_lane + i);
    const uint64_t world = first_world + static_cast<uint64_t>(i);
    uint16_t failure = failures[lane];
    for (size_t k = 0; k < model.metrics.size(); ++k) {
      const double value = metrics[k * width + lane];
      const bool absent = std::isnan(value) && model.metrics[k].may_be_absent;
      if (failure == 0 && !std::isfinite(value) && !absent) failure = not_finite.number;
    }
    const bool failed = failure != 0;
    result.failure[world] = failure;
    result.status[world] = static_cast<uint8_t>(failed ? Status::failed : Status::ok);
    for (size_t k = 0; k < result.metrics.size(); ++k) {
      const auto metric = static_cast<size_t>(study_.outputs.metrics[k]);
      result.metrics[k][world] =
          failed ? std::numeric_limits<double>::quiet_NaN() : metrics[metric * width + lane];
    }
    if (layout_.has_series) collect_series(outputs, first_lane + i, world, result);
  }
  collect_totals(outputs, first_lane, lanes, first_world, result);
}

void TileWorlds::collect_totals(const void* outputs, int first_lane, int lanes,
                                uint64_t first_world, BlockResult& result) const {
  const size_t arms = study_.arms.size();
  const int64_t* from = tile_table<int64_t>(outputs, layout_.totals) + first_lane;
  for (auto& cells : result.totals) {
    const size_t count = cells.size() / arms;
    for (size_t cell = 0; cell < count; ++cell, from += layout_.width)
      for (int lane = 0; lane < lanes; ++lane) {
        const uint64_t world = first_world + static_cast<uint64_t>(lane);
        if (has_failed(result, world)) continue;
        int64_t& to = cells[world % arms * count + cell];
        if (__builtin_add_overflow(to, from[lane], &to))
          throw SystemError(
              "a total is beyond 64 bits (the worlds of one block add up to more) "
              "keep it in a larger unit");
      }
  }
}

void TileWorlds::collect_series(const void* outputs, int lane, uint64_t world,
                                BlockResult& result) const {
  const Model& model = *study_.model;
  const auto width = static_cast<size_t>(layout_.width);
  const auto rows = static_cast<size_t>(series_rows(study_.steps, study_.outputs.every));
  const bool failed = has_failed(result, world);
  const float* series = tile_table<float>(outputs, layout_.series);
  const auto value = [&](size_t row, int which) {
    return series[(row * model.series.size() + static_cast<size_t>(which)) * width +
                  static_cast<size_t>(lane)];
  };
  for (size_t k = 0; k < result.series.size(); ++k)
    for (size_t row = 0; row < rows; ++row)
      result.series[k][world * rows + row] =
          failed ? std::numeric_limits<float>::quiet_NaN() : value(row, study_.outputs.series[k]);
  if (failed) return;
  const size_t arm = world % study_.arms.size();
  for (size_t k = 0; k < result.bands.size(); ++k) {
    const int which = study_.outputs.series[k];
    for (size_t row = 0; row < rows; ++row) {
      const float now = value(row, which);
      if (std::isnan(now)) continue;
      const auto bin = static_cast<size_t>(band_bin(model.series[static_cast<size_t>(which)], now));
      ++result.bands[k][(arm * rows + row) * band_bins + bin];
    }
  }
}

}  // namespace chasm
