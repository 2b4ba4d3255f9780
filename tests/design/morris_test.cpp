#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "messages.hpp"
#include "small_model.hpp"

namespace chasm {
namespace {

using testing::row;
using testing::uniform_spec;

TEST(Morris, StepsOneParameterAtATimeByDelta) {
  const Model model = testing::unit_model(5);
  for (const int levels : {2, 4, 6, 8}) {
    DesignSpec spec = uniform_spec(DesignMethod::morris, 40, model);
    spec.levels = levels;
    const auto futures = make_futures(spec, model);
    ASSERT_EQ(futures->count(), 40u * 6);
    const double delta = levels / (2.0 * (levels - 1));
    for (uint64_t t = 0; t < 40; ++t) {
      std::set<size_t> stepped;
      for (uint64_t r = 0; r < 6; ++r) {
        const auto x = row(*futures, 6 * t + r);
        EXPECT_EQ(futures->address(6 * t + r), t);
        for (const double u : x) {
          ASSERT_GE(u, 0);
          ASSERT_LE(u, 1);
          EXPECT_NEAR(u * (levels - 1), std::round(u * (levels - 1)), 1e-12);
        }
        if (r == 0) continue;
        const auto before = row(*futures, 6 * t + r - 1);
        int moved = 0;
        for (size_t k = 0; k < 5; ++k) {
          if (x[k] == before[k]) continue;
          ++moved;
          stepped.insert(k);
          EXPECT_NEAR(std::abs(x[k] - before[k]), delta, 1e-15);
        }
        EXPECT_EQ(moved, 1);
      }
      EXPECT_EQ(stepped.size(), 5u);
    }
  }
}

TEST(Morris, ElementaryEffectsOfALinearFunctionAreExact) {
  Model model = testing::model_of({testing::parameter("a", 0, 1), testing::parameter("b", -2, 2),
                                   testing::parameter("c", 10, 40)});
  const double slope[] = {3, -0.5, 0.25}, width[] = {1, 4, 30};
  const auto futures = make_futures(uniform_spec(DesignMethod::morris, 20, model), model);
  const auto linear = [&](const std::vector<double>& x) {
    return 7 + slope[0] * x[0] + slope[1] * x[1] + slope[2] * x[2];
  };
  const double delta = 2.0 / 3;
  for (uint64_t t = 0; t < 20; ++t)
    for (uint64_t r = 1; r < 4; ++r) {
      const auto before = row(*futures, 4 * t + r - 1), after = row(*futures, 4 * t + r);
      for (size_t k = 0; k < 3; ++k) {
        if (before[k] == after[k]) continue;
        const double sign = after[k] > before[k] ? 1 : -1;
        EXPECT_NEAR(sign * (linear(after) - linear(before)) / delta, slope[k] * width[k], 1e-12);
      }
    }
}

// Of 6,000 trajectories: starting level, direction, and place in the order are uniform and of three parameters all six
// orders are equally likely (four standard errors of a share p: sqrt(p (1 - p) / n)).
TEST(Morris, TrajectoriesAreUniform) {
  const Model model = testing::unit_model(3);
  constexpr int n = 6000;
  const auto futures = make_futures(uniform_spec(DesignMethod::morris, n, model), model);
  std::map<std::vector<int>, int> orders;
  std::map<double, int> starts;
  int up = 0;
  for (uint64_t t = 0; t < n; ++t) {
    std::vector<int> order;
    const auto start = row(*futures, 4 * t), end = row(*futures, 4 * t + 3);
    ++starts[std::round(start[0] * 3)];
    up += end[1] > start[1];
    for (uint64_t r = 1; r < 4; ++r)
      for (size_t k = 0; k < 3; ++k)
        if (row(*futures, 4 * t + r)[k] != row(*futures, 4 * t + r - 1)[k])
          order.push_back(static_cast<int>(k));
    ++orders[order];
  }
  ASSERT_EQ(orders.size(), 6u);
  ASSERT_EQ(starts.size(), 4u);
  const auto tolerance = [](double p) { return 4 * std::sqrt(p * (1 - p) * n); };
  for (const auto& [order, count] : orders) EXPECT_NEAR(count, n / 6.0, tolerance(1.0 / 6));
  for (const auto& [start, count] : starts) EXPECT_NEAR(count, n / 4.0, tolerance(0.25));
  EXPECT_NEAR(up, n / 2.0, tolerance(0.5));
}

TEST(Morris, RefusesDesignsThatCannotStep) {
  const Model model = testing::unit_model(2);
  DesignSpec spec = uniform_spec(DesignMethod::morris, 8, model);
  for (const int levels : {0, 3, 1026}) {
    spec.levels = levels;
    testing::expect_says(testing::refusal([&] { make_futures(spec, model); }),
                         {std::to_string(levels).c_str(), "even, 2..1024"});
  }
  Model endless =
      testing::model_of({testing::parameter("x", 0, std::numeric_limits<double>::infinity())});
  DesignSpec tail = testing::spec_of(DesignMethod::morris, 4);
  tail.uncertain = {{0, Distribution::exponential(1)}};
  testing::expect_says(testing::refusal([&] { make_futures(tail, endless); }),
                       {"\"x\"", "no ends"});
}

}  // namespace
}  // namespace chasm
