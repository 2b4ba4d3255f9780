#include "sim/input/condition.hpp"

#include <charconv>

#include <fmt/format.h>

#include "sim/input/quantity.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

int series_named(const Draft& draft, const Item& item, std::string_view name) {
  std::vector<std::string> known;
  for (size_t i = 0; i < draft.model.series.size(); ++i) {
    if (draft.model.series[i].name == name) return static_cast<int>(i);
    known.emplace_back(draft.model.series[i].name);
  }
  refuse(item, fmt::format("\"{}\" is no series of {} ({})", shown(name), draft.model.name,
                           suggestion(name, known)));
}

// A number alone is one in the unit of the series.
decltype(Value::data) number_or_text(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  return std::string(text);
}

}  // namespace

When condition_of(const Draft& draft, const Item& item) {
  const std::string_view text = text_of(item);
  const size_t sign = text.find_first_of("<>");
  const size_t at = text.rfind(" at ");
  if (sign == std::string_view::npos || at == std::string_view::npos || at < sign) {
    refuse(item,
           fmt::format("{} is no condition (a series, <, <=, > or >=, a number, and when it is "
                       "looked at) write \"SERIES < 2 at {} {}\"",
                       shown(*item.value), draft.model.step, std::min(52, draft.study.steps - 1)));
  }
  const bool equal = text.substr(sign + 1).starts_with('=');
  const bool below = text[sign] == '<';
  When when;
  when.comparison = below ? (equal ? Comparison::at_most : Comparison::below)
                          : (equal ? Comparison::at_least : Comparison::above);
  when.series = series_named(draft, item, trimmed(text.substr(0, sign)));
  const Metric& series = draft.model.series[static_cast<size_t>(when.series)];

  Item part = item;
  const size_t number = sign + (equal ? 2 : 1);
  const Value value{number_or_text(trimmed(text.substr(number, at - number))), item.value->place};
  part.value = &value;
  when.value = quantity_of(part, series.unit, series.name);
  const Value step{std::string(trimmed(text.substr(at + 4))), item.value->place};
  part.value = &step;
  // At the last step it would be too late to start anything.
  when.step = step_of(part, draft.model, draft.study.steps - 1);
  return when;
}

}  // namespace chasm::input
