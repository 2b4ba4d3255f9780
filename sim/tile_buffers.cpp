#include "sim/tile_buffers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/error.hpp"

namespace chasm {

namespace {

constexpr uint64_t no_future = std::numeric_limits<uint64_t>::max();
constexpr size_t alignment = 64;

long cells_of(const std::vector<Total>& totals) {
  long cells = 0;
  for (const Total& total : totals) cells += total.cells();
  return cells;
}

// No end is a step that no study reaches; lanes hold it exactly.
constexpr double never = 1e9;

}  // namespace

TileBuffers::TileBuffers(const Study& study, int width, size_t state_bytes)
    : study_(study),
      width_(width),
      rows_(study.outputs.keep == Keep::none ? 0 : series_rows(study.steps, study.outputs.every)),
      drawn_(study.futures->parameters().size()),
      drawn_future_(no_future) {
  const auto lanes = static_cast<size_t>(width);
  const Model& model = *study.model;
  future_.resize(lanes);
  replication_.resize(lanes);
  failure_.resize(lanes);
  parameters_.resize(lanes * model.parameters.size());
  levers_.resize(lanes * model.levers.size() * 4);
  metrics_.resize(lanes * model.metrics.size());
  series_.resize(lanes * model.series.size() * static_cast<size_t>(rows_));
  if (!study.outputs.totals.empty()) {
    const std::vector<Total> totals = all_totals(study);
    places_.resize(totals.size());
    long cells = 0;
    for (const int kept : study.outputs.totals) {
      const Total& total = totals.at(static_cast<size_t>(kept));
      TotalPlace& place = places_.at(static_cast<size_t>(kept));
      place.first = cells;
      for (int axis = 0; axis < total.axis_count(); ++axis)
        place.size[axis] = total.axes[axis].size;
      cells += total.cells();
    }
    totals_.resize(lanes * static_cast<size_t>(cells));
  }
  memory_ = std::make_unique<std::byte[]>(state_bytes + alignment);
  void* at = memory_.get();
  size_t space = state_bytes + alignment;
  state_ = std::align(alignment, std::max<size_t>(state_bytes, 1), at, space);
}

size_t TileBuffers::bytes(const Study& study, int width) {
  const Model& model = *study.model;
  const auto rows = static_cast<size_t>(
      study.outputs.keep == Keep::none ? 0 : series_rows(study.steps, study.outputs.every));
  return static_cast<size_t>(width) *
         (10 + 8 * (model.parameters.size() + 4 * model.levers.size() + model.metrics.size()) +
          4 * model.series.size() * rows + 8 * static_cast<size_t>(cells_of(kept_totals(study))));
}

void TileBuffers::set_lane(int lane, uint64_t future, uint64_t replication, const Arm& arm) {
  const auto at = static_cast<size_t>(lane);
  const auto width = static_cast<size_t>(width_);
  future_[at] = study_.futures->address(future);
  replication_[at] = static_cast<uint32_t>(replication);
  for (size_t i = 0; i < study_.base.size(); ++i) parameters_[i * width + at] = study_.base[i];
  const auto uncertain = study_.futures->parameters();
  if (!uncertain.empty()) {
    if (drawn_future_ != future) {
      study_.futures->draw(future, drawn_);
      drawn_future_ = future;
    }
    for (size_t i = 0; i < uncertain.size(); ++i)
      parameters_[static_cast<size_t>(uncertain[i]) * width + at] = drawn_[i];
  }
  for (const auto& [parameter, value] : arm.parameters)
    parameters_[static_cast<size_t>(parameter) * width + at] = value;
  for (size_t i = 0; i < arm.levers.size(); ++i) {
    const LeverSetting& setting = arm.levers[i];
    const bool waits = setting.when.series >= 0;
    double* lever = &levers_[i * 4 * width + at];
    lever[0] = setting.strength;
    lever[width] = waits ? never : setting.start;
    lever[2 * width] = std::min(setting.until, never);
    lever[3 * width] = setting.ramp > 0 ? setting.ramp : study_.model->levers[i].ramp;
    if (waits)
      conditions_.push_back({.lane = lane,
                             .lever = static_cast<int>(i),
                             .series = setting.when.series,
                             .comparison = setting.when.comparison,
                             .value = static_cast<float>(setting.when.value),
                             .step = setting.when.step});
  }
}

Tile TileBuffers::fill(const Partition& parts, uint64_t block, uint64_t first,
                       const Ground& ground) {
  const uint64_t last = parts.worlds_in(block) - 1;
  conditions_.clear();
  for (int lane = 0; lane < width_; ++lane) {
    const uint64_t world = std::min(first + static_cast<uint64_t>(lane), last);
    const uint64_t pair = parts.first_pair(block) + world / parts.arms;
    set_lane(lane, pair / study_.replications, pair % study_.replications,
             study_.arms[world % parts.arms]);
  }
  std::fill(totals_.begin(), totals_.end(), 0);
  return {.seed = study_.seed,
          .steps = study_.steps,
          .every = study_.outputs.every,
          .future = future_.data(),
          .replication = replication_.data(),
          .parameters = parameters_.data(),
          .levers = levers_.data(),
          .shape = ground.shape.get(),
          .shared = ground.shared.get(),
          .memory = state_,
          .metrics = metrics_.data(),
          .series = rows_ == 0 ? nullptr : series_.data(),
          .failure = failure_.data(),
          .totals = totals_.empty() ? nullptr : totals_.data(),
          .conditions = conditions_.data(),
          .condition_count = static_cast<int>(conditions_.size()),
          .places = places_.data()};
}

void TileBuffers::collect(uint64_t first, BlockResult& result) const {
  const Model& model = *study_.model;
  const auto width = static_cast<uint64_t>(width_);
  const uint64_t lanes = std::min(width, result.status.size() - first);
  for (uint64_t lane = 0; lane < lanes; ++lane) {
    const uint64_t world = first + lane;
    uint16_t failure = failure_[lane];
    for (size_t i = 0; i < model.metrics.size(); ++i) {
      const double value = metrics_[i * width + lane];
      const bool absent = std::isnan(value) && model.metrics[i].may_be_absent;
      if (failure == 0 && !std::isfinite(value) && !absent) failure = not_finite.number;
    }
    const bool failed = failure != 0;
    result.failure[world] = failure;
    result.status[world] = static_cast<uint8_t>(failed ? Status::failed : Status::ok);
    for (size_t k = 0; k < result.metrics.size(); ++k) {
      const auto metric = static_cast<size_t>(study_.outputs.metrics[k]);
      result.metrics[k][world] =
          failed ? std::numeric_limits<double>::quiet_NaN() : metrics_[metric * width + lane];
    }
    collect_series(static_cast<int>(lane), world, result);
  }
  collect_totals(first, lanes, result);
}

void TileBuffers::collect_totals(uint64_t first, uint64_t lanes, BlockResult& result) const {
  const size_t arms = study_.arms.size();
  const int64_t* from = totals_.data();
  for (auto& cells : result.totals) {
    const size_t count = cells.size() / arms;
    for (size_t cell = 0; cell < count; ++cell, from += width_)
      for (uint64_t lane = 0; lane < lanes; ++lane) {
        const uint64_t world = first + lane;
        if (result.status[world] == static_cast<uint8_t>(Status::failed)) continue;
        int64_t& to = cells[world % arms * count + cell];
        if (__builtin_add_overflow(to, from[lane], &to))
          throw SystemError(
              "a total is beyond 64 bits (the worlds of one block add up to more) "
              "keep it in a larger unit");
      }
  }
}

void TileBuffers::collect_series(int lane, uint64_t world, BlockResult& result) const {
  const Model& model = *study_.model;
  const auto width = static_cast<size_t>(width_), rows = static_cast<size_t>(rows_);
  const bool failed = result.status[world] == static_cast<uint8_t>(Status::failed);
  const auto value = [&](size_t row, int series) {
    return series_[(row * model.series.size() + static_cast<size_t>(series)) * width +
                   static_cast<size_t>(lane)];
  };
  for (size_t k = 0; k < result.series.size(); ++k)
    for (size_t row = 0; row < rows; ++row)
      result.series[k][world * rows + row] =
          failed ? std::numeric_limits<float>::quiet_NaN() : value(row, study_.outputs.series[k]);
  if (failed) return;
  const size_t arm = world % study_.arms.size();
  for (size_t k = 0; k < result.bands.size(); ++k) {
    const int series = study_.outputs.series[k];
    for (size_t row = 0; row < rows; ++row) {
      const float now = value(row, series);
      if (std::isnan(now)) continue;
      const auto bin =
          static_cast<size_t>(band_bin(model.series[static_cast<size_t>(series)], now));
      ++result.bands[k][(arm * rows + row) * band_bins + bin];
    }
  }
}

}  // namespace chasm
