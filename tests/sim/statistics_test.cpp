#include "sim/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace chasm {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Moments, KnownAnswers) {
  Moments m;
  EXPECT_TRUE(std::isnan(m.mean()));
  EXPECT_TRUE(std::isnan(m.minimum()));
  for (const double x : {2.0, 4.0, nan, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) m.add(x);
  EXPECT_EQ(m.count(), 8u);
  EXPECT_EQ(m.absent(), 1u);
  EXPECT_DOUBLE_EQ(m.mean(), 5);
  EXPECT_DOUBLE_EQ(m.variance(), 32.0 / 7);
  EXPECT_EQ(m.minimum(), 2);
  EXPECT_EQ(m.maximum(), 9);
}

TEST(Moments, ALargeOffsetDoesNotDrownTheSpread) {
  Moments m;
  for (const double x : {4.0, 7.0, 13.0, 16.0}) m.add(1e9 + x);
  EXPECT_DOUBLE_EQ(m.variance(), 30);
}

// The answers of numpy.quantile(x, p) with its default method.
TEST(Quantiles, LinearInterpolationOfOrderStatistics) {
  const std::vector<double> x = {3, nan, 1, 4, 1, 5, 9, 2, 6, nan};
  const std::vector<double> p = {0, .05, .25, .5, .9, 1};
  const std::vector<double> expected = {1, 1, 1.75, 3.5, 6.9, 9};
  const auto q = quantiles(x, p);
  ASSERT_EQ(q.size(), p.size());
  for (size_t i = 0; i < p.size(); ++i) EXPECT_DOUBLE_EQ(q[i], expected[i]) << p[i];
  EXPECT_TRUE(std::isnan(quantiles({}, p)[0]));
  EXPECT_EQ(quantiles(std::vector<double>{7}, p)[3], 7);
}

// 2,000 samples of 50 futures x 4 replications whose futures differ: the 95 % interval must cover the truth in 94 to 96 %
// (3 standard errors of the share are 1.5 %; Student's t of 49 degrees of freedom). Taking worlds for independent would
// cover about 73 %.
TEST(Estimate, FuturesAreTheIndependentUnits) {
  std::mt19937_64 luck(5);
  std::normal_distribution<double> normal;
  const double student = 2.0096;
  int covered = 0, covered_if_independent = 0;
  const int samples = 4000;
  for (int sample = 0; sample < samples; ++sample) {
    std::vector<double> values;
    for (int future = 0; future < 50; ++future) {
      const double mean = normal(luck);
      for (int r = 0; r < 4; ++r) values.push_back(1 + mean + 0.5 * normal(luck));
    }
    const Estimate right = estimate({values, 4}), wrong = estimate({values, 1});
    EXPECT_EQ(right.units, 50u);
    covered += std::abs(right.mean - 1) < student * right.standard_error;
    covered_if_independent += std::abs(wrong.mean - 1) < student * wrong.standard_error;
  }
  EXPECT_NEAR(static_cast<double>(covered) / samples, .95, .0105);
  EXPECT_LT(static_cast<double>(covered_if_independent) / samples, .8);
}

TEST(Estimate, OneFutureIsJudgedByItsReplications) {
  const std::vector<double> values = {1, 2, 3, nan};
  const Estimate e = estimate({values, 4});
  EXPECT_DOUBLE_EQ(e.mean, 2);
  EXPECT_DOUBLE_EQ(e.standard_error, 1 / std::sqrt(3));
  EXPECT_EQ(e.units, 3u);
  EXPECT_EQ(e.absent, 1u);
  EXPECT_TRUE(std::isnan(estimate({std::vector<double>{1}, 1}).standard_error));
}

TEST(Paired, SharedLuckCancels) {
  std::mt19937_64 luck(9);
  std::normal_distribution<double> normal;
  std::vector<double> baseline, arm;
  for (int i = 0; i < 20000; ++i) {
    baseline.push_back(3 * normal(luck));
    arm.push_back(baseline.back() + 0.1 + 0.3 * normal(luck));
  }
  baseline[5] = nan;
  const Paired p = paired({arm, 1}, {baseline, 1});
  EXPECT_NEAR(p.difference.mean, 0.1, 4 * p.difference.standard_error);
  EXPECT_NEAR(p.difference.standard_error, 0.3 / std::sqrt(20000.0), 1e-4);
  EXPECT_EQ(p.difference.absent, 1u);
  // (9 + 9.09) / .09
  EXPECT_NEAR(p.variance_reduction, 201, 10);
}

}  // namespace
}  // namespace chasm
