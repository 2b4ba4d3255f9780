// sim/math.hpp: stated errors, special values, and the same bits on every width and instruction set.

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "sim/math.hpp"
#include "tests/sim/math_oracle.hpp"

namespace chasm {
namespace {

using lane_test::LaneProgram;
using math_test::Stated;

// Every `stride`-th float, by its bits.
std::vector<float> floats(uint32_t first, uint32_t stride) {
  std::vector<float> out;
  for (uint64_t bits = first; bits <= 0xffffffffu; bits += stride)
    out.push_back(std::bit_cast<float>(static_cast<uint32_t>(bits)));
  while (out.size() % 16 != 0) out.push_back(0);
  return out;
}

// Where functions of one number change: everywhere by bits, near 0, near 1 and across the range of exp.
std::vector<double> doubles(size_t each) {
  std::mt19937_64 random(1);
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  std::vector<double> out;
  for (size_t row = 0; row < each; ++row) {
    out.push_back(std::bit_cast<double>(random()));
    out.push_back(between(-746, 711));
    out.push_back(between(-1, 1));
    out.push_back(between(0, 2));
    out.push_back(std::ldexp(between(0.5, 1), -static_cast<int>(random() % 1074)));
    out.push_back(1 + std::ldexp(between(-1, 1), -static_cast<int>(random() % 52)));
    out.push_back(0.5 + std::ldexp(between(-0.5, 0.5), -static_cast<int>(random() % 52)));
    out.push_back(between(0.3, 0.5));
  }
  while (out.size() % 16 != 0) out.push_back(0);
  return out;
}

std::vector<std::pair<double, double>> powers(size_t count, double log_range) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> spread(-1, 1);
  std::vector<std::pair<double, double>> out;
  for (size_t row = 0; row < count; ++row) {
    // The result covers the range evenly, from bases near and far from 1.
    const double log_x =
        log_range * spread(random) * std::pow(10.0, -static_cast<int>(random() % 8));
    out.emplace_back(std::exp(log_x), 1.05 * log_range * spread(random) / log_x);
  }
  return out;
}

template <class T>
std::vector<T> first_of(const std::vector<std::pair<double, double>>& pairs) {
  std::vector<T> out;
  for (const auto& pair : pairs) out.push_back(static_cast<T>(pair.first));
  return out;
}
template <class T>
std::vector<T> second_of(const std::vector<std::pair<double, double>>& pairs) {
  std::vector<T> out;
  for (const auto& pair : pairs) out.push_back(static_cast<T>(pair.second));
  return out;
}

class MathError : public ::testing::TestWithParam<Stated> {};
INSTANTIATE_TEST_SUITE_P(, MathError, ::testing::ValuesIn(math_test::stated),
                         [](const auto& each) { return each.param.name; });

TEST_P(MathError, OfFloats) {
  const auto worst =
      math_test::worst(lane_test::reference(false), GetParam().name, floats(0, 9973));
  EXPECT_LE(worst.error, GetParam().of_float) << "at " << std::hexfloat << worst.at;
  RecordProperty("ulp", std::to_string(worst.error));
}
TEST_P(MathError, OfDoubles) {
  const auto worst = math_test::worst(lane_test::reference(true), GetParam().name, doubles(20000));
  EXPECT_LE(worst.error, GetParam().of_double) << "at " << std::hexfloat << worst.at;
  RecordProperty("ulp", std::to_string(worst.error));
}

template <class T>
void expect_pow(const LaneProgram& program, double log_range, double stated) {
  const auto pairs = powers(160000, log_range);
  const std::vector<T> x = first_of<T>(pairs), y = second_of<T>(pairs);
  const std::vector<T> power = lane_test::apply<T>(program, "pow", x, y);
  long double worst = 0;
  for (size_t row = 0; row < power.size(); ++row) {
    const long double error =
        math_test::error_in_ulp(power[row], math_test::exact_pow(x[row], y[row]));
    worst = std::max(worst, error);
    ASSERT_LE(error, stated) << std::hexfloat << "pow(" << x[row] << ", " << y[row] << ")";
  }
  ::testing::Test::RecordProperty("ulp", std::to_string(worst));
}
TEST(Pow, ErrorOfFloats) {
  expect_pow<float>(lane_test::reference(false), 104, math_test::stated_pow.of_float);
}
TEST(Pow, ErrorOfDoubles) {
  expect_pow<double>(lane_test::reference(true), 745, math_test::stated_pow.of_double);
}

// The same bits.
template <class T>
void expect_same_bits(const LaneProgram& program, const std::vector<T>& arguments,
                      const std::vector<std::pair<double, double>>& pairs) {
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  const LaneProgram& plain = lane_test::reference(program.doubles);
  const auto compare = [](const char* name, const std::vector<T>& a, const std::vector<T>& b) {
    for (size_t row = 0; row < a.size(); ++row)
      ASSERT_EQ(std::bit_cast<Bits>(a[row]), std::bit_cast<Bits>(b[row]))
          << name << ", row " << row;
  };
  for (const char* name : {"exp", "expm1", "log", "log1p", "logistic", "normal_quantile",
                           "log1p_less", "stirling_rest"})
    compare(name, lane_test::apply<T>(program, name, arguments),
            lane_test::apply<T>(plain, name, arguments));
  const std::vector<T> x = first_of<T>(pairs), y = second_of<T>(pairs);
  compare("pow", lane_test::apply<T>(program, "pow", x, y),
          lane_test::apply<T>(plain, "pow", x, y));
}

class MathBits : public lane_test::OnEveryProgram {};
CHASM_ON_EVERY_PROGRAM(MathBits);

TEST_P(MathBits, EqualThePlainOnes) {
  if (program().doubles)
    expect_same_bits<double>(program(), doubles(20000), powers(16384, 745));
  else
    expect_same_bits<float>(program(), floats(1, 19937), powers(16384, 104));
}

// Special values, for every function on every program: {function, argument, bits of the result}.
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
struct Special {
  const char* name;
  double x, expected;
};
constexpr Special specials[] = {
    {"exp", 0, 1},
    {"exp", -0.0, 1},
    {"exp", infinity, infinity},
    {"exp", -infinity, 0},
    {"exp", 1000, infinity},
    {"exp", -1000, 0},
    {"exp", nan, nan},
    {"exp", -nan, nan},
    {"expm1", 0, 0},
    {"expm1", infinity, infinity},
    {"expm1", -infinity, -1},
    {"expm1", -50, -1},
    {"expm1", 1000, infinity},
    {"expm1", nan, nan},
    {"expm1", 1e-30, 1e-30},
    {"log", 1, 0},
    {"log", 0, -infinity},
    {"log", -0.0, -infinity},
    {"log", infinity, infinity},
    {"log", -1, nan},
    {"log", -infinity, nan},
    {"log", nan, nan},
    {"log", -nan, nan},
    {"log1p", 0, 0},
    {"log1p", -1, -infinity},
    {"log1p", infinity, infinity},
    {"log1p", -2, nan},
    {"log1p", -infinity, nan},
    {"log1p", nan, nan},
    {"log1p", 1e-30, 1e-30},
    {"logistic", 0, 0.5},
    {"logistic", infinity, 1},
    {"logistic", -infinity, 0},
    {"logistic", 800, 1},
    {"logistic", -800, 0},
    {"logistic", nan, nan},
    {"normal_quantile", 0.5, 0},
    {"normal_quantile", 0, -infinity},
    {"normal_quantile", 1, infinity},
    {"normal_quantile", -0.0, -infinity},
    {"normal_quantile", -0.25, nan},
    {"normal_quantile", 1.25, nan},
    {"normal_quantile", infinity, nan},
    {"normal_quantile", nan, nan},
};
struct SpecialPow {
  double x, y, expected;
};
constexpr SpecialPow special_pows[] = {
    {0, 0, 1},
    {nan, 0, 1},
    {infinity, 0, 1},
    {1, nan, 1},
    {1, infinity, 1},
    {1, -infinity, 1},
    {0, 2, 0},
    {-0.0, 3, 0},
    {0, -2, infinity},
    {infinity, 2, infinity},
    {infinity, -2, 0},
    {2, infinity, infinity},
    {2, -infinity, 0},
    {0.5, infinity, 0},
    {0.5, -infinity, infinity},
    {nan, 2, nan},
    {2, nan, nan},
    {-2, 2, nan},
    {-infinity, 1, nan},
    {4, 0.5, 2},
    {10, 2000, infinity},
    {10, -2000, 0},
    {0.125, 1, 0.125},
    {2, 10, 1024},
    {-1, 0, 1},
    {0, infinity, 0},
    {0, -infinity, infinity},
};

template <class T>
void expect_specials(const LaneProgram& program) {
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  const auto bits = [](T x) { return std::bit_cast<Bits>(x); };
  for (const Special& each : specials) {
    const auto y =
        lane_test::apply<T>(program, each.name, std::vector<T>(16, static_cast<T>(each.x)));
    EXPECT_EQ(bits(y[3]), bits(static_cast<T>(each.expected)))
        << each.name << " " << each.x << ": " << y[3];
  }
  for (const SpecialPow& each : special_pows) {
    const auto y = lane_test::apply<T>(program, "pow", std::vector<T>(16, static_cast<T>(each.x)),
                                       std::vector<T>(16, static_cast<T>(each.y)));
    EXPECT_EQ(bits(y[3]), bits(static_cast<T>(each.expected)))
        << "pow " << each.x << " " << each.y << ": " << y[3];
  }
}
TEST_P(MathBits, SpecialValues) {
  program().doubles ? expect_specials<double>(program()) : expect_specials<float>(program());
}

// A plain double gives what a lane gives.
TEST(Math, PlainDoubles) {
  const std::vector<double> x = doubles(64);
  const LaneProgram& plain = lane_test::reference(true);
  const auto expect = [&](const char* name, double (*function)(double)) {
    const std::vector<double> y = lane_test::apply<double>(plain, name, x);
    for (size_t row = 0; row < x.size(); ++row)
      EXPECT_EQ(std::bit_cast<uint64_t>(function(x[row])), std::bit_cast<uint64_t>(y[row])) << name;
  };
  expect("round", [](double v) { return v != v ? std::fabs(v) : chasm::round(v); });
  expect("exp", chasm::exp);
  expect("expm1", chasm::expm1);
  expect("log", chasm::log);
  expect("log1p", chasm::log1p);
  expect("logistic", chasm::logistic);
  expect("normal_quantile", chasm::normal_quantile);
  const auto powers = lane_test::apply<double>(plain, "pow", x, std::vector<double>(x.size(), 0.7));
  for (size_t row = 0; row < x.size(); ++row)
    EXPECT_EQ(std::bit_cast<uint64_t>(chasm::pow(x[row], 0.7)),
              std::bit_cast<uint64_t>(powers[row]));
}

// Inside of a model these hold between neighbours, whatever the rounding.
TEST(Math, MonotoneAndSymmetric) {
  const LaneProgram& plain = lane_test::reference(false);
  std::vector<float> p;
  for (int row = 1; row <= 4096; ++row) p.push_back(static_cast<float>(row) / 8192);
  std::vector<float> mirrored;
  for (float each : p) mirrored.push_back(1 - each);
  const auto low = lane_test::apply<float>(plain, "normal_quantile", p);
  const auto high = lane_test::apply<float>(plain, "normal_quantile", mirrored);
  for (size_t row = 0; row < p.size(); ++row) {
    EXPECT_EQ(low[row], -high[row]) << p[row];
    EXPECT_GE(low[row], low[row == 0 ? 0 : row - 1]) << p[row];
  }
}

}  // namespace
}  // namespace chasm
