#pragma once

// Turns what a model declares (its Rules) into the engine's tables.

#include <vector>

#include "sim/model.hpp"
#include "sim/world.hpp"

namespace chasm {

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
  return model;
}

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

// Every count and choice at its default, no tables.
Setting default_setting(const Model&);

}  // namespace chasm
