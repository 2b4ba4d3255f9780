#pragma once

// March's rules written straight from the paper's words, one belief an integer, one draw a number: an oracle that shares
// neither code nor random numbers with the model.

#include <cstdint>
#include <random>
#include <vector>

namespace chasm::test {

struct MarchSetting {
  int individuals = 50, dimensions = 30, periods = 100;
  double p1 = 0.5, p1_fast = 0.9, fast_share = 0, p2 = 0.5, p3 = 0, p4 = 0;
};

struct MarchOutcome {
  double code_knowledge, individual_knowledge;
};

MarchOutcome march_oracle(const MarchSetting&, std::mt19937_64&);

}  // namespace chasm::test
