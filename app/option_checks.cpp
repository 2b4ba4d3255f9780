#include "app/option_checks.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string>

namespace chasm {

namespace {

template <class Number>
CLI::Validator in_range(const char* kind, Number low, Number high) {
  CLI::Validator check;
  check.operation([kind, low, high](std::string& text) {
    Number value{};
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc() && at == end && value >= low && value <= high) return std::string();
    return fmt::format("\"{}\" is not {} from {} to {}", text, kind, low, high);
  });
  return check;
}

}  // namespace

CLI::Validator whole_number(uint64_t low, uint64_t high) {
  return in_range("a whole number", low, high);
}

CLI::Validator number_in(double low, double high) { return in_range("a number", low, high); }

}  // namespace chasm
