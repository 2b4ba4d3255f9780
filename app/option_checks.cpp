#include "app/option_checks.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <limits>
#include <string>

#include "sim/error.hpp"

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
    if (high == std::numeric_limits<Number>::max())
      return fmt::format("\"{}\" is not {} from {} on", text, kind, low);
    return fmt::format("\"{}\" is not {} from {} to {}", text, kind, low, high);
  });
  return check;
}

}  // namespace

CLI::Validator whole_number(uint64_t low, uint64_t high) {
  return in_range("a whole number", low, high);
}

void refuse_to_write_over_input(const std::string& output, const std::string& study) {
  std::error_code unknown;
  if (std::filesystem::equivalent(output, study, unknown))
    throw InputError(fmt::format(
        "the output path {} is the study itself (it would be lost) give another, such as {}",
        output, std::filesystem::path(output).replace_extension(".h5").string()));
  for (const char* ending : {".toml", ".csv"})
    if (output.ends_with(ending))
      throw InputError(fmt::format(
          "the output path {} is named like a study or a table (a result is HDF5) call it {}",
          output, std::filesystem::path(output).replace_extension(".h5").string()));
}

CLI::Validator number_in(double low, double high) { return in_range("a number", low, high); }

}  // namespace chasm
