// sim/distributions.hpp, the real numbers: what words become, and chi-squares of draws at addresses.
// (That every program draws the same bits is random_test's part.)

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "tests/sim/draws.hpp"
#include "tests/sim/laws.hpp"
#include "tests/sim/math_oracle.hpp"

namespace chasm {
namespace {

using lane_test::LaneProgram;

// With fixed seeds; good code is refused by one seed in 10^5.
constexpr double refused = 1e-5;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<float> betas(size_t count, double a, double b) {
  return lane_test::draw<float>(lane_test::widest(), "beta", count, static_cast<float>(a),
                                static_cast<float>(b));
}

// Words that become one number: against the quantile of the word's own number.
template <class Real>
void expect_normal(const LaneProgram& program) {
  std::vector<uint32_t> words;
  for (uint32_t bit = 0; bit < 32; ++bit)
    for (const uint32_t word :
         {1u << bit, (1u << bit) - 1, ~(1u << bit), 1u << 31 | ((1u << bit) - 1)})
      words.push_back(word);
  std::mt19937_64 random(1);
  while (words.size() < 1 << 14) words.push_back(static_cast<uint32_t>(random()));
  const auto z = lane_test::apply<Real>(program, "normal", words);
  for (size_t row = 0; row < words.size(); ++row) {
    // The word as a signed number: negative halves mirror the others.
    const long double number = (static_cast<int32_t>(words[row]) + 0.5L) * 0x1p-32L;
    const long double exact = number < 0 ? -math_test::exact("normal_quantile", 0.5L - number)
                                         : math_test::exact("normal_quantile", 0.5L + number);
    ASSERT_LT(math_test::error_in_ulp(z[row], exact), 6) << std::hex << words[row];
    const auto mirrored =
        lane_test::apply<Real>(program, "normal", std::vector<uint32_t>(16, ~words[row]));
    ASSERT_EQ(mirrored[0], -z[row]);
  }
}
TEST(Normal, OfEveryKindOfWord) {
  expect_normal<float>(lane_test::reference(false));
  expect_normal<double>(lane_test::reference(true));
}

TEST(Exponential, OfEveryKindOfWord) {
  std::vector<uint32_t> words = {0,          1,          2,          0x7fffffff,
                                 0x80000000, 0xfffffffe, 0xffffffff, 0xffffff7f};
  std::mt19937_64 random(1);
  while (words.size() < 1 << 14) words.push_back(static_cast<uint32_t>(random()));
  const auto is = lane_test::apply<float>(lane_test::reference(false), "exponential", words,
                                          std::vector<float>(words.size(), 2));
  const auto fine = lane_test::apply<double>(lane_test::reference(true), "exponential", words,
                                             std::vector<double>(words.size(), 2));
  for (size_t row = 0; row < words.size(); ++row) {
    // 1 - (word + 1/2) / 2^32 is exact, so log1p is right near 0.
    const double exact = -2 * std::log1p(-((~words[row] + 0.5) * 0x1p-32));
    EXPECT_NEAR(static_cast<double>(is[row]), exact, 2e-7 * exact) << std::hex << words[row];
    EXPECT_NEAR(fine[row], exact, 1e-15 * exact) << std::hex << words[row];
    EXPECT_GT(is[row], 0);
    EXPECT_LT(is[row], 2 * 22.9f);
  }
}

TEST(Uniform, IsWithinItsRange) {
  std::vector<uint32_t> words = {0, 1, 255, 256, 0x7fffffff, 0x80000000, 0xffffff00, 0xffffffff};
  std::mt19937_64 random(1);
  while (words.size() < 4096) words.push_back(static_cast<uint32_t>(random()));
  const auto unit = lane_test::apply<float>(lane_test::widest(), "uniform", words);
  const auto between =
      lane_test::apply<float>(lane_test::widest(), "uniform_between", words,
                              std::vector<float>(4096, -3), std::vector<float>(4096, 5));
  for (size_t row = 0; row < words.size(); ++row) {
    EXPECT_EQ(unit[row], (static_cast<float>(words[row] >> 9) + 0.5f) / 8388608) << words[row];
    EXPECT_GT(unit[row], 0);
    EXPECT_LT(unit[row], 1);
    EXPECT_GE(between[row], -3);
    EXPECT_LE(between[row], 5);
    EXPECT_NEAR(between[row], -3 + 8 * unit[row], 1e-6);
  }
}

TEST(Uniform, BelowIsTheHighHalfOfAProduct) {
  for (const LaneProgram* program : {&lane_test::reference(false), &lane_test::widest()}) {
    std::mt19937_64 random(1);
    std::vector<uint32_t> words(4096), n(4096);
    for (size_t row = 0; row < words.size(); ++row) {
      words[row] = row % 8 == 0 ? 0xffffffffu : static_cast<uint32_t>(random());
      n[row] = static_cast<uint32_t>(random()) >> random() % 32;
    }
    n[0] = 0, n[1] = 1, n[2] = 0xffffffffu, n[3] = 0x10000;
    const auto is = lane_test::apply<uint32_t>(*program, "uniform_below", words, n);
    for (size_t row = 0; row < words.size(); ++row)
      EXPECT_EQ(is[row], static_cast<uint32_t>(uint64_t{words[row]} * n[row] >> 32));
  }
}

// Draws on a line.
TEST(Beta, DrawsFollowTheLaw) {
  for (const auto& [a, b] : {std::pair{1.0, 1.0},
                             {5.0, 10.0},
                             {8.0, 2.0},
                             {0.5, 0.5},
                             {0.1, 3.0},
                             {0.07, 2.0},
                             {1.0, 0.9},
                             {200.0, 3000.0},
                             {1e6, 1e5}}) {
    const boost::math::beta_distribution<double> law(a, b);
    const auto is = betas(1 << 16, a, b);
    for (float each : is) ASSERT_TRUE(each >= 0 && each <= 1) << each;
    EXPECT_GT(law_test::p_of_numbers<float>([&](double x) { return cdf(law, x); }, is, 200),
              refused)
        << a << " " << b;
  }
}
// Where both shapes are tiny a float is 0 or 1 nearly always, and the mean is the chance of 1.
TEST(Beta, TinyShapes) {
  const auto is = betas(1 << 18, 0.003, 0.006);
  double sum = 0;
  for (float each : is) sum += static_cast<double>(each);
  const double n = static_cast<double>(is.size()), mean = 1 / 3.,
               variance = mean * (1 - mean) / 1.009;
  EXPECT_LT(std::fabs(sum / n - mean), 4.4 * std::sqrt(variance / n));
}
TEST(Beta, Ends) {
  for (const auto& [a, b] : {std::pair{nan, 1.0}, {1.0, nan}})
    for (float each : betas(64, a, b)) EXPECT_TRUE(std::isnan(each));
  EXPECT_EQ(betas(64, 0, 2), betas(64, 1e-3, 2));
  EXPECT_EQ(betas(64, -1, 2), betas(64, 1e-3, 2));
  EXPECT_EQ(betas(64, 3, infinity), betas(64, 3, 1e6));
}

// The chi-square refuses a shape that is off by two percent.
TEST(Beta, TheTestFindsFaults) {
  const boost::math::beta_distribution<double> law(5, 10);
  EXPECT_LT(law_test::p_of_numbers<float>([&](double x) { return cdf(law, x); },
                                          betas(1 << 16, 5.1, 10), 200),
            refused);
}

TEST(Numbers, DrawsFollowTheirLaws) {
  std::vector<uint32_t> words(1 << 20);
  std::mt19937_64 random(1);
  for (uint32_t& word : words) word = static_cast<uint32_t>(random());
  const std::vector<float> mean(words.size(), 3), sigma(words.size(), 0.7f);
  const boost::math::normal_distribution<double> normal;
  const boost::math::exponential_distribution<double> exponential(1 / 3.);
  EXPECT_GT(law_test::p_of_numbers<float>(
                [&](double x) { return cdf(normal, x); },
                lane_test::apply<float>(lane_test::widest(), "normal", words), 1000),
            refused);
  EXPECT_GT(law_test::p_of_numbers<float>(
                [&](double x) { return cdf(exponential, x); },
                lane_test::apply<float>(lane_test::widest(), "exponential", words, mean), 1000),
            refused);
  EXPECT_GT(
      law_test::p_of_numbers<float>(
          [&](double x) { return cdf(normal, (std::log(x) - 3) / static_cast<double>(0.7f)); },
          lane_test::apply<float>(lane_test::widest(), "lognormal", words, mean, sigma), 1000),
      refused);
}

}  // namespace
}  // namespace chasm
