#include <gtest/gtest.h>

#include <cmath>

#include "messages.hpp"
#include "sim/design/address.hpp"
#include "sim/math.hpp"
#include "sobol_indices.hpp"

namespace chasm {
namespace {

using testing::Estimates;
using testing::ishigami;
using testing::row;
using testing::uniform_spec;

// Four standard errors over the scramblings, which themselves must be small against the variance.
void expect_indices(const Estimates& found, const testing::Indices& exact, double variance,
                    double largest_error) {
  for (size_t i = 0; i < exact.first.size(); ++i) {
    EXPECT_NEAR(found.first[i].mean, exact.first[i], 4 * found.first[i].error) << "first " << i;
    EXPECT_NEAR(found.total[i].mean, exact.total[i], 4 * found.total[i].error) << "total " << i;
    EXPECT_LT(found.first[i].error, largest_error * variance) << "first " << i;
    EXPECT_LT(found.total[i].error, largest_error * variance) << "total " << i;
  }
}

TEST(Saltelli, RowsOfABasePointLieInTheOrderOfSalib) {
  const Model model = testing::unit_model(3);
  DesignSpec spec = uniform_spec(DesignMethod::saltelli, 4, model);
  const auto first = make_futures(spec, model);
  ASSERT_EQ(first->count(), 4u * 5);
  for (uint64_t b = 0; b < 4; ++b) {
    const auto a = row(*first, 5 * b), other = row(*first, 5 * b + 4);
    for (size_t i = 0; i < 3; ++i) {
      auto expected = a;
      expected[i] = other[i];
      EXPECT_EQ(row(*first, 5 * b + 1 + i), expected);
      EXPECT_NE(a[i], other[i]);
    }
    for (uint64_t r = 0; r < 5; ++r) EXPECT_EQ(first->address(5 * b + r), b);
  }
  spec.second_order = true;
  const auto second = make_futures(spec, model);
  ASSERT_EQ(second->count(), 4u * 8);
  for (uint64_t b = 0; b < 4; ++b) {
    const auto a = row(*second, 8 * b), other = row(*second, 8 * b + 7);
    EXPECT_EQ(a, row(*first, 5 * b));
    EXPECT_EQ(other, row(*first, 5 * b + 4));
    for (size_t i = 0; i < 3; ++i) {
      auto expected = a;
      expected[i] = other[i];
      EXPECT_EQ(row(*second, 8 * b + 1 + i), expected);
      expected = other;
      expected[i] = a[i];
      EXPECT_EQ(row(*second, 8 * b + 4 + i), expected);
    }
    for (uint64_t r = 0; r < 8; ++r) EXPECT_EQ(second->address(8 * b + r), b);
  }
}

TEST(Saltelli, IshigamiHasItsIndices) {
  const auto found = testing::estimate_indices(
      testing::ishigami_model(), 1024, [](const Futures&) -> testing::Outcome {
        return [](uint64_t, const std::vector<double>& x) { return ishigami(x); };
      });
  expect_indices(found, testing::ishigami_exact(), 13.8446, 0.004);
}

// Sobol's g-function: product of (|4 x - 2| + a) / (1 + a).
TEST(Saltelli, GFunctionHasItsIndices) {
  const std::vector<double> a = {0, 1, 4.5, 9, 99};
  testing::Indices exact;
  double variance = 1;
  for (const double ai : a) variance *= 1 + 1 / (3 * (1 + ai) * (1 + ai));
  for (const double ai : a) {
    const double vi = 1 / (3 * (1 + ai) * (1 + ai));
    exact.first.push_back(vi);
    exact.total.push_back(vi * variance / (1 + vi));
  }
  variance -= 1;
  const auto found = testing::estimate_indices(
      testing::unit_model(5), 1024, [&](const Futures&) -> testing::Outcome {
        return [&](uint64_t, const std::vector<double>& x) {
          double g = 1;
          for (size_t i = 0; i < a.size(); ++i) g *= (std::abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
          return g;
        };
      });
  expect_indices(found, exact, variance, 0.004);
}

// Luck of standard deviation 2 (a quarter of Ishigami's variance), drawn at a random address.
double luck(uint32_t address) {
  const auto words = design_words(PhiloxKeys(77), address, 0, static_cast<DesignDecision>(1));
  return 2 * normal_quantile(unit_number(words.word[0].v, words.word[1].v));
}

Estimates with_luck(bool by_address) {
  return testing::estimate_indices(
      testing::ishigami_model(), 1024, [&](const Futures& futures) -> testing::Outcome {
        return [&futures, by_address](uint64_t r, const std::vector<double>& x) {
          return ishigami(x) + luck(by_address ? futures.address(r) : static_cast<uint32_t>(r));
        };
      });
}

TEST(Saltelli, LuckThatABasePointSharesLeavesTheIndicesAlone) {
  const auto found = with_luck(true);
  // The first-order error grows with luck that multiplies the differences; total indices do not see it.
  expect_indices(found, testing::ishigami_exact(), 13.8446, 0.01);
  for (size_t i = 0; i < 3; ++i) EXPECT_LT(found.total[i].error, 0.004 * 13.8446);
}

TEST(Saltelli, LuckOfEachRowAloneWouldEnterTheTotalIndices) {
  const auto found = with_luck(false);
  const auto exact = testing::ishigami_exact();
  for (size_t i = 0; i < 3; ++i)
    EXPECT_NEAR(found.total[i].mean, exact.total[i] + 4, 4 * found.total[i].error + 0.1);
  // The test above would notice.
  EXPECT_GT(found.total[2].mean - exact.total[2], 20 * found.total[2].error);
}

TEST(Saltelli, RefusesWhatHasNoIndex) {
  const Model model = testing::unit_model(3);
  DesignSpec spec = uniform_spec(DesignMethod::saltelli, 8, model);
  spec.correlations = {{0, 2, 0.4}};
  testing::expect_says(testing::refusal([&] { make_futures(spec, model); }),
                       {"\"p0\"", "\"p2\"", "saltelli", "independent"});
  spec.correlations.clear();
  spec.uncertain[1].distribution = Distribution::point(0.3);
  testing::expect_says(testing::refusal([&] { make_futures(spec, model); }),
                       {"\"p1\"", "single value", "saltelli"});
}

}  // namespace
}  // namespace chasm
