#include "tests/sim/math_oracle.hpp"

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace chasm::math_test {

long double exact(const std::string& name, long double x) {
  if (name == "exp") return std::exp(x);
  if (name == "expm1") return std::expm1(x);
  if (name == "log") return std::log(x);
  if (name == "log1p") return std::log1p(x);
  if (name == "logistic") return (x < 0 ? std::exp(x) : 1) / (1 + std::exp(-std::fabs(x)));
  if (name == "normal_quantile") {
    if (!(x >= 0 && x <= 1)) return std::numeric_limits<long double>::quiet_NaN();
    if (x == 0 || x == 1)
      return x == 0 ? -std::numeric_limits<long double>::infinity()
                    : std::numeric_limits<long double>::infinity();
    const long double root = std::numbers::sqrt2_v<long double>;
    return x < 0.25L ? -root * boost::math::erfc_inv(2 * x)
                     : root * boost::math::erf_inv(2 * x - 1);
  }
  throw std::out_of_range(name);
}

long double exact_pow(long double x, long double y) { return std::pow(x, y); }

template <class T>
long double error_in_ulp(T y, long double exact) {
  const T rounded = static_cast<T>(exact);
  if (std::isnan(y) || std::isnan(rounded))
    return std::isnan(y) && std::isnan(rounded) ? 0 : std::numeric_limits<long double>::infinity();
  if (std::isinf(y) || std::isinf(rounded))
    return y == rounded ? 0 : std::numeric_limits<long double>::infinity();
  using Limits = std::numeric_limits<T>;
  int exponent;
  std::frexp(rounded, &exponent);
  exponent = std::max(exponent, Limits::min_exponent);
  return std::fabs(y - exact) / std::ldexp(1.0L, exponent - Limits::digits);
}
template long double error_in_ulp(float, long double);
template long double error_in_ulp(double, long double);

template <class T>
Worst worst(const lane_test::LaneProgram& program, const std::string& name,
            const std::vector<T>& arguments) {
  const std::vector<T> y = lane_test::apply<T>(program, name, arguments);
  Worst out;
  for (size_t row = 0; row < y.size(); ++row) {
    const long double error = error_in_ulp(y[row], exact(name, arguments[row]));
    if (error > out.error) out = {error, static_cast<double>(arguments[row])};
  }
  return out;
}
template Worst worst(const lane_test::LaneProgram&, const std::string&, const std::vector<float>&);
template Worst worst(const lane_test::LaneProgram&, const std::string&, const std::vector<double>&);

}  // namespace chasm::math_test
