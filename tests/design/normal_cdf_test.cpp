#include "sim/design/normal_cdf.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/erf.hpp>
#include <cmath>

namespace chasm {
namespace {

TEST(NormalCdf, AgreesWithBoostToFewUnitsOfTheLastPlace) {
  double worst = 0;
  for (double x = -37; x <= 37; x += 0.00137) {
    const double exact =
        static_cast<double>(boost::math::erfc(-static_cast<long double>(x) / std::sqrt(2.0L)) / 2);
    worst = std::max(worst, std::abs(normal_cdf(x) / exact - 1));
  }
  EXPECT_LT(worst, 2e-15);
  ::testing::Test::RecordProperty("worst_relative_error", std::to_string(worst * 1e16) + "e-16");
}

TEST(NormalCdf, EndsAtZeroAndOne) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(normal_cdf(-infinity), 0);
  EXPECT_EQ(normal_cdf(infinity), 1);
  EXPECT_EQ(normal_cdf(0), 0.5);
  EXPECT_EQ(normal_cdf(-40), 0);
}

}  // namespace
}  // namespace chasm
