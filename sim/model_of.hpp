#pragma once

// Turns what a model declares (its Rules) into the engine's tables.

#include <vector>

#include "sim/model.hpp"
#include "sim/world.hpp"

namespace chasm {

// The model's Shape with the setting's counts and choices.
template <class Shape>
Shape shape_of(const Setting& setting) {
  Shape shape{};
  size_t i = 0;
  Shape::each(
      [&](auto member, const Size&) { shape.*member = static_cast<int>(setting.sizes.at(i++)); });
  i = 0;
  Shape::each_choice([&](auto member, const Choice&) {
    shape.*member =
        static_cast<std::remove_reference_t<decltype(shape.*member)>>(setting.choices.at(i++));
  });
  return shape;
}

// For models whose Shape takes more than shape_of, to be called by their Model::totals.
template <class Rules>
std::vector<Total> totals_of(const typename Rules::Shape& shape, int steps) {
  std::vector<Total> totals;
  Rules::each_total(shape, steps, [&](const Total& entry) { totals.push_back(entry); });
  return totals;
}

template <class Rules>
Model tables_of() {
  Model model;
  Rules::template Params<Vec<float, 1>>::each(
      [&](auto, const Parameter& entry) { model.parameters.push_back(entry); });
  Rules::template Levers<Vec<float, 1>>::each(
      [&](auto, const Lever& entry) { model.levers.push_back(entry); });
  Rules::template Metrics<Vec<float, 1>>::each(
      [&](auto, const Metric& entry) { model.metrics.push_back(entry); });
  Rules::template Series<Vec<float, 1>>::each(
      [&](auto, const Metric& entry) { model.series.push_back(entry); });
  Rules::Shape::each([&](auto, const Size& entry) { model.sizes.push_back(entry); });
  Rules::Shape::each_choice([&](auto, const Choice& entry) { model.choices.push_back(entry); });
  Rules::Shape::each_table([&](auto, const Table& entry) { model.tables.push_back(entry); });
  constexpr auto ignore = [](const Total&) {};
  if constexpr (requires(const typename Rules::Shape& shape) {
                  Rules::each_total(shape, 1, ignore);
                })
    model.totals = [](const Setting& setting, int steps) {
      return totals_of<Rules>(shape_of<typename Rules::Shape>(setting), steps);
    };
  return model;
}

// Every count and choice at its default, no tables.
Setting default_setting(const Model&);
// The model's totals there, over its usual number of steps: their names and order are the same everywhere.
std::vector<Total> default_totals(const Model&);
// Whether "{currency}" stands in any of its units.
bool uses_currency(const Model&);

}  // namespace chasm
