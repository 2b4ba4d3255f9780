#include "sim/sketch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "sim/error.hpp"
#include "sim/statistics.hpp"

namespace chasm {
namespace {

const Metric share{"share", "1", "a share", 0, 1};
const Metric money{"money", "USD", "money", -3e9, 5e9};

TEST(FixedPoint, IsTheNearestStep) {
  for (const Metric* metric : {&share, &money}) {
    const FixedPoint fixed(*metric);
    EXPECT_LE(fixed.step(), 0x1p-31 * 5e9);
    for (const double value : {0.0, 0.25, 0.3, -0.7, 1e-3, 0.999999}) {
      const double scaled = value * (metric->high);
      EXPECT_NEAR(fixed.value(fixed.of(scaled)), scaled, fixed.step() / 2);
    }
  }
  const FixedPoint fixed(share);
  EXPECT_EQ(fixed.step(), 0x1p-31);
  EXPECT_EQ(fixed.of(1.0), int64_t{1} << 31);
  EXPECT_EQ(fixed.of(1e300), int64_t{1} << 47);
  EXPECT_EQ(fixed.of(-1e300), -(int64_t{1} << 47));
}

TEST(IntegerMoments, AgreeWithDoubles) {
  std::mt19937 random(1);
  for (const double offset : {0.0, 1e4, -1e6}) {
    IntegerMoments whole;
    Moments real;
    for (int i = 0; i < 10'000; ++i) {
      const auto value = static_cast<int64_t>(random() % 1000) + static_cast<int64_t>(offset);
      whole.add(value);
      real.add(static_cast<double>(value));
    }
    EXPECT_NEAR(static_cast<double>(whole.sum) / 10'000, real.mean(),
                1e-13 * std::abs(real.mean()));
    EXPECT_NEAR(whole.spread() / 9'999, real.variance(), 1e-9 * real.variance());
  }
}

TEST(IntegerMoments, KnownAnswers) {
  IntegerMoments moments;
  EXPECT_TRUE(std::isnan(moments.spread()));
  for (const int64_t value : {1, 2, 3, 4}) moments.add(value);
  EXPECT_EQ(moments.spread(), 5);
  // Far from zero nothing is lost.
  IntegerMoments far;
  for (const int64_t value : {1, 2, 3, 4}) far.add(value + (int64_t{1} << 46));
  EXPECT_EQ(far.spread(), 5);
}

TEST(Sketch, MergesInAnyOrderAndGrouping) {
  std::mt19937 random(2);
  const FixedPoint fixed(share);
  std::vector<Sketch> parts(40);
  Sketch whole;
  for (int i = 0; i < 4000; ++i) {
    const double value = std::ldexp(static_cast<double>(random()), -31) - 0.5;
    Sketch one;
    const int64_t steps = fixed.of(value);
    one.worlds.add(steps);
    one.units.add(steps);
    one.differences.add(steps / 2);
    one.low = one.high = steps;
    ++one.bins[static_cast<size_t>(sketch_bin(share, value))];
    parts[random() % parts.size()].merge(one);
    whole.merge(one);
  }
  for (int round = 0; round < 20; ++round) {
    std::shuffle(parts.begin(), parts.end(), random);
    Sketch together;
    for (const Sketch& part : parts) together.merge(part);
    EXPECT_EQ(together, whole);
  }
  EXPECT_EQ(std::accumulate(whole.bins.begin(), whole.bins.end(), uint64_t{0}), 4000u);
  EXPECT_LT(whole.low, 0);
}

TEST(Sketch, SumsBeyond128BitsAreAnError) {
  IntegerMoments large;
  large.squares = static_cast<Wide>(1) << 126;
  IntegerMoments sum = large;
  EXPECT_THROW(sum.merge(large), SystemError);
}

TEST(Sketch, BinsHoldWhatLiesBeyond) {
  EXPECT_EQ(sketch_bin(share, -5), 0);
  EXPECT_EQ(sketch_bin(share, 0), 0);
  EXPECT_EQ(sketch_bin(share, 0.5), sketch_bins / 2);
  EXPECT_EQ(sketch_bin(share, 1), sketch_bins - 1);
  EXPECT_EQ(sketch_bin(share, 1e30), sketch_bins - 1);
}

}  // namespace
}  // namespace chasm
