#pragma once

// Numbers and tables as people read them.

#include <cstdint>
#include <string>
#include <vector>

namespace chasm {

std::string grouped(uint64_t number);  // "1,000,000"
std::string in_time(double seconds);   // "0.02 s", "1 min 5 s", "3 h 12 min", "2 d 4 h"
std::string rounded(
    double number);  // four significant digits: "0.8102", "1.234e+08"; "-" where there is none
std::string percent(double share);                                // "1 %", "0.03 %"
std::string count_of(uint64_t number, const std::string& thing);  // "1 block", "1,200 blocks"

// A path as it is typed in a shell: quoted where it must be.
std::string shell_word(const std::string& word);

// Rows of cells under a heading (which may be empty), columns aligned: text to the left, numbers to the right. Widths are counted in
// characters, not bytes.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> heading) : rows_{std::move(heading)} {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.size() == 1; }
  // One line a row, each after `indent`.
  std::string text(const std::string& indent = "  ") const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace chasm
