#include "app/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chasm {

namespace {

size_t characters(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool looks_like_number(const std::string& cell) {
  return cell.find_first_of("0123456789-") != std::string::npos &&
         cell.find_first_not_of("0123456789,.e+-%") == std::string::npos;
}

}  // namespace

std::string grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<size_t>(at), ",");
  return digits;
}

std::string in_time(double seconds) {
  if (!(seconds < 3.15e9)) return "more than 100 years";
  if (seconds < 9.95) return fmt::format("{:.2g} s", seconds);
  if (seconds < 59.5) return fmt::format("{:.0f} s", seconds);
  const auto whole = static_cast<uint64_t>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  if (whole < 86400) return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
  return fmt::format("{} d {} h", grouped(whole / 86400), whole % 86400 / 3600);
}

std::string rounded(double number) {
  return std::isnan(number) ? "-" : fmt::format("{:.4g}", number);
}

std::string percent(double share) { return fmt::format("{:.3g} %", 100 * share); }

std::string count_of(uint64_t number, const std::string& thing) {
  return grouped(number) + " " + thing + (number == 1 ? "" : "s");
}

std::string shell_word(const std::string& word) {
  constexpr const char* plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,/:@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string TextTable::text(const std::string& indent) const {
  std::vector<size_t> widths;
  std::vector<bool> numbers;
  for (size_t row = 0; row < rows_.size(); ++row)
    for (size_t column = 0; column < rows_[row].size(); ++column) {
      const std::string& cell = rows_[row][column];
      if (column >= widths.size()) {
        widths.push_back(0);
        numbers.push_back(rows_.size() > 1);
      }
      widths[column] = std::max(widths[column], characters(cell));
      if (row > 0 && !cell.empty() && !looks_like_number(cell)) numbers[column] = false;
    }
  std::string out;
  for (const auto& row : rows_) {
    if (row.empty()) continue;
    std::string line = indent;
    for (size_t column = 0; column < row.size(); ++column) {
      const std::string space(widths[column] - characters(row[column]), ' ');
      line +=
          (column == 0 ? "" : "  ") + (numbers[column] ? space + row[column] : row[column] + space);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace chasm
