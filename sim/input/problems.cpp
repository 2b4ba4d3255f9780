#include "sim/input/problems.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chasm::input {
namespace {

constexpr size_t shown_problems = 20;
constexpr size_t shown_bytes = 80;

std::string line_of(const Place& place, std::string_view key, std::string_view text) {
  const std::string at = to_string(place);
  if (key.empty()) return fmt::format("{}: {}", at, text);
  return fmt::format("{}: {}: {}", at, shown(key), text);
}

}  // namespace

Problem::Problem(const Place& place, std::string_view key, std::string_view text)
    : InputError(line_of(place, key, text)) {}

void Problems::add(const Place& place, std::string_view key, std::string_view text) {
  add(Problem(place, key, text));
}

void Problems::add(const Problem& problem) {
  if (std::find(lines_.begin(), lines_.end(), problem.what()) != lines_.end()) return;
  ++count_;
  if (lines_.size() < shown_problems) lines_.push_back(problem.what());
}

bool Problems::full() const { return count_ > shown_problems; }

void Problems::throw_if_any() const {
  if (none()) return;
  std::string text = fmt::format("{}", fmt::join(lines_, "\n"));
  if (count_ > lines_.size()) text += "\n... and more";
  throw InputError(text);
}

std::string shown(std::string_view text) {
  const bool cut = text.size() > shown_bytes;
  if (cut) {
    size_t end = shown_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return cut ? out + "..." : out;
}

}  // namespace chasm::input
