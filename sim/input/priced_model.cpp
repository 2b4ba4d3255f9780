#include "sim/input/priced_model.hpp"

#include "sim/study.hpp"

namespace chasm::input {

PricedModel::PricedModel(const Model& model, std::string_view currency) : model_(model) {
  const auto price = [&](const char*& unit) {
    if (unit_in(currency, unit) != unit)
      unit = units_.emplace_back(unit_in(currency, unit)).c_str();
  };
  for (Parameter& entry : model_.parameters) price(entry.unit);
  for (Metric& entry : model_.metrics) price(entry.unit);
  for (Metric& entry : model_.series) price(entry.unit);
  for (Event& event : model_.events)
    for (int i = 0; i < event.value_count(); ++i) price(event.values[i].unit);
}

}  // namespace chasm::input
