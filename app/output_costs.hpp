#pragma once

// What outputs take: bytes of the result file, and time of a core beyond the model's.

#include <string>
#include <vector>

#include "sim/study.hpp"

namespace chasm {

struct OutputCost {
  std::string words;
  uint64_t bytes;
  double seconds;  // of one core
  bool chosen;
};

// What the study keeps, and what else it could.
std::vector<OutputCost> output_costs(const Study&);

// [s] of one core, to keep what the study keeps.
double output_seconds(const Study&);

}  // namespace chasm
