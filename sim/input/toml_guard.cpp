#include "sim/input/toml_guard.hpp"

#include <memory>

#include <fmt/format.h>

#include "sim/input/problems.hpp"

namespace chasm::input {
namespace {

constexpr int deepest_brackets = 32;
constexpr int longest_dotted_key = 32;
// Each takes some hundred bytes once it is read.
constexpr int most_values = 1'000'000;

class Guard {
 public:
  Guard(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  void run() {
    while (at_ < text_.size()) {
      switch (text_[at_]) {
        case '#':
          skip_to_line_end();
          break;
        case '"':
        case '\'':
          skip_string();
          break;
        case '[':
        case '{':
          open();
          break;
        case ']':
        case '}':
          if (depth_ > 0) --depth_;
          dots_ = 0;
          step();
          break;
        case '.':
          dot();
          break;
        case '=':
        case ',':
          count_value();
          [[fallthrough]];
        case '\n':
          dots_ = 0;
          step();
          break;
        default:
          if (static_cast<unsigned char>(text_[at_]) >= 0x80) {
            refuse(
                "a character beyond ASCII outside of quotes (a key is plain or quoted) quote it");
          }
          step();
      }
    }
  }

 private:
  void step() {
    if (text_[at_++] == '\n') {
      ++line_;
      line_start_ = at_;
    }
  }

  void skip_to_line_end() {
    while (at_ < text_.size() && text_[at_] != '\n') step();
  }

  void skip_string() {
    const char quote = text_[at_];
    const std::string three(3, quote);
    const bool many_lines = text_.substr(at_, 3) == three;
    for (int i = 0; i < (many_lines ? 3 : 1); ++i) step();
    while (at_ < text_.size()) {
      if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size()) {
        step();
        step();
        continue;
      }
      if (many_lines && text_.substr(at_, 3) == three) {
        // Up to two quotes may stand before the closing three.
        for (int i = 0; i < 5 && at_ < text_.size() && text_[at_] == quote; ++i) step();
        return;
      }
      if (!many_lines && (text_[at_] == quote || text_[at_] == '\n')) {
        step();
        return;
      }
      step();
    }
  }

  void count_value() {
    if (++values_ > most_values) {
      refuse(
          fmt::format("more than {} values in one file (no study needs that) put data into a table",
                      most_values));
    }
  }

  void open() {
    count_value();
    if (++depth_ > deepest_brackets) {
      refuse(fmt::format(
          "brackets nest deeper than {} (no study needs that) check for a missing bracket",
          deepest_brackets));
    }
    dots_ = 0;
    step();
  }

  void dot() {
    if (++dots_ >= longest_dotted_key) {
      refuse(fmt::format(
          "a dotted key has more than {} parts (no study needs that) check for a missing quote",
          longest_dotted_key));
    }
    step();
  }

  [[noreturn]] void refuse(const std::string& what) const {
    const Place place{std::make_shared<const std::string>(file_), line_,
                      static_cast<unsigned>(at_ - line_start_ + 1)};
    throw Problem(place, "", what);
  }

  std::string_view text_;
  const std::string& file_;
  size_t at_ = 0, line_start_ = 0;
  unsigned line_ = 1;
  int depth_ = 0, dots_ = 0, values_ = 0;
};

}  // namespace

void guard_toml(std::string_view text, const std::string& file) { Guard(text, file).run(); }

}  // namespace chasm::input
