#include "sim/tile_layout.hpp"

#include <algorithm>

#include "sim/study.hpp"

namespace chasm {

namespace {

constexpr size_t line = 64;

size_t whole_lines(size_t bytes) { return (bytes + line - 1) / line * line; }

// Levers of one arm that wait for a condition.
size_t most_conditions(const Study& study) {
  size_t most = 0;
  for (const Arm& arm : study.arms)
    most = std::max(most, static_cast<size_t>(std::count_if(
                              arm.levers.begin(), arm.levers.end(),
                              [](const LeverSetting& lever) { return lever.when.series >= 0; })));
  return most;
}

}  // namespace

TileLayout TileLayout::of(const Study& study, int width) {
  const Model& model = *study.model;
  const auto lanes = static_cast<size_t>(width);
  const auto rows = static_cast<size_t>(
      study.outputs.keep == Keep::none ? 0 : series_rows(study.steps, study.outputs.every));
  size_t cells = 0;
  for (const Total& total : kept_totals(study)) cells += static_cast<size_t>(total.cells());

  TileLayout layout;
  layout.width = width;
  size_t at = 0;
  const auto next = [&](size_t bytes) {
    const size_t place = at;
    at += bytes;
    return place;
  };
  layout.parameters = next(sizeof(double) * lanes * model.parameters.size());
  layout.levers = next(sizeof(double) * lanes * model.levers.size() * 4);
  layout.future = next(sizeof(uint32_t) * lanes);
  layout.replication = next(sizeof(uint32_t) * lanes);
  layout.condition_count = next(sizeof(int));
  layout.conditions = next(sizeof(Condition) * lanes * most_conditions(study));
  layout.input_bytes = whole_lines(at);

  at = 0;
  layout.metrics = next(sizeof(double) * lanes * model.metrics.size());
  layout.totals_bytes = sizeof(int64_t) * lanes * cells;
  layout.totals = next(layout.totals_bytes);
  layout.has_series = rows > 0;
  layout.series = next(sizeof(float) * lanes * model.series.size() * rows);
  layout.failure = next(sizeof(uint16_t) * lanes);
  layout.output_bytes = whole_lines(at);
  return layout;
}

std::vector<TotalPlace> total_places(const Study& study) {
  std::vector<TotalPlace> places;
  if (study.outputs.totals.empty()) return places;
  const std::vector<Total> totals = all_totals(study);
  places.resize(totals.size());
  long cells = 0;
  for (const int kept : study.outputs.totals) {
    const Total& total = totals.at(static_cast<size_t>(kept));
    TotalPlace& place = places.at(static_cast<size_t>(kept));
    place.first = cells;
    for (int axis = 0; axis < total.axis_count(); ++axis) place.size[axis] = total.axes[axis].size;
    cells += total.cells();
  }
  return places;
}

}  // namespace chasm
