// The stated errors of sim/math.hpp over all 2^32 floats.

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/math.hpp"
#include "tests/sim/math_oracle.hpp"

namespace chasm {
namespace {

using math_test::Stated;

// `double` is reference enough for a float: our own quantile is within 5 of its last places (math_test), the C library's
// functions within 1, a few billionths of a float's.
double reference_of(const std::string& name, double x) {
  if (name == "exp") return std::exp(x);
  if (name == "expm1") return std::expm1(x);
  if (name == "log") return std::log(x);
  if (name == "log1p") return std::log1p(x);
  if (name == "logistic") return (x < 0 ? std::exp(x) : 1) / (1 + std::exp(-std::fabs(x)));
  return chasm::normal_quantile(x);
}

class EveryFloat : public ::testing::TestWithParam<Stated> {};
INSTANTIATE_TEST_SUITE_P(, EveryFloat, ::testing::ValuesIn(math_test::stated),
                         [](const auto& each) { return each.param.name; });

TEST_P(EveryFloat, IsWithinTheStatedError) {
  const std::string name = GetParam().name;
  const bool is_quantile = name == "normal_quantile";
  std::vector<float> x(1 << 16);
  double worst = 0, at = 0;
  for (uint32_t high = 0; high < 0x10000; ++high) {
    // Outside of [0, 1] the quantile is NaN; math_test looks at samples of that.
    if (is_quantile && high > 0x3f80) break;
    for (uint32_t low = 0; low < 0x10000; ++low) x[low] = std::bit_cast<float>(high << 16 | low);
    const std::vector<float> y = lane_test::apply<float>(lane_test::widest(), name, x);
    for (size_t row = 0; row < x.size(); ++row) {
      const double exact = reference_of(name, static_cast<double>(x[row]));
      const float rounded = static_cast<float>(exact);
      if (std::isnan(y[row]) && std::isnan(rounded)) continue;
      if (y[row] == rounded && std::isinf(rounded)) continue;
      const int exponent =
          std::max(static_cast<int>(std::bit_cast<uint32_t>(rounded) >> 23 & 255), 1);
      const double unit = std::bit_cast<double>(static_cast<uint64_t>(exponent - 150 + 1023) << 52);
      const double error = std::fabs(static_cast<double>(y[row]) - exact) / unit;
      // Also for NaN and infinity on one side.
      if (!(error <= worst)) worst = error, at = static_cast<double>(x[row]);
      ASSERT_FALSE(std::isnan(error)) << std::hexfloat << x[row] << " gives " << y[row];
    }
  }
  RecordProperty("ulp", std::to_string(worst));
  EXPECT_LE(worst, GetParam().of_float) << "at " << std::hexfloat << at;
  std::printf("%s: %.4f ulp at %a\n", name.c_str(), worst, at);
}

}  // namespace
}  // namespace chasm
