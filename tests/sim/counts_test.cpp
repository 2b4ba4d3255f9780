// Binomial and Poisson draws: exact laws of what words can become, and chi-squares of draws at addresses.
// (That every program draws the same bits is random_test's part.)

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "tests/sim/attempts.hpp"
#include "tests/sim/draws.hpp"

namespace chasm {
namespace {

using law_test::CountLaw;

// With fixed seeds; good code is refused by one seed in 10^5.
constexpr double refused = 1e-5;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<int32_t> binomials(size_t count, int n, double p) {
  return lane_test::draw<int32_t>(lane_test::widest(), "binomial", count, n, static_cast<float>(p));
}
std::vector<int32_t> poissons(size_t count, double mean) {
  return lane_test::draw<int32_t>(lane_test::widest(), "poisson", count, static_cast<float>(mean));
}
// Inversion: the largest word that gives k or more, found by bisection, is the exact chance of k or more.
void expect_inversion(
    const std::function<std::vector<int32_t>(const std::vector<uint32_t>&)>& counts,
    const CountLaw& law, const std::string& what) {
  std::vector<uint64_t> words;  // [k]: how many words give k or more
  for (int k = 1; k <= 60; k += 16) {
    std::vector<uint64_t> low(16, 0), high(16, uint64_t{1} << 32);
    for (int step = 0; step < 33; ++step) {
      std::vector<uint32_t> middle(16);
      for (int lane = 0; lane < 16; ++lane)
        middle[lane] =
            static_cast<uint32_t>(std::min((low[lane] + high[lane]) / 2, uint64_t{0xffffffff}));
      const auto is = counts(middle);
      for (int lane = 0; lane < 16; ++lane) {
        if (low[lane] == high[lane]) continue;
        if (is[lane] >= k + lane)
          low[lane] = uint64_t{middle[lane]} + 1;
        else
          high[lane] = middle[lane];
      }
    }
    words.insert(words.end(), low.begin(), low.end());
  }
  double variation = 0, mean = 0;
  for (size_t each = 0; each < words.size(); ++each) {
    const auto k = static_cast<long>(each) + 1;
    const double is = static_cast<double>(words[each]) * 0x1p-32, exact = law.or_more(k);
    // A word is 2^-32; above it each upper tail is right to a millionth of itself.
    EXPECT_NEAR(is, exact, 1.5 * 0x1p-32 + 1e-6 * exact) << what << ", " << k << " or more";
    const double next =
        each + 1 < words.size() ? static_cast<double>(words[each + 1]) * 0x1p-32 : 0;
    variation += std::fabs(is - next - law.at(k)) / 2;
    mean += is;
  }
  variation += std::fabs(1 - static_cast<double>(words[0]) * 0x1p-32 - law.at(0)) / 2;
  EXPECT_LT(variation, 1e-6) << what;
  EXPECT_NEAR(mean, law.mean, 1e-6 * law.mean + 0x1p-31) << what;
}

TEST(Binomial, InversionFollowsTheLaw) {
  for (const auto& [n, p] : {std::pair{1, 0.5},
                             {1, 0.0001},
                             {2, 0.3},
                             {7, 0.25},
                             {19, 0.5},
                             {15, 0.29},
                             {16, 0.31},
                             {24, 0.4},
                             {100, 0.0999},
                             {1000, 0.005},
                             {1000, 1e-6},
                             {1000000, 9.9e-6},
                             {10000000, 1e-8},
                             {10000000, 9.9e-7}}) {
    const auto chance = static_cast<float>(p);
    expect_inversion(
        [&](const std::vector<uint32_t>& words) {
          return lane_test::apply<int32_t>(lane_test::widest(), "binomial_by_inversion", words,
                                           std::vector<float>(16, static_cast<float>(n)),
                                           std::vector<float>(16, chance));
        },
        law_test::binomial_law(n, static_cast<long double>(chance)),
        std::to_string(n) + " trials with " + std::to_string(p));
  }
}

TEST(Poisson, InversionFollowsTheLaw) {
  for (const double mean : {1e-9, 1e-4, 0.1, 1.0, 3.7, 8.0, 9.99}) {
    const auto rounded = static_cast<float>(mean);
    expect_inversion(
        [&](const std::vector<uint32_t>& words) {
          return lane_test::apply<int32_t>(lane_test::widest(), "poisson_by_inversion", words,
                                           std::vector<float>(16, rounded));
        },
        law_test::poisson_law(static_cast<long double>(rounded)), std::to_string(mean));
  }
}

// The words between are a grid of their own: with `stride` 4096 it adds up to 1e-5 where the law is narrow.
TEST(Binomial, AttemptsFollowTheLaw) {
  for (const auto& [n, p] : {std::pair{20, 0.5},
                             {21, 0.49},
                             {34, 0.3},
                             {101, 0.1},
                             {1001, 0.01},
                             {1000001, 1.00001e-5},
                             {200, 0.06},
                             {100, 0.5},
                             {1000, 0.37},
                             {20000, 0.05}}) {
    const auto chance = static_cast<float>(p);
    const CountLaw law = law_test::binomial_law(n, static_cast<long double>(chance));
    law_test::expect_attempt(
        law_test::attempt_law("binomial", law, 2048, {static_cast<float>(n), chance}), law, 4e-5,
        5e-6, std::to_string(n) + " trials with " + std::to_string(p));
  }
}
TEST(Poisson, AttemptsFollowTheLaw) {
  for (const double mean : {10.0, 10.5, 14.5, 30.0, 100.3, 1000.0}) {
    const CountLaw law = law_test::poisson_law(static_cast<long double>(static_cast<float>(mean)));
    law_test::expect_attempt(
        law_test::attempt_law("poisson", law, 2048, {static_cast<float>(mean)}), law, 4e-5, 5e-6,
        "mean " + std::to_string(mean));
  }
}

// The hat is nowhere too low, over the whole range of parameters.
template <class... In>
double highest_of(const std::string& name, In... parameters) {
  std::vector<uint32_t> words(1 << 14);
  for (size_t at = 0; at < words.size(); ++at)
    words[at] = static_cast<uint32_t>(at << 18 | 1 << 17);
  const auto logs = lane_test::apply<float>(lane_test::widest(), name + "_log_chance", words,
                                            std::vector<float>(words.size(), parameters)...);
  return static_cast<double>(*std::max_element(logs.begin(), logs.end()));
}
TEST(Binomial, HatCoversTheLaw) {
  for (double mean = 10; mean < 5e6; mean *= 1.09)
    for (const double p : {1e-6, 1e-3, 0.02, 0.1, 0.2, 0.3, 0.4, 0.45, 0.5}) {
      const double n = std::ceil(mean / p);
      if (n > 1e7 || static_cast<float>(n) * static_cast<float>(p) < 10) continue;
      EXPECT_LE(highest_of("binomial", static_cast<float>(n), static_cast<float>(p)), 0)
          << n << " " << p;
    }
}
TEST(Poisson, HatCoversTheLaw) {
  for (double mean = 10; mean < 8e6; mean *= 1.013)
    EXPECT_LE(highest_of("poisson", static_cast<float>(mean)), 0) << mean;
}

TEST(Binomial, DrawsFollowTheLaw) {
  for (const auto& [n, p] : {std::pair{1, 0.3},
                             {8, 0.05},
                             {30, 0.1},
                             {40, 0.5},
                             {100, 0.09},
                             {100, 0.11},
                             {100, 0.95},
                             {5000, 0.3},
                             {1000000, 0.3},
                             {1000000, 0.99999},
                             {10000000, 0.5}}) {
    const CountLaw law = law_test::binomial_law(n, static_cast<long double>(static_cast<float>(p)));
    const auto is = binomials(1 << 18, n, p);
    EXPECT_GT(law_test::p_of_counts(law, is), refused) << n << " " << p;
  }
}
TEST(Poisson, DrawsFollowTheLaw) {
  for (const double mean : {0.01, 0.7, 5.0, 9.9, 10.0, 33.0, 1000.0, 1e6, 8e6}) {
    const CountLaw law = law_test::poisson_law(static_cast<long double>(static_cast<float>(mean)));
    EXPECT_GT(law_test::p_of_counts(law, poissons(1 << 18, mean)), refused) << mean;
  }
}

// Chances and means at, beyond and outside of the ends.
void expect_all(const std::vector<int32_t>& draws, int expected, const std::string& what) {
  for (int32_t each : draws) ASSERT_EQ(each, expected) << what;
}
TEST(Binomial, Ends) {
  for (const double p : {0.0, -0.0, 0.3, 1.0, nan}) expect_all(binomials(64, 0, p), 0, "no trials");
  for (const int n : {-1, std::numeric_limits<int>::min()})
    expect_all(binomials(64, n, 0.5), 0, "trials below 0");
  for (const int n : {1, 32, 1000, 10000000}) {
    for (const double p : {0.0, -0.0, -3.0, nan, -infinity})
      expect_all(binomials(64, n, p), 0, "never");
    for (const double p : {1.0, 1.5, infinity}) expect_all(binomials(64, n, p), n, "always");
  }
  EXPECT_EQ(binomials(1024, std::numeric_limits<int>::max(), 0.3), binomials(1024, 10000000, 0.3));
  for (const int32_t each : binomials(4096, 12, 0.5)) {
    EXPECT_GE(each, 0);
    EXPECT_LE(each, 12);
  }
}
TEST(Poisson, Ends) {
  for (const double mean : {0.0, -0.0, -1.0, nan, -infinity})
    expect_all(poissons(64, mean), 0, "no mean");
  EXPECT_EQ(poissons(1024, infinity), poissons(1024, 8e6));
  EXPECT_EQ(poissons(1024, 1e30), poissons(1024, 8e6));
}

// A rare yes keeps its chance where a float has no digits left beside 1.
TEST(Binomial, RareEvents) {
  const auto is = binomials(1 << 20, 1000, 1e-8);
  // 10.5 are expected.
  const auto found = std::count(is.begin(), is.end(), 1);
  EXPECT_GT(found, 1);
  EXPECT_LT(found, 30);
  EXPECT_EQ(*std::max_element(is.begin(), is.end()), 1);
}

// The chi-squares above refuse a law whose parameter is off by one percent, and a normal approximation.
TEST(Counts, TheTestsFindFaults) {
  const auto off = [](int n, double drawn, double said) {
    return law_test::p_of_counts(law_test::binomial_law(n, said), binomials(1 << 18, n, drawn));
  };
  EXPECT_LT(off(40, 0.5, 0.505), refused);
  EXPECT_LT(off(100, 0.09, 0.0909), refused);
  EXPECT_LT(off(1000000, 0.3, 0.3001), refused);
  EXPECT_LT(law_test::p_of_counts(law_test::poisson_law(9.99L), poissons(1 << 18, 10.09)), refused);
  std::vector<uint32_t> words(1 << 18);
  std::mt19937_64 random(1);
  for (uint32_t& word : words) word = static_cast<uint32_t>(random());
  std::vector<int32_t> rounded;
  for (float z : lane_test::apply<float>(lane_test::widest(), "normal", words))
    rounded.push_back(static_cast<int32_t>(std::lround(12 + std::sqrt(12 * 0.88f) * z)));
  EXPECT_LT(law_test::p_of_counts(law_test::binomial_law(100, 0.12L), rounded), refused);
}

}  // namespace
}  // namespace chasm
