// Binomial and Poisson rejection: the exact law of an attempt, over all 2^32 words.

#include <gtest/gtest.h>

#include <tuple>

#include "tests/sim/attempts.hpp"

namespace chasm {
namespace {

using law_test::CountLaw;

TEST(EveryWord, GivesTheLaw) {
  for (const auto& [n, p, variation] : {std::tuple{20, 0.5, 2e-7},
                                        {1000, 0.1, 2e-7},
                                        {1000000, 0.3, 1e-5},
                                        {10000000, 0.5, 4e-5}}) {
    const auto chance = static_cast<float>(p);
    const CountLaw law = law_test::binomial_law(n, static_cast<long double>(chance));
    law_test::expect_attempt(
        law_test::attempt_law("binomial", law, 1, {static_cast<float>(n), chance}), law, variation,
        5e-7, std::to_string(n) + " trials with " + std::to_string(p));
  }
  for (const auto& [mean, variation] : {std::pair{10.0, 2e-7}, {1e6, 2e-5}, {8e6, 6e-5}}) {
    const CountLaw law = law_test::poisson_law(mean);
    law_test::expect_attempt(law_test::attempt_law("poisson", law, 1, {static_cast<float>(mean)}),
                             law, variation, 5e-7, "mean " + std::to_string(mean));
  }
}

}  // namespace
}  // namespace chasm
