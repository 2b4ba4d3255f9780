#include "sim/design/distribution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "messages.hpp"
#include "sim/design/marginal.hpp"
#include "small_model.hpp"

namespace chasm {
namespace {

using testing::expect_says;
using testing::parameter;
using testing::refusal;

namespace bm = boost::math;

constexpr double infinity = std::numeric_limits<double>::infinity();
const double probabilities[] = {1e-15, 1e-9, 1e-6, 0.001, 0.01,    0.1,      0.25,       0.5,
                                0.6,   0.75, 0.9,  0.99,  0.99999, 1 - 1e-9, 1 - 0x1p-53};

// The quantile of a Boost distribution cut to [low, high], by its own CDF, upper tail and quantiles.
template <class D>
double cut_quantile(const D& d, double low, double high, double u) {
  const double below = low == -infinity ? 0 : cdf(d, low);
  const double above = high == infinity ? 0 : cdf(complement(d, high));
  if (below > 0.5) {
    const double start = cdf(complement(d, low));
    return quantile(complement(d, start - u * (start - above)));
  }
  const double mass = 1 - below - above;
  const double p = below + u * mass;
  return p < 0.5 ? quantile(d, p) : quantile(complement(d, above + (1 - u) * mass));
}

template <class D>
void expect_quantiles(const Distribution& ours, const Parameter& p, const D& theirs,
                      double relative) {
  const auto marginal = make_marginal(ours, p);
  for (const double u : probabilities) {
    const double expected = cut_quantile(theirs, p.low, p.high, u);
    EXPECT_NEAR(marginal->value(u), expected, relative * std::max(std::abs(expected), 0.1))
        << distribution_name(ours.kind) << " at " << u;
  }
  EXPECT_EQ(marginal->value(0), marginal->low());
  EXPECT_EQ(marginal->value(1), marginal->high());
}

TEST(Distribution, NormalAndItsCuts) {
  const Distribution d = Distribution::normal(2, 3);
  const bm::normal theirs(2, 3);
  expect_quantiles(d, parameter("x", -infinity, infinity), theirs, 1e-14);
  expect_quantiles(d, parameter("x", -1, 4), theirs, 1e-13);
  expect_quantiles(d, parameter("x", 9, 12), theirs, 1e-13);     // the upper tail alone
  expect_quantiles(d, parameter("x", -15, -10), theirs, 1e-13);  // the lower tail alone
  expect_quantiles(d, parameter("x", 17, 20), theirs, 1e-13);    // five standard deviations up
}

TEST(Distribution, LognormalByMedianAndSpread) {
  expect_quantiles(Distribution::lognormal(10, 0.7), parameter("x", 0, infinity),
                   bm::lognormal(std::log(10), 0.7), 1e-13);
  expect_quantiles(Distribution::lognormal(10, 0.7), parameter("x", 4, 26),
                   bm::lognormal(std::log(10), 0.7), 1e-13);
}

TEST(Distribution, LognormalByMedianAndNinthDecile) {
  const auto marginal =
      make_marginal(Distribution::lognormal_p90(10, 24), parameter("x", 0, infinity));
  EXPECT_NEAR(marginal->value(0.5), 10, 1e-13);
  EXPECT_NEAR(marginal->value(0.9), 24, 1e-12);
}

TEST(Distribution, Exponential) {
  expect_quantiles(Distribution::exponential(4), parameter("x", 0, infinity), bm::exponential(0.25),
                   1e-14);
  expect_quantiles(Distribution::exponential(4), parameter("x", 0, 2), bm::exponential(0.25),
                   1e-13);
  expect_quantiles(Distribution::exponential(4), parameter("x", 40, 90), bm::exponential(0.25),
                   1e-11);
}

TEST(Distribution, Triangular) {
  expect_quantiles(Distribution::triangular(0.2, 0.4, 0.9), parameter("x", 0, 1),
                   bm::triangular(0.2, 0.4, 0.9), 1e-12);
  expect_quantiles(Distribution::triangular(0, 0, 2), parameter("x", 0, 2), bm::triangular(0, 0, 2),
                   1e-12);
  expect_quantiles(Distribution::triangular(0, 2, 2), parameter("x", 0, 2), bm::triangular(0, 2, 2),
                   1e-12);
  const auto cut = make_marginal(Distribution::triangular(0, 1, 2), parameter("x", 0.5, 1.5));
  EXPECT_EQ(cut->value(0), 0.5);
  EXPECT_EQ(cut->value(1), 1.5);
  EXPECT_NEAR(cut->value(0.5), 1, 1e-15);
  // F(x) = (x^2 / 2 - 1/8) / (3/4) up to the mode.
  EXPECT_NEAR(cut->value(0.2), std::sqrt(2 * (0.2 * 0.75 + 0.125)), 1e-15);
}

TEST(Distribution, UniformAndLogUniformCutToTheRange) {
  const auto uniform = make_marginal(Distribution::uniform(0, 4), parameter("x", 1, 3));
  EXPECT_NEAR(uniform->value(0.25), 1.5, 1e-15);
  const auto decades =
      make_marginal(Distribution::log_uniform(0.001, 1000), parameter("x", 0.01, 100));
  EXPECT_NEAR(decades->value(0.5), 1, 1e-14);
  EXPECT_NEAR(decades->value(0.25), 0.1, 1e-15);
  const auto range = make_marginal(Distribution::registered_range(), parameter("x", -2, 6));
  EXPECT_EQ(range->value(0.5), 2);
}

class BetaShapes : public ::testing::TestWithParam<std::pair<double, double>> {};

TEST_P(BetaShapes, AgreeWithBoost) {
  const auto [a, b] = GetParam();
  const bm::beta_distribution<long double> theirs(a, b);
  const auto marginal = make_marginal(Distribution::beta(a, b), parameter("x", 0, 1));
  for (const double u : probabilities) {
    const double x = marginal->value(u);
    // Compared as probabilities, in the tail that keeps its digits.
    if (x > 0 && x < 0.5) {
      EXPECT_NEAR(static_cast<double>(cdf(theirs, (long double)x)) / u, 1, 1e-12 + 2e-15 * (a + b))
          << "shapes " << a << ", " << b << " at " << u;
    } else if (x >= 0.5 && x < 1) {
      // A double near 1 resolves x, and through the density the probability, no better than this.
      const double coarse = static_cast<double>(pdf(theirs, (long double)x)) * 0x1p-53;
      EXPECT_NEAR(static_cast<double>(cdf(complement(theirs, (long double)x))), 1 - u,
                  (1 - u) * (1e-12 + 2e-15 * (a + b)) + coarse + 1e-16)
          << "shapes " << a << ", " << b << " at " << u;
    } else if (x == 0) {
      EXPECT_LT(u, static_cast<double>(cdf(theirs, (long double)1e-290)));
    } else {
      EXPECT_LT(1 - u, static_cast<double>(cdf(complement(theirs, (long double)(1 - 0x1p-52)))));
    }
  }
}

TEST_P(BetaShapes, RiseWithTheProbability) {
  const auto [a, b] = GetParam();
  const auto marginal = make_marginal(Distribution::beta(a, b), parameter("x", 0, 1));
  double before = 0;
  for (int i = 1; i < 2000; ++i) {
    const double x = marginal->value(i / 2000.0);
    ASSERT_GE(x, before - 1e-14) << i;
    before = x;
  }
}

INSTANTIATE_TEST_SUITE_P(Distribution, BetaShapes,
                         ::testing::Values(std::pair(1.0, 1.0), std::pair(5.0, 10.0),
                                           std::pair(0.5, 0.5), std::pair(2.0, 0.3),
                                           std::pair(0.05, 3.0), std::pair(0.01, 0.01),
                                           std::pair(30.0, 2.0), std::pair(400.0, 600.0),
                                           std::pair(1.0, 1e5), std::pair(1e5, 1e5)));

TEST(Distribution, BetaOnAnInterval) {
  const auto marginal = make_marginal(Distribution::beta_on(2, 2, 10, 30), parameter("x", 0, 100));
  EXPECT_NEAR(marginal->value(0.5), 20, 1e-13);
  EXPECT_EQ(marginal->low(), 10);
  const auto cut = make_marginal(Distribution::beta_on(2, 2, 10, 30), parameter("x", 20, 100));
  const bm::beta_distribution<> theirs(2, 2);
  EXPECT_NEAR(cut->value(0.5), 10 + 20 * quantile(theirs, 0.75), 1e-12);
}

TEST(Distribution, DiscreteChoiceSortsItsValuesAndSharesTheWeights) {
  const auto marginal =
      make_marginal(Distribution::discrete({3, 1, 2}, {1, 2, 1}), parameter("x", 0, 5));
  EXPECT_EQ(marginal->value(0.49), 1);
  EXPECT_EQ(marginal->value(0.51), 2);
  EXPECT_EQ(marginal->value(0.74), 2);
  EXPECT_EQ(marginal->value(0.76), 3);
  EXPECT_EQ(marginal->value(0), 1);
  EXPECT_EQ(marginal->value(1), 3);
}

TEST(Distribution, ElicitedQuantilesPassThroughEveryJudgementAndRise) {
  const std::vector<double> p = {0, 0.05, 0.5, 0.9, 1}, x = {1, 2, 8, 30, 90};
  const auto marginal = make_marginal(Distribution::quantiles(p, x), parameter("x", 0, 100));
  for (size_t i = 0; i < p.size(); ++i) EXPECT_NEAR(marginal->value(p[i]), x[i], 1e-13);
  double before = 1;
  for (int i = 1; i < 10000; ++i) {
    const double value = marginal->value(i / 10000.0);
    ASSERT_GT(value, before);
    before = value;
  }
  const auto two = make_marginal(Distribution::quantiles({0, 1}, {2, 6}), parameter("x", 0, 100));
  EXPECT_NEAR(two->value(0.25), 3, 1e-15);
}

TEST(Distribution, ElicitedQuantilesAreTheMonotoneCubicOfScipy) {
  // scipy.interpolate.PchipInterpolator([0, .05, .5, .9, 1], [1, 2, 8, 30, 90]) at .02, .3, .7, .95, .99
  const auto marginal = make_marginal(
      Distribution::quantiles({0, 0.05, 0.5, 0.9, 1}, {1, 2, 8, 30, 90}), parameter("x", 0, 100));
  const std::pair<double, double> expected[] = {{0.02, 1.4196732394366196},
                                                {0.3, 4.9916454896040925},
                                                {0.7, 14.04220078082614},
                                                {0.95, 52.648489010988975},
                                                {0.99, 82.6858912087912}};
  for (const auto& [u, value] : expected) EXPECT_NEAR(marginal->value(u), value, 1e-12) << u;
}

TEST(Distribution, ElicitedNormalQuantilesComeCloseToTheNormal) {
  const bm::normal normal(0, 1);
  const double q95 = quantile(normal, 0.95);
  const auto marginal =
      make_marginal(Distribution::quantiles({0, 0.05, 0.5, 0.95, 1}, {-3, -q95, 0, q95, 3}),
                    parameter("x", -5, 5));
  double worst = 0;
  for (double u = 0.001; u < 0.9995; u += 0.001)
    worst = std::max(worst, std::abs(cdf(normal, marginal->value(u)) - u));
  EXPECT_LT(worst, 0.016);  // straight lines between the same points are off by 0.070
}

TEST(Distribution, WholeNumbers) {
  const Parameter whole = parameter("x", 0, 100, true);
  const auto uniform = make_marginal(Distribution::uniform(2, 5), whole);
  std::vector<int> seen(8);
  for (int i = 0; i < 4000; ++i) ++seen[static_cast<size_t>(uniform->value((i + 0.5) / 4000))];
  EXPECT_EQ(seen, (std::vector<int>{0, 0, 1000, 1000, 1000, 1000, 0, 0}));
  const auto normal = make_marginal(Distribution::normal(0, 1), whole);
  EXPECT_EQ(normal->value(0), 0);
  EXPECT_EQ(normal->value(0.01), 0);
  EXPECT_EQ(normal->value(0.999) - std::floor(normal->value(0.999)), 0);
  const auto range = make_marginal(Distribution::registered_range(), parameter("x", 1, 3, true));
  EXPECT_EQ(range->value(0.33), 1);
  EXPECT_EQ(range->value(0.34), 2);
  EXPECT_EQ(range->value(0.66), 2);
  EXPECT_EQ(range->value(0.67), 3);
  EXPECT_EQ(range->value(1), 3);
}

// Kolmogorov and Smirnov's statistic of 20,000 independent draws, which 1 right program in 1,000 exceeds.
void expect_drawn_from(const Distribution& d, const Parameter& p,
                       const std::function<double(double)>& cdf) {
  const Model model = testing::model_of({p});
  DesignSpec spec = testing::spec_of(DesignMethod::independent, 20000, 20260105);
  spec.uncertain = {{0, d}};
  const auto futures = make_futures(spec, model);
  std::vector<double> values;
  for (const auto& row : testing::rows(*futures)) values.push_back(row[0]);
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  double distance = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const double f = cdf(values[i]);
    distance = std::max({distance, std::abs(f - i / n), std::abs(f - (i + 1) / n)});
  }
  EXPECT_LT(distance * std::sqrt(n), 1.9495) << distribution_name(d.kind);
}

TEST(Distribution, DrawsFollowTheCutDistribution) {
  const auto cut = [](auto d, double low, double high) {
    return [=](double x) { return (cdf(d, x) - cdf(d, low)) / (cdf(d, high) - cdf(d, low)); };
  };
  expect_drawn_from(Distribution::uniform(-1, 0.5), parameter("a", 0, 1),
                    [](double x) { return 2 * x; });
  expect_drawn_from(Distribution::log_uniform(1, 100), parameter("b", 0, 10),
                    [](double x) { return std::log10(x); });
  expect_drawn_from(Distribution::triangular(0, 1, 3), parameter("c", 0.5, 2),
                    cut(bm::triangular(0, 1, 3), 0.5, 2));
  expect_drawn_from(Distribution::normal(0, 1), parameter("d", 1, 3), cut(bm::normal(0, 1), 1, 3));
  expect_drawn_from(Distribution::lognormal_p90(10, 24), parameter("e", 4, 26),
                    cut(bm::lognormal(std::log(10), std::log(2.4) / 1.2815515655446004), 4, 26));
  expect_drawn_from(Distribution::exponential(2), parameter("f", 1, 5),
                    cut(bm::exponential(0.5), 1, 5));
  expect_drawn_from(Distribution::beta(5, 10), parameter("g", 0, 1),
                    cut(bm::beta_distribution<>(5, 10), 0, 1));
  expect_drawn_from(Distribution::beta_on(0.4, 3, 0, 2), parameter("h", 0.1, 1), [](double x) {
    const bm::beta_distribution<> d(0.4, 3);
    return (cdf(d, x / 2) - cdf(d, 0.05)) / (cdf(d, 0.5) - cdf(d, 0.05));
  });
}

struct Refused {
  Distribution distribution;
  std::initializer_list<const char*> says;
};

TEST(Distribution, RefusesWhatContradictsItself) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Refused cases[] = {
      {Distribution::uniform(0.6, 0.4), {"uniform", "0.6, 0.4", "low < high"}},
      {Distribution::uniform(nan, 0.4), {"uniform", "nan"}},
      {Distribution::log_uniform(0, 1), {"log_uniform", "0 < low"}},
      {Distribution::triangular(0, 2, 1), {"triangular", "mode"}},
      {Distribution::normal(0, 0), {"normal", "standard deviation"}},
      {Distribution::lognormal(-1, 1), {"lognormal", "median"}},
      {Distribution::lognormal_p90(2, 1), {"lognormal", "90 %"}},
      {Distribution::exponential(infinity), {"exponential", "inf"}},
      {Distribution::beta(0, 1), {"beta", "shapes"}},
      {Distribution::beta_on(1, 1, 1, 1), {"beta", "low < high"}},
      {Distribution::point(3), {"3", "out of range", "0..1 1/week"}},
      {Distribution::discrete({0.1, 0.2}, {1}), {"2 values and 1 weights"}},
      {Distribution::discrete({0.1, 2}, {1, 1}), {"2", "out of range"}},
      {Distribution::discrete({0.1, 0.1}, {1, 1}), {"0.1", "twice"}},
      {Distribution::discrete({0.1, 0.2}, {1, -1}), {"weight -1"}},
      {Distribution::discrete({0.1, 0.2}, {0, 0}), {"weights add up to 0"}},
      {Distribution::discrete({}, {}), {"at least one"}},
      {Distribution::quantiles({0.1, 0.9}, {0.2, 0.3}), {"from 0.1 to 0.9", "0..1 1/week"}},
      {Distribution::quantiles({0, 0.5, 0.5, 1}, {0, 0.1, 0.2, 1}),
       {"0.2 at 0.5", "rise strictly"}},
      {Distribution::quantiles({0, 0.5, 1}, {0, 0.4, 0.4}), {"0.4 at 1"}},
      {Distribution::quantiles({0, 1}, {0, 7}), {"7", "out of range"}},
      // No mass inside 0..1.
      {Distribution::uniform(2, 3), {"no mass", "0..1 1/week"}},
      {Distribution::log_uniform(2, 3), {"no mass"}},
      {Distribution::triangular(2, 3, 4), {"no mass"}},
      {Distribution::normal(30, 1), {"no mass", "mean 30"}},
      {Distribution::lognormal(1000, 0.1), {"no mass"}},
      {Distribution::beta_on(2, 2, -3, -1), {"no mass"}},
  };
  const Parameter p = parameter("team.rate", 0, 1, false, "1/week");
  for (const auto& c : cases) {
    const std::string message = refusal([&] { check_distribution(c.distribution, p); });
    expect_says(message, {"\"team.rate\""});
    expect_says(message, c.says);
  }
  expect_says(
      refusal([&] { check_distribution(Distribution::exponential(0.1), parameter("x", 5, 6)); }),
      {"no mass", "mean 0.1"});
  expect_says(refusal([&] {
                check_distribution(Distribution::uniform(0.5, 2), parameter("x", 0, 9, true));
              }),
              {"whole"});
  expect_says(refusal([&] {
                check_distribution(Distribution::discrete({0.5}, {1}), parameter("x", 0, 9, true));
              }),
              {"0.5", "not whole"});
}

}  // namespace
}  // namespace chasm
