#pragma once

#include <sstream>

#include "tests/input/golden.hpp"

namespace chasm::test {

// The settings of a test file: its first lines `#! key=value` stand for --set key=value.
inline std::vector<std::string> sets_of(const std::filesystem::path& file) {
  std::vector<std::string> sets;
  std::istringstream in(bytes_of(file));
  for (std::string line; std::getline(in, line) && line.starts_with("#! ");)
    sets.push_back(line.substr(3));
  return sets;
}

}  // namespace chasm::test
