#pragma once

// exp, log and their kin with the same bits on every machine: additions, multiplications, divisions, square roots
// and named fma only, no branch on data, nothing from the C library. Vec<float, W> and Vec<double, W>; a plain
// double goes through Vec<double, 1>.
// Errors are the largest that tests/sim/math_test.cpp finds, in units of the last place of the exact result:
// every float, and a random sample of doubles. An invalid argument gives NaN, always the same one
// (0x7fc00000, 0x7ff8000000000000); results below the normal range are rounded to subnormal numbers, not flushed.

#include "sim/math_parts.hpp"
#include "sim/normal_quantile.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// e^x. exp(-inf) = 0.
template <class T, int W>
CHASM_OP Vec<T, W> exp(Vec<T, W> x) {
  using V = Vec<T, W>;
  const V inside = clamp(x, V(detail::exp_low<T>), V(detail::exp_high<T>));
  return detail::unless_nan(x, detail::exp_within(inside));
}

// e^x - 1. Zero of either sign gives +0 or itself.
template <class T, int W>
CHASM_OP Vec<T, W> expm1(Vec<T, W> x) {
  using V = Vec<T, W>;
  const V inside = clamp(x, V(sizeof(T) == 4 ? -20 : -40), V(detail::exp_high<T>));
  const detail::Reduced<V> is = detail::reduce(inside);
  const V v = fma(detail::exp_tail(is.r), is.r * is.r, is.r);
  // 2^k (v + 1) - 1 with half of the power, which cannot overflow: k is at most 1 past the largest exponent.
  const auto half_power = (is.k_biased - detail::BitsVec<T, W>(detail::Format<T>::bias + 1))
                          << detail::Format<T>::digits;
  const V power = bits_as<V>(half_power);
  const V shift = power - V(0.5);
  const V lost = (power - shift) - V(0.5);
  const V half = fma(v, power, lost) + shift;
  return detail::unless_nan(x, select(is.k == V(0), v, half + half));
}

// The natural logarithm. log(0) = -inf, log of a negative number is NaN.
template <class T, int W>
CHASM_OP Vec<T, W> log(Vec<T, W> x) {
  using V = Vec<T, W>;
  const V infinity = detail::infinity<V>();
  const V y = select(x < infinity, detail::log_of_positive(x), infinity);
  return select(x > V(0), y, select(x == V(0), -infinity, detail::nan<V>()));
}

// log(1 + x). log1p(-1) = -inf, below is NaN; log1p(-0) = 0.
template <class T, int W>
CHASM_OP Vec<T, W> log1p(Vec<T, W> x) {
  using V = Vec<T, W>;
  using U = detail::BitsVec<T, W>;
  using Is = detail::Format<T>;
  const V infinity = detail::infinity<V>();
  const detail::Parts<V> is =
      detail::parts_from(V(1) + x, sizeof(T) == 4 ? Is::two_thirds : Is::root_half);
  // (1 + x) 2^-k - 1 with one rounding, by 2^(2-k), which is never subnormal.
  const V magic = V(sizeof(T) == 4 ? 12582912.0 : 6755399441055744.0);
  const U k = bits_as<U>(is.exponent + magic) - bits_as<U>(magic);
  const V power = bits_as<V>((U(Is::bias + 2) - k) << Is::digits);
  const V scaled = fma(V(0.25) * x, power, fma(V(0.25), power, V(-1)));
  const V y = detail::log_of_parts(select(is.exponent == V(0), x, scaled), is.exponent);
  return select(x > V(-1), select(x < infinity, y, infinity),
                select(x == V(-1), -infinity, detail::nan<V>()));
}

// x^y for x >= 0, as in IEEE 754: pow(x, 0) = pow(1, y) = 1 even for NaN. A negative x gives NaN, whatever y is.
template <class T, int W>
CHASM_FN Vec<T, W> pow(Vec<T, W> x, Vec<T, W> y) {
  using V = Vec<T, W>;
  using Is = detail::Format<T>;
  const V infinity = detail::infinity<V>();
  const detail::Parts<V> is = detail::parts_of(x, Is::root_half);
  detail::Pair<V> log_x = detail::log_pair(is.number - V(1), is.exponent);
  log_x.high = select(x > V(0), select(x < infinity, log_x.high, infinity),
                      select(x == V(0), -infinity, detail::nan<V>()));
  return select((y == V(0)) | (x == V(1)), V(1), detail::exp_of_product(y, log_x));
}

// 1 / (1 + e^-x), without overflow on either side.
template <class T, int W>
CHASM_OP Vec<T, W> logistic(Vec<T, W> x) {
  using V = Vec<T, W>;
  const V e = detail::exp_within(max(-abs(x), V(detail::exp_low<T>)));
  return detail::unless_nan(x, select(x < V(0), e, V(1)) / (V(1) + e));
}

CHASM_FN double round(double x) { return round(Vec<double, 1>(x)).v; }
CHASM_FN double exp(double x) { return exp(Vec<double, 1>(x)).v; }
CHASM_FN double expm1(double x) { return expm1(Vec<double, 1>(x)).v; }
CHASM_FN double log(double x) { return log(Vec<double, 1>(x)).v; }
CHASM_FN double log1p(double x) { return log1p(Vec<double, 1>(x)).v; }
CHASM_FN double pow(double x, double y) { return pow(Vec<double, 1>(x), Vec<double, 1>(y)).v; }
CHASM_FN double logistic(double x) { return logistic(Vec<double, 1>(x)).v; }

}  // namespace CHASM_ISA
}  // namespace chasm
