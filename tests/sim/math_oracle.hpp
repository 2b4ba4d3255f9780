#pragma once

// Errors of sim/math.hpp against references of higher precision: `long double` (64 bits at least) of the C library, and
// Boost.Math for the normal quantile.

#include <ostream>
#include <string>
#include <vector>

#include "tests/sim/lane_programs.hpp"

namespace chasm::math_test {

// The largest errors, as sim/math.hpp states them, in units of the last place of the exact result.
struct Stated {
  const char* name;
  double of_float;
  double of_double;
  friend std::ostream& operator<<(std::ostream& out, const Stated& of) { return out << of.name; }
};
inline constexpr Stated stated[] = {
    {"exp", 0.95, 1.0},  {"expm1", 1.3, 1.9},    {"log", 0.85, 0.9},
    {"log1p", 1.6, 1.4}, {"logistic", 2.3, 2.4}, {"normal_quantile", 4.5, 5.0},
};
inline constexpr Stated stated_pow = {"pow", 1.2, 1.2};

long double exact(const std::string& name, long double x);
long double exact_pow(long double x, long double y);

// |y - exact| in units of the last place that a T has at `exact`; 0 where both are the same infinity or NaN.
template <class T>
long double error_in_ulp(T y, long double exact);

// The largest error of a function of one number over some arguments.
struct Worst {
  long double error = 0;
  double at = 0;
};
template <class T>
Worst worst(const lane_test::LaneProgram& program, const std::string& name,
            const std::vector<T>& arguments);

}  // namespace chasm::math_test
