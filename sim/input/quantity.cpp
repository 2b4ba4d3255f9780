#include "sim/input/quantity.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace chasm::input {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// A number at the start of `text`, which loses it.
std::optional<double> take_number(std::string_view& text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !std::isfinite(number)) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return number;
}

std::optional<int> take_whole(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return number;
}

// Units compare without spaces and plural endings; "1" is no unit; "per" is "/".
std::string plain_unit(std::string_view unit) {
  std::string text;
  for (std::string_view rest = trimmed(unit); !rest.empty();) {
    const size_t end = rest.find_first_of(" /");
    std::string_view word = rest.substr(0, end);
    const std::string_view between = end == std::string_view::npos ? "" : rest.substr(end, 1);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.remove_suffix(1);
    text += word == "per" ? "/" : word;
    if (between == "/") text += "/";
  }
  if (text.starts_with('/')) text = "1" + text;
  return text == "1" ? "" : text;
}

}  // namespace

std::string digits(double number) { return fmt::format("{}", number); }

std::string plural(std::string_view step) { return std::string(step) + "s"; }

std::string range_of(const Parameter& p) {
  return fmt::format("{} to {}{}{}", digits(p.low), digits(p.high), *p.unit == 0 ? "" : " in ",
                     p.unit);
}

double quantity_of(const Item& item, std::string_view unit, std::string_view what) {
  const std::string* text = item.value->get<std::string>();
  if (text == nullptr) return number_of(item);
  const std::string wanted = plain_unit(unit);
  const std::string example =
      wanted.empty() ? "a number, or one in %" : fmt::format("a number, or one with '{}'", unit);
  std::string_view rest = trimmed(*text);
  const std::optional<double> number = take_number(rest);
  if (!number) {
    refuse(item, fmt::format(
                     "{} does not begin with a number ({} is {}) write {}", shown(*item.value),
                     what, wanted.empty() ? "a pure number" : fmt::format("in {}", unit), example));
  }
  const std::string given = plain_unit(rest);
  if (given == wanted) return *number + 0.0;  // no -0
  const bool a_share = wanted.empty() || wanted.starts_with("1/");
  if (a_share && given == "%" + (wanted.empty() ? "" : wanted.substr(1)))
    return *number / 100 + 0.0;
  refuse(item, fmt::format("{} has the unit '{}' ({} is {}) write {}", shown(*item.value),
                           shown(trimmed(rest)), what,
                           wanted.empty() ? "a pure number" : fmt::format("in {}", unit), example));
}

double parameter_of(const Item& item, const Parameter& parameter) {
  const double value = quantity_of(item, parameter.unit, parameter.name);
  if (!(value >= parameter.low && value <= parameter.high)) {
    refuse(item, fmt::format("{} is out of range ({} is {}) choose a value in that range",
                             shown(*item.value), parameter.name, range_of(parameter)));
  }
  if (parameter.whole && value != std::floor(value)) {
    refuse(item, fmt::format("{} is not whole ({} counts: {}) give a whole number",
                             shown(*item.value), parameter.name, range_of(parameter)));
  }
  return value;
}

int duration_of(const Item& item, const Model& model, int low, int high) {
  const std::string* text = item.value->get<std::string>();
  if (text == nullptr) return static_cast<int>(whole_of(item, low, high));
  std::string_view rest = trimmed(*text);
  const std::optional<int> number = take_whole(rest);
  if (!number || plain_unit(rest) != plain_unit(model.step)) {
    refuse(item,
           fmt::format("{} is no length of time here (a step of {} is a {}) give a number of "
                       "{}, as in \"{} {}\"",
                       shown(*item.value), model.name, model.step, plural(model.step),
                       std::clamp(26, std::max(low, 2), std::max(high, 2)), plural(model.step)));
  }
  if (*number < low || *number > high) {
    refuse(item,
           fmt::format("{} is out of range (allowed: {} to {} {}) choose a length in that range",
                       shown(*item.value), low, high, plural(model.step)));
  }
  return *number;
}

int step_of(const Item& item, const Model& model, int high) {
  const std::string* text = item.value->get<std::string>();
  if (text == nullptr) return static_cast<int>(whole_of(item, 0, high));
  std::string_view rest = trimmed(*text);
  std::optional<int> number;
  if (rest.starts_with(model.step)) {
    rest = trimmed(rest.substr(model.step.size()));
    number = take_whole(rest);
  }
  if (!number || !rest.empty()) {
    refuse(item, fmt::format("{} is no {} (of {}) write \"{} {}\"", shown(*item.value), model.step,
                             model.name, model.step, std::min(high, 13)));
  }
  if (*number < 0 || *number > high) {
    refuse(item, fmt::format("{} is out of range (allowed: {} 0 to {}) choose one in that range",
                             shown(*item.value), model.step, high));
  }
  return *number;
}

}  // namespace chasm::input
