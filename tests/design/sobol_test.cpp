#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "messages.hpp"
#include "sim/design/points.hpp"
#include "sim/design/scramble.hpp"
#include "sim/design/sobol_directions.hpp"
#include "small_model.hpp"

namespace chasm {
namespace {

using testing::row;
using testing::uniform_spec;

TEST(Sobol, DirectionNumbersAreJoeAndKuos) {
  const auto v = sobol_directions(4);
  const auto m = [&](size_t dimension, int j) {
    return v[dimension * 32 + static_cast<size_t>(j)] >> (31 - j);
  };
  // new-joe-kuo-6.21201: dimension 2 has m = 1; 3 has 1 3; 4 has 1 3 1; then the recurrence of Bratley & Fox.
  for (int j = 0; j < 32; ++j) EXPECT_EQ(m(0, j), 1u);
  const uint32_t second[] = {1, 3, 5, 15, 17, 51}, third[] = {1, 3, 3, 9, 29, 23},
                 fourth[] = {1, 3, 1, 5, 31, 29};
  for (int j = 0; j < 6; ++j) {
    EXPECT_EQ(m(1, j), second[j]);
    EXPECT_EQ(m(2, j), third[j]);
    EXPECT_EQ(m(3, j), fourth[j]);
  }
  EXPECT_EQ(sobol_max_dimensions(), 3667);
}

// Every elementary interval of 2^-m with m = a + b has one of the first 2^m points of dimensions 0 and 1, and the
// same of every later run of 2^m (a (0, 2)-sequence in base 2).
void expect_net(uint64_t first, int m, uint64_t seed) {
  const auto points = sobol_points(1 << 12, {"x", "y"}, {0, 1}, seed);
  const uint64_t n = uint64_t{1} << m;
  for (int a = 0; a <= m; ++a) {
    std::set<std::pair<int, int>> cells;
    for (uint64_t i = first; i < first + n; ++i) {
      double u[2];
      points->fill(i, u);
      cells.insert({static_cast<int>(u[0] * (1 << a)), static_cast<int>(u[1] * (1 << (m - a)))});
    }
    EXPECT_EQ(cells.size(), n) << "m " << m << " a " << a;
  }
}

TEST(Sobol, ScramblingKeepsTheNet) {
  for (int m = 1; m <= 10; ++m) expect_net(0, m, 99);
  expect_net(1024, 10, 5);
  expect_net(640, 7, 5);
}

TEST(Sobol, EveryDimensionIsStratified) {
  Names names;
  std::vector<int> dimensions;
  for (int k = 0; k < 300; ++k)
    names.push_back(std::string("p").append(std::to_string(k))), dimensions.push_back(k);
  const auto points = sobol_points(256, names, dimensions, 3);
  std::vector<std::set<int>> strata(300);
  std::vector<double> u(300);
  for (uint64_t i = 0; i < 256; ++i) {
    points->fill(i, u);
    for (size_t k = 0; k < 300; ++k) strata[k].insert(static_cast<int>(u[k] * 256));
  }
  for (const auto& s : strata) EXPECT_EQ(s.size(), 256u);
}

TEST(Sobol, ScramblingIsNestedAndUniform) {
  const PhiloxKeys seed(12);
  const auto place = [&](uint32_t digits, uint32_t name) {
    return scrambled(digits, seed, name, DesignDecision::scramble);
  };
  // Numbers that share exactly k leading digits still do.
  for (uint32_t name = 0; name < 50; ++name)
    for (int k = 0; k < 32; ++k) {
      const uint32_t x = 0x9e3779b9u * (name + 1), y = x ^ (0x80000000u >> k);
      const auto a = static_cast<uint64_t>(place(x, name) * 0x1p32),
                 b = static_cast<uint64_t>(place(y, name) * 0x1p32);
      EXPECT_EQ(__builtin_clz(static_cast<uint32_t>(a ^ b)), k);
    }
  // Each digit of a fixed number is 1 in half of the scramblings (standard error 0.5 / 64; four of them).
  constexpr int n = 4096;
  std::vector<double> ones(52);
  for (uint32_t name = 0; name < n; ++name) {
    const auto cell = static_cast<uint64_t>(place(0x12345678u, name) * 0x1p52);
    for (size_t k = 0; k < 52; ++k) ones[k] += static_cast<double>((cell >> (51 - k)) & 1) / n;
  }
  for (size_t k = 0; k < 52; ++k) EXPECT_NEAR(ones[k], 0.5, 4 * 0.5 / 64) << k;
  // Sibling nodes are flipped independently: siblings' next digits agree in half of the scramblings.
  for (int k = 0; k < 31; ++k) {
    double agree = 0;
    for (uint32_t name = 0; name < n; ++name) {
      const uint32_t x = 0x2468ace0u;
      const auto a = static_cast<uint64_t>(place(x, name) * 0x1p32);
      const auto b = static_cast<uint64_t>(place(x ^ (0x80000000u >> k), name) * 0x1p32);
      agree += static_cast<double>(((a ^ b) >> (30 - k) & 1) == 0) / n;
    }
    EXPECT_NEAR(agree, 0.5, 4 * 0.5 / 64) << k;
  }
}

// Root mean square error over 32 seeds of the mean of a smooth function with interactions, whose integral is 1.
double integration_error(DesignMethod method, uint64_t n) {
  const Model model = testing::unit_model(6);
  double sum = 0;
  for (uint64_t seed = 0; seed < 32; ++seed) {
    const auto futures = make_futures(uniform_spec(method, n, model, seed), model);
    double mean = 0;
    for (uint64_t f = 0; f < n; ++f) {
      double product = 1;
      for (const double u : row(*futures, f)) product *= 1 + 0.8 * (u - 0.5);
      mean += product / static_cast<double>(n);
    }
    sum += (mean - 1) * (mean - 1);
  }
  return std::sqrt(sum / 32);
}

TEST(Sobol, IntegratesBetterThanIndependentDraws) {
  const double independent = integration_error(DesignMethod::independent, 1024);
  // Variance (1 + 0.64 / 12)^6 - 1.
  EXPECT_NEAR(independent, std::sqrt((std::pow(1 + 0.64 / 12, 6) - 1) / 1024), 0.4 * independent);
  EXPECT_LT(integration_error(DesignMethod::latin_hypercube, 1024), independent / 2);
  EXPECT_LT(integration_error(DesignMethod::sobol, 1024), independent / 30);
}

// L2 star discrepancy (Warnock 1972).
double star_discrepancy(const Futures& futures) {
  const auto x = testing::rows(futures);
  const double n = static_cast<double>(x.size()), d = static_cast<double>(x[0].size());
  double single = 0, pairs = 0;
  for (const auto& a : x) {
    double product = 1;
    for (const double u : a) product *= (1 - u * u) / 2;
    single += product;
    for (const auto& b : x) {
      double joint = 1;
      for (size_t k = 0; k < a.size(); ++k) joint *= 1 - std::max(a[k], b[k]);
      pairs += joint;
    }
  }
  return std::sqrt(std::pow(3, -d) - 2 / n * single + pairs / (n * n));
}

TEST(Sobol, HasLessDiscrepancyThanIndependentDraws) {
  const Model model = testing::unit_model(4);
  const double independent =
      star_discrepancy(*make_futures(uniform_spec(DesignMethod::independent, 512, model), model));
  const double sobol =
      star_discrepancy(*make_futures(uniform_spec(DesignMethod::sobol, 512, model), model));
  EXPECT_NEAR(independent, std::sqrt((1.0 / 16 - 1.0 / 81) / 512), 0.2 * independent);
  EXPECT_LT(sobol, independent / 3);
}

TEST(Sobol, StopsAtTheDimensionsThatAreKnown) {
  const Model model = testing::unit_model(3668);
  testing::expect_says(
      testing::refusal([&] { make_futures(uniform_spec(DesignMethod::sobol, 8, model), model); }),
      {"3668", "3667"});
  testing::expect_says(testing::refusal([&] {
                         const Model half = testing::unit_model(1834);
                         make_futures(uniform_spec(DesignMethod::saltelli, 8, half), half);
                       }),
                       {"3668", "3667"});
}

}  // namespace
}  // namespace chasm
