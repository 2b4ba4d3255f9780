#pragma once

#include <string>

#include "tests/sim/laws.hpp"

namespace chasm::law_test {

// The exact law of one attempt of a rejection: every stride-th word, weighted by the chance with which its proposal is
// taken.
struct Attempt {
  std::vector<double> weights;  // as CountLaw::chance
  double taken;                 // chance that an attempt is taken
  double highest;  // logarithm of the highest chance; a hat that is too low would need more than 0
  double outside;  // chance beyond the law's table
};
Attempt attempt_law(const std::string& name, const CountLaw& law, uint64_t stride,
                    const std::vector<float>& parameters);

// Expects the law up to a total variation, its mean up to `moments` standard deviations and its variance up to that share.
void expect_attempt(const Attempt& is, const CountLaw& law, double variation, double moments,
                    const std::string& what);

}  // namespace chasm::law_test
