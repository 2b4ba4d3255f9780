#include "sim/design/copula.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "messages.hpp"
#include "sim/design/nearest_correlation.hpp"
#include "small_model.hpp"

namespace chasm {
namespace {

using testing::expect_says;
using testing::refusal;
using testing::row;

std::vector<double> ranks(const std::vector<double>& x) {
  std::vector<size_t> order(x.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t i, size_t j) { return x[i] < x[j]; });
  std::vector<double> rank(x.size());
  for (size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<double>(i);
  return rank;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = static_cast<double>(x.size());
  double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
  for (size_t i = 0; i < x.size(); ++i) mx += x[i] / n, my += y[i] / n;
  for (size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
    xy += (x[i] - mx) * (y[i] - my);
  }
  return xy / std::sqrt(xx * yy);
}

double spearman(const std::vector<double>& x, const std::vector<double>& y) {
  return correlation(ranks(x), ranks(y));
}

// Four parameters of quite different shapes; a, b, c correlated, d alone.
DesignSpec correlated_spec(DesignMethod method, uint64_t futures, uint64_t seed) {
  DesignSpec spec = testing::spec_of(method, futures, seed);
  spec.uncertain = {{0, Distribution::beta(0.5, 3)},
                    {1, Distribution::log_uniform(0.001, 1)},
                    {2, Distribution::normal(0.5, 0.2)},
                    {3, Distribution::triangular(0, 0.1, 1)}};
  spec.correlations = {{0, 1, 0.6}, {2, 1, -0.7}, {0, 2, -0.2}};
  return spec;
}

std::vector<std::vector<double>> columns(const Futures& futures) {
  std::vector<std::vector<double>> all(futures.parameters().size());
  for (uint64_t f = 0; f < futures.count(); ++f) {
    const auto values = row(futures, f);
    for (size_t k = 0; k < values.size(); ++k) all[k].push_back(values[k]);
  }
  return all;
}

TEST(Copula, PearsonBehindSpearman) {
  for (double r = -0.99; r < 1; r += 0.01)
    EXPECT_NEAR(pearson_of_spearman(r), 2 * std::sin(std::numbers::pi / 6 * r), 3e-16) << r;
}

TEST(Copula, CholeskyAgreesWithEigen) {
  const std::vector<double> m = {1, 0.5, -0.3, 0.5, 1, 0.2, -0.3, 0.2, 1};
  std::vector<double> lower;
  ASSERT_TRUE(cholesky(m, 3, lower));
  const Eigen::Matrix3d theirs = Eigen::Map<const Eigen::Matrix3d>(m.data()).llt().matrixL();
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j <= i; ++j)
      EXPECT_NEAR(lower[static_cast<size_t>(3 * i + j)], theirs(i, j), 1e-15);
  const std::vector<double> singular = {1, 1, 1, 1};
  EXPECT_FALSE(cholesky(singular, 2, lower));
}

// Within four standard errors: atanh r of n pairs has the variance (1 + r^2 / 2) / (n - 3) (Bonett & Wright 2000).
void expect_spearman(const std::vector<double>& x, const std::vector<double>& y, double r) {
  const double n = static_cast<double>(x.size());
  const double error = std::sqrt((1 + r * r / 2) / (n - 3)) * (1 - r * r);
  EXPECT_NEAR(spearman(x, y), r, 4 * error);
}

TEST(Copula, ReachesTheRankCorrelationsThatWereAskedFor) {
  const Model model = testing::unit_model(4);
  const auto x =
      columns(*make_futures(correlated_spec(DesignMethod::independent, 40000, 11), model));
  expect_spearman(x[0], x[1], 0.6);
  expect_spearman(x[1], x[2], -0.7);
  expect_spearman(x[0], x[2], -0.2);
  for (int k = 0; k < 3; ++k) expect_spearman(x[static_cast<size_t>(k)], x[3], 0);
}

TEST(Copula, SobolPointsReachThemMoreClosely) {
  const Model model = testing::unit_model(4);
  const auto x = columns(*make_futures(correlated_spec(DesignMethod::sobol, 4096, 11), model));
  EXPECT_NEAR(spearman(x[0], x[1]), 0.6, 0.003);
  EXPECT_NEAR(spearman(x[1], x[2]), -0.7, 0.003);
  EXPECT_NEAR(spearman(x[0], x[2]), -0.2, 0.003);
}

TEST(Copula, KeepsEachDistributionAsItIs) {
  const Model model = testing::unit_model(4);
  DesignSpec spec = correlated_spec(DesignMethod::independent, 20000, 5);
  for (auto& u : spec.uncertain) u.distribution = Distribution::registered_range();
  for (auto& column : columns(*make_futures(spec, model))) {
    std::sort(column.begin(), column.end());
    double distance = 0;
    for (size_t i = 0; i < column.size(); ++i)
      distance = std::max(distance, std::abs(column[i] - (static_cast<double>(i) + 0.5) / 20000));
    // Kolmogorov and Smirnov, exceeded by 1 right program in 1,000.
    EXPECT_LT(distance * std::sqrt(20000), 1.9495);
  }
}

TEST(Copula, MovesNobodyOutsideItsGroupNorTheFirstMember) {
  const Model model = testing::unit_model(4);
  DesignSpec spec = correlated_spec(DesignMethod::independent, 100, 5);
  const auto with = columns(*make_futures(spec, model));
  spec.correlations.clear();
  const auto without = columns(*make_futures(spec, model));
  EXPECT_EQ(with[0], without[0]);
  EXPECT_EQ(with[3], without[3]);
  EXPECT_NE(with[1], without[1]);
  EXPECT_NE(with[2], without[2]);
  // A zero is no correlation.
  spec.correlations = {{0, 1, 0}, {1, 2, 0}};
  EXPECT_EQ(columns(*make_futures(spec, model)), without);
}

TEST(Copula, GroupsStandAlone) {
  const Model model = testing::unit_model(5);
  DesignSpec spec = testing::uniform_spec(DesignMethod::independent, 50, model);
  spec.correlations = {{0, 3, 0.5}};
  const auto one = columns(*make_futures(spec, model));
  spec.correlations.push_back({1, 2, -0.5});
  const auto two = columns(*make_futures(spec, model));
  EXPECT_EQ(one[0], two[0]);
  EXPECT_EQ(one[3], two[3]);
  EXPECT_EQ(one[4], two[4]);
  EXPECT_NE(one[2], two[2]);
  // A member that comes later in the alphabet moves none before it.
  spec.correlations = {{0, 3, 0.5}, {3, 4, 0.4}};
  const auto joined = columns(*make_futures(spec, model));
  EXPECT_EQ(joined[0], one[0]);
  EXPECT_EQ(joined[3], one[3]);
  EXPECT_NE(joined[4], one[4]);
}

TEST(Copula, RefusesAnImpossibleMatrixAndSaysWhatIsPossible) {
  const Model model = testing::unit_model(3);
  DesignSpec spec = testing::uniform_spec(DesignMethod::independent, 10, model);
  spec.correlations = {{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.5}};
  const std::string message = refusal([&] { make_futures(spec, model); });
  expect_says(message, {"p0 with p1 0.9", "p0 with p2 -0.5", "p1 with p2 0.9", "contradict",
                        "the nearest possible are"});
  // The advice works.
  double a = 0, b = 0, c = 0;
  const std::string advice = message.substr(message.find("nearest"));
  ASSERT_EQ(std::sscanf(advice.c_str(),
                        "nearest possible are p0 with p1 %lf, p0 with p2 %lf, p1 with p2 %lf", &a,
                        &b, &c),
            3)
      << advice;
  spec.correlations = {{0, 1, a}, {1, 2, c}, {0, 2, b}};
  EXPECT_NE(make_futures(spec, model), nullptr);
  EXPECT_LT(std::abs(a - 0.9) + std::abs(b + 0.5) + std::abs(c - 0.9), 0.9);
}

TEST(Copula, NearestCorrelationIsHighamsExample) {
  // Higham 2002, section 5: the nearest to this matrix has 0.7607 and 0.1573 off its diagonal.
  const std::vector<double> m = {1, 1, 0, 1, 1, 1, 0, 1, 1};
  const auto near = nearest_correlation(m, 3, 0);
  EXPECT_NEAR(near[1], 0.7607, 5e-5);
  EXPECT_NEAR(near[2], 0.1573, 5e-5);
  EXPECT_NEAR(near[5], 0.7607, 5e-5);
}

TEST(Copula, RefusesWhatIsNoCorrelation) {
  const Model model = testing::unit_model(3);
  DesignSpec spec = testing::uniform_spec(DesignMethod::independent, 10, model);
  spec.uncertain.pop_back();
  const auto says = [&](std::vector<Correlation> correlations) {
    spec.correlations = std::move(correlations);
    return refusal([&] { make_futures(spec, model); });
  };
  expect_says(says({{0, 1, 1}}), {"\"p0\"", "\"p1\"", "1", "-1 and 1"});
  expect_says(says({{0, 1, std::nan("")}}), {"nan"});
  expect_says(says({{0, 0, 0.5}}), {"\"p0\"", "itself"});
  expect_says(says({{0, 1, 0.5}, {1, 0, 0.5}}), {"\"p1\" with \"p0\"", "twice"});
  expect_says(says({{0, 2, 0.5}}), {"\"p2\"", "no distribution"});
}

}  // namespace
}  // namespace chasm
