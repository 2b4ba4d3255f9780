#pragma once

// What exp, log and their kin are made of. For sim/math.hpp; nothing here checks its argument.

#include "sim/lanes.hpp"

namespace chasm {
inline namespace CHASM_ISA {

namespace detail {

template <class T>
struct Format;
template <>
struct Format<float> {
  static constexpr int digits = 23;
  static constexpr uint32_t bias = 127;
  static constexpr uint32_t infinity = 0x7f800000u, nan = 0x7fc00000u;
  static constexpr uint32_t two_thirds = 0x3f2aaaabu, root_half = 0x3f3504f3u;
};
template <>
struct Format<double> {
  static constexpr int digits = 52;
  static constexpr uint64_t bias = 1023;
  static constexpr uint64_t infinity = 0x7ff0000000000000u, nan = 0x7ff8000000000000u;
  static constexpr uint64_t two_thirds = 0x3fe5555555555555u, root_half = 0x3fe6a09e667f3bcdu;
};

template <class T, int W>
using BitsVec = Vec<typename BitsOf<T>::Unsigned, W>;

template <class V>
struct SameBits;
template <class T, int W>
struct SameBits<Vec<T, W>> {
  using Type = BitsVec<T, W>;
};

template <class V>
CHASM_OP V number_of_bits(typename SameBits<V>::Type::Element bits) {
  return bits_as<V>(typename SameBits<V>::Type(bits));
}
template <class V>
CHASM_OP V infinity() {
  return number_of_bits<V>(Format<typename V::Element>::infinity);
}
template <class V>
CHASM_OP V nan() {
  return number_of_bits<V>(Format<typename V::Element>::nan);
}

// first + x (second + x (...)).
template <class V>
CHASM_OP V polynomial(V, double last) {
  return V(last);
}
template <class V, class... More>
CHASM_OP V polynomial(V x, double first, More... more) {
  return fma(polynomial(x, more...), x, V(first));
}

// Minimax polynomials: fpminimax of Sollya 8.0 (relative error on |r| <= 0.3475, on [-1/3, 1/3], and in z = s^2 <= 0.0295).

// (exp(r) - 1 - r) / r^2
template <class T, int W>
CHASM_OP Vec<T, W> exp_tail(Vec<T, W> r) {
  if constexpr (sizeof(T) == 4)
    return polynomial(r, 0x1p-1, 0x1.555556p-3, 0x1.5555p-5, 0x1.110ff2p-7, 0x1.6d30cep-10,
                      0x1.a26768p-13);
  else
    return polynomial(r, 0x1p-1, 0x1.5555555555557p-3, 0x1.5555555555551p-5, 0x1.1111111110033p-7,
                      0x1.6c16c16c1918ep-10, 0x1.a01a01ac35ba8p-13, 0x1.a01a0194e1dbcp-16,
                      0x1.71de0153c07fcp-19, 0x1.27e5072c19999p-22, 0x1.af4f970cdf487p-26,
                      0x1.1f293d5adb22cp-29);
}

// log(1 + f) - f, for 1 + f from 2/3 to 4/3 (float) or from sqrt(1/2) to sqrt(2) (double).
template <class T, int W>
CHASM_OP Vec<T, W> log1p_rest(Vec<T, W> f) {
  using V = Vec<T, W>;
  if constexpr (sizeof(T) == 4) {
    return f * f *
           polynomial(f, -0x1p-1, 0x1.555556p-2, -0x1.ffffb4p-3, 0x1.999896p-3, -0x1.55788ap-3,
                      0x1.24cd46p-3, -0x1.f74b32p-4, 0x1.bc6ac2p-4, -0x1.fd19fep-4, 0x1.db6a8p-4);
  } else {
    // With s = f / (2 + f): log(1 + f) = 2 atanh(s).
    const V s = f / (V(2) + f);
    const V z = s * s;
    const V rest = z * polynomial(z, 0x1.5555555555555p-1, 0x1.9999999999d59p-2,
                                  0x1.249249242ee25p-2, 0x1.c71c725c5d0afp-3, 0x1.745cdb761f101p-3,
                                  0x1.3b2158f57dcfep-3, 0x1.0f4a1c74e625dp-3, 0x1.102367bc348f4p-3);
    const V half_square = V(0.5) * f * f;
    return fma(s, half_square + rest, -half_square);
  }
}

template <class V>
struct LogTwo {
  // The first part has so few digits that its products with exponents are exact.
  static CHASM_OP V high() {
    return V(sizeof(typename V::Element) == 4 ? 0x1.62e4p-1 : 0x1.62e42feep-1);
  }
  static CHASM_OP V low() {
    return V(sizeof(typename V::Element) == 4 ? 0x1.7f7d1cp-20 : 0x1.a39ef35793c76p-33);
  }
};

// log(1 + f) + k ln 2, for f as above.
template <class T, int W>
CHASM_OP Vec<T, W> log_of_parts(Vec<T, W> f, Vec<T, W> k) {
  using V = Vec<T, W>;
  if constexpr (sizeof(T) == 4)
    return fma(k, V(0x1.62e43p-1), f + log1p_rest(f));
  else
    return fma(k, LogTwo<V>::high(), f + fma(k, LogTwo<V>::low(), log1p_rest(f)));
}

// x = 2^exponent times a number from `low` to 2 `low`.
template <class V>
struct Parts {
  V number;
  V exponent;
};
template <class T, int W>
CHASM_OP Parts<Vec<T, W>> parts_from(Vec<T, W> positive_normal, typename BitsOf<T>::Unsigned low) {
  using V = Vec<T, W>;
  using U = BitsVec<T, W>;
  using Is = Format<T>;
  const U one = U(Is::bias << Is::digits);
  const U bits = bits_as<U>(positive_normal);
  const U biased = bits - U(low) + one;
  const U exponent = (biased >> Is::digits) << Is::digits;
  // A whole number below 2^digits, read as the last digits of 2^digits + number.
  const U magic = U((Is::bias + Is::digits) << Is::digits);
  const V whole = bits_as<V>((biased >> Is::digits) | magic) -
                  (bits_as<V>(magic) + V(static_cast<int>(Is::bias)));
  return {bits_as<V>(bits - exponent + one), whole};
}
// The same for every positive finite number; subnormal ones are scaled first.
template <class T, int W>
CHASM_OP Parts<Vec<T, W>> parts_of(Vec<T, W> positive, typename BitsOf<T>::Unsigned low) {
  using V = Vec<T, W>;
  using Is = Format<T>;
  const Mask<W> subnormal =
      positive < number_of_bits<V>(typename BitsOf<T>::Unsigned(1) << Is::digits);
  const V scale = number_of_bits<V>((Is::bias + Is::digits) << Is::digits);
  Parts<V> out = parts_from(select(subnormal, positive * scale, positive), low);
  out.exponent = select(subnormal, out.exponent - V(Is::digits), out.exponent);
  return out;
}

// log(1 + x) - x for x > -1, to all digits near 0.
template <class T, int W>
CHASM_OP Vec<T, W> log1p_less(Vec<T, W> x) {
  using V = Vec<T, W>;
  using Is = Format<T>;
  const auto low = sizeof(T) == 4 ? Is::two_thirds : Is::root_half;
  const Parts<V> is = parts_from(V(1) + x, low);
  const Mask<W> near = is.exponent == V(0);
  const V f = select(near, x, is.number - V(1));
  const V rest = log1p_rest(f);
  return select(
      near, rest,
      fma(is.exponent, LogTwo<V>::high(), f - x + fma(is.exponent, LogTwo<V>::low(), rest)));
}

// A positive finite number taken apart for log_of_parts.
template <class T, int W>
CHASM_OP Parts<Vec<T, W>> log_parts(Vec<T, W> x) {
  return parts_of(x, sizeof(T) == 4 ? Format<T>::two_thirds : Format<T>::root_half);
}

// log of a positive finite number.
template <class T, int W>
CHASM_OP Vec<T, W> log_of_positive(Vec<T, W> x) {
  const Parts<Vec<T, W>> is = log_parts(x);
  return log_of_parts(is.number - Vec<T, W>(1), is.exponent);
}

// x = k ln 2 + r with |r| <= ln(2) / 2 and a hair; k also as bits, with twice the bias added.
template <class V>
struct Reduced {
  V r;
  V k;
  typename SameBits<V>::Type k_biased;
};
template <class T, int W>
CHASM_OP Reduced<Vec<T, W>> reduce(Vec<T, W> x) {
  using V = Vec<T, W>;
  using U = BitsVec<T, W>;
  using Is = Format<T>;
  // Adding 1.5 * 2^digits rounds to a whole number, ties to even, and leaves it in the last bits.
  const V magic = V(sizeof(T) == 4 ? 12582912.0 : 6755399441055744.0);
  const V shifted = fma(x, V(0x1.71547652b82fep0), magic);
  const V k = shifted - magic;
  const U k_biased = bits_as<U>(shifted) - bits_as<U>(magic) + U(2 * Is::bias);
  return {fma(k, -LogTwo<V>::low(), fma(k, -LogTwo<V>::high(), x)), k, k_biased};
}

// y * 2^k: two factors, so that only the last product rounds and overflow and subnormals come by themselves.
template <class T, int W>
CHASM_OP Vec<T, W> times_power_of_two(Vec<T, W> y, BitsVec<T, W> k_biased) {
  using V = Vec<T, W>;
  using U = BitsVec<T, W>;
  const U half = k_biased >> 1;
  return y * bits_as<V>(half << Format<T>::digits) *
         bits_as<V>((k_biased - half) << Format<T>::digits);
}

template <class T, int W>
CHASM_OP Vec<T, W> exp_of_reduced(Reduced<Vec<T, W>> x) {
  return times_power_of_two(Vec<T, W>(1) + fma(exp_tail(x.r), x.r * x.r, x.r), x.k_biased);
}
// exp(x) for x within the bounds below.
template <class T, int W>
CHASM_OP Vec<T, W> exp_within(Vec<T, W> x) {
  return exp_of_reduced(reduce(x));
}

// Past these exp is infinite or zero.
template <class T>
inline constexpr T exp_low = sizeof(T) == 4 ? -104 : -746;
template <class T>
inline constexpr T exp_high = sizeof(T) == 4 ? 89 : 710;

template <class T, int W>
CHASM_OP Vec<T, W> unless_nan(Vec<T, W> x, Vec<T, W> y) {
  return select(x == x, y, nan<Vec<T, W>>());
}

// A number as a sum, with about twice the digits of one.
template <class V>
struct Pair {
  V high;
  V low;
};

// log(1 + f) + k ln 2, for 1 + f from sqrt(1/2) to sqrt(2); k a whole number.
// With s = f / (2 + f) it is k ln 2 + 2 s + 2/3 s^3 + 2/5 s^5..., whose first three terms are kept as pairs.
template <class T, int W>
CHASM_OP Pair<Vec<T, W>> log_pair(Vec<T, W> f, Vec<T, W> k) {
  using V = Vec<T, W>;
  const V below = V(2) + f;
  const V below_low = f - (below - V(2));
  const V inverse = V(1) / below;
  const V s = f * inverse;
  const V s_low = (fma(-s, below, f) - s * below_low) * inverse;
  const V z = s * s;
  const V z_low = fma(s, s, -z);
  V series;
  if constexpr (sizeof(T) == 4)
    series = polynomial(z, 0x1.9999a4p-2, 0x1.2479fap-2, 0x1.d81556p-3);
  else
    series = polynomial(z, 0x1.999999999999ap-2, 0x1.24924924922fdp-2, 0x1.c71c71c74cb99p-3,
                        0x1.745d173cb8179p-3, 0x1.3b13a9d869769p-3, 0x1.11154f74a897ep-3,
                        0x1.e01996fc8072ap-4, 0x1.daa59bc3b3866p-4);
  const V two_thirds = V(sizeof(T) == 4 ? 0x1.555556p-1 : 0x1.5555555555555p-1);
  const V two_thirds_low = V(sizeof(T) == 4 ? -0x1.555556p-26 : 0x1.5555555555555p-55);
  const V square = z * two_thirds;
  const V square_low =
      fma(z, two_thirds, -square) + fma(z, two_thirds_low, fma(z_low, two_thirds, z * z * series));
  const V cube = s * square;
  const V cube_low = fma(s, square, -cube) + s * square_low;
  const V whole = k * LogTwo<V>::high();
  const V sum = whole + (s + s);
  const V sum_low = (s + s) - (sum - whole);
  const V sum_cube = sum + cube;
  const V rest =
      (cube - (sum_cube - sum)) +
      (sum_low + (cube_low + k * LogTwo<V>::low() + V(2) * fma(s_low, fma(z, z, z), s_low)));
  const V high = sum_cube + rest;
  return {high, rest - (high - sum_cube)};
}

// exp(y * log_x), where the product may leave the range of exp on either side.
template <class T, int W>
CHASM_OP Vec<T, W> exp_of_product(Vec<T, W> y, Pair<Vec<T, W>> log_x) {
  using V = Vec<T, W>;
  const V product = y * log_x.high;
  const V inside = clamp(product, V(exp_low<T>), V(exp_high<T>));
  Reduced<V> is = reduce(inside);
  is.r += select(inside == product, fma(y, log_x.high, -product) + y * log_x.low, V(0));
  return unless_nan(product, exp_of_reduced(is));
}

}  // namespace detail

}  // namespace CHASM_ISA
}  // namespace chasm
