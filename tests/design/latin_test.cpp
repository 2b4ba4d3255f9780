#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/design/points.hpp"
#include "small_model.hpp"

namespace chasm {
namespace {

TEST(LatinHypercube, HasOneRowInEveryStratum) {
  for (const uint64_t n : {1u, 2u, 3u, 7u, 100u, 255u, 256u, 257u, 1000u, 4096u}) {
    const auto points = latin_points(n, {"a", "b", "c"}, 17);
    std::vector<std::vector<int>> seen(3, std::vector<int>(n));
    for (uint64_t i = 0; i < n; ++i) {
      double u[3];
      points->fill(i, u);
      for (size_t k = 0; k < 3; ++k) {
        ASSERT_GT(u[k], 0);
        ASSERT_LT(u[k], 1);
        ++seen[k][static_cast<size_t>(u[k] * static_cast<double>(n))];
      }
    }
    for (const auto& strata : seen)
      EXPECT_EQ(std::count(strata.begin(), strata.end(), 1), static_cast<long>(n)) << n;
  }
}

TEST(LatinHypercube, LastRowsOfTheLargestDesignStayInside) {
  const auto points = latin_points(max_futures, {"a"}, 1);
  for (uint64_t i = max_futures - 2000; i < max_futures; ++i) {
    double u;
    points->fill(i, {&u, 1});
    ASSERT_GT(u, 0);
    ASSERT_LT(u, 1);
  }
}

// All orders of four rows are equally likely: chi-squared with 23 degrees of freedom, exceeded by 1 right program in
// 1,000 at 49.73.
TEST(LatinHypercube, OrdersAreEquallyLikely) {
  constexpr int designs = 24000;
  std::map<std::vector<int>, int> orders;
  for (uint64_t seed = 0; seed < designs; ++seed) {
    const auto points = latin_points(4, {"a"}, seed);
    std::vector<int> order;
    for (uint64_t i = 0; i < 4; ++i) {
      double u;
      points->fill(i, {&u, 1});
      order.push_back(static_cast<int>(u * 4));
    }
    ++orders[order];
  }
  double chi = 0;
  for (const auto& [order, count] : orders)
    chi += std::pow(count - designs / 24.0, 2) / (designs / 24.0);
  chi += static_cast<double>(24 - orders.size()) * designs / 24.0;
  EXPECT_LT(chi, 49.73);
}

// Neighbouring rows of one coordinate, and the same row of two coordinates, are unrelated: correlations of n pairs
// have a standard error of 1 / sqrt(n).
TEST(LatinHypercube, RowsAndCoordinatesAreUnrelated) {
  constexpr uint64_t n = 10000;
  const auto points = latin_points(n, {"a", "b"}, 4);
  double across = 0, along = 0, before = 0.5;
  for (uint64_t i = 0; i < n; ++i) {
    double u[2];
    points->fill(i, u);
    across += 12 * (u[0] - 0.5) * (u[1] - 0.5) / n;
    along += 12 * (u[0] - 0.5) * (before - 0.5) / n;
    before = u[0];
  }
  EXPECT_NEAR(across, 0, 4 / std::sqrt(n));
  EXPECT_NEAR(along, 0, 4 / std::sqrt(n));
}

TEST(LatinHypercube, IsAnotherDesignForAnotherNumberOfRows) {
  const auto small = latin_points(100, {"a"}, 4), large = latin_points(101, {"a"}, 4);
  int close = 0;
  for (uint64_t i = 0; i < 100; ++i) {
    double a, b;
    small->fill(i, {&a, 1});
    large->fill(i, {&b, 1});
    close += std::abs(a - b) < 0.02;
  }
  EXPECT_LT(close, 15);  // 4 expected of unrelated designs
}

}  // namespace
}  // namespace chasm
