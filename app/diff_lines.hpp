#pragma once

// Which lines of a text were changed, added or left out.

#include <cstddef>
#include <string>
#include <vector>

namespace chasm {

struct LineChange {
  size_t left = 0, right = 0;  // numbers of the lines, from 1; 0 where the text has none
  std::string old_line, new_line;
};

// A longest common subsequence; of texts beyond a few thousand changed lines, line by line.
std::vector<LineChange> changed_lines(const std::string& a, const std::string& b);

}  // namespace chasm
