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
  static constexpr uint32_t infinity = 0x7f800000u, nan = 0x7fc00000u, sign = 0x80000000u;
  static constexpr uint32_t two_thirds = 0x3f2aaaabu, root_half = 0x3f3504f3u;
};
template <>
struct Format<double> {
  static constexpr int digits = 52;
  static constexpr uint64_t bias = 1023;
  static constexpr uint64_t infinity = 0x7ff0000000000000u, nan = 0x7ff8000000000000u;
  static constexpr uint64_t sign = 0x8000000000000000u;
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
    return polynomial(r, 0x1p-1, 0x1.5555555555557p-3, 0x1.5555555555551p-5,
                      0x1.1111111110033p-7, 0x1.6c16c16c1918ep-10, 0x1.a01a01ac35ba8p-13,
                      0x1.a01a0194e1dbcp-16, 0x1.71de0153c07fcp-19, 0x1.27e5072c19999p-22,
                      0x1.af4f970cdf487p-26, 0x1.1f293d5adb22cp-29);
}

// log(1 + f) + k ln 2, for 1 + f from 2/3 to 4/3 (float) or from sqrt(1/2) to sqrt(2) (double).
template <class T, int W>
CHASM_OP Vec<T, W> log_of_parts(Vec<T, W> f, Vec<T, W> k) {
  using V = Vec<T, W>;
  if constexpr (sizeof(T) == 4) {
    const V p = polynomial(f, -0x1p-1, 0x1.555556p-2, -0x1.ffffb4p-3, 0x1.999896p-3, -0x1.55788ap-3,
                           0x1.24cd46p-3, -0x1.f74b32p-4, 0x1.bc6ac2p-4, -0x1.fd19fep-4,
                           0x1.db6a8p-4);
    return fma(k, V(0x1.62e43p-1), fma(p, f * f, f));
  } else {
    // With s = f / (2 + f): log(1 + f) = 2 atanh(s).
    const V s = f / (V(2) + f);
    const V z = s * s;
    const V rest = z * polynomial(z, 0x1.5555555555555p-1, 0x1.9999999999d59p-2,
                                  0x1.249249242ee25p-2, 0x1.c71c725c5d0afp-3, 0x1.745cdb761f101p-3,
                                  0x1.3b2158f57dcfep-3, 0x1.0f4a1c74e625dp-3, 0x1.102367bc348f4p-3);
    const V half_square = V(0.5) * f * f;
    const V low = fma(s, half_square + rest, k * V(0x1.a39ef35793c76p-33));
    return fma(k, V(0x1.62e42feep-1), f - (half_square - low));
  }
}

// x = 2^exponent times a number from `low` to 2 `low`.
template <class V>
struct Parts {
  V number;
  V exponent;
};
template <class T, int W>
CHASM_OP Parts<Vec<T, W>> parts_from(Vec<T, W> positive_normal,
                                     typename BitsOf<T>::Unsigned low) {
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
  const Mask<W> subnormal = positive < number_of_bits<V>(typename BitsOf<T>::Unsigned(1) << Is::digits);
  const V scale = number_of_bits<V>((Is::bias + Is::digits) << Is::digits);
  Parts<V> out = parts_from(select(subnormal, positive * scale, positive), low);
  out.exponent = select(subnormal, out.exponent - V(Is::digits), out.exponent);
  return out;
}

// log of a positive finite number.
template <class T, int W>
CHASM_OP Vec<T, W> log_of_positive(Vec<T, W> x) {
  const auto low = sizeof(T) == 4 ? Format<T>::two_thirds : Format<T>::root_half;
  const Parts<Vec<T, W>> x_is = parts_of(x, low);
  return log_of_parts(x_is.number - Vec<T, W>(1), x_is.exponent);
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
  const V high = V(sizeof(T) == 4 ? 0x1.62e4p-1 : 0x1.62e42feep-1);
  const V low = V(sizeof(T) == 4 ? 0x1.7f7d1cp-20 : 0x1.a39ef35793c76p-33);
  const U k_biased = bits_as<U>(shifted) - bits_as<U>(magic) + U(2 * Is::bias);
  return {fma(-k, low, fma(-k, high, x)), k, k_biased};
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

// exp(x + low) for x within the bounds below, |low| tiny.
template <class T, int W>
CHASM_OP Vec<T, W> exp_of_sum(Vec<T, W> x, Vec<T, W> low) {
  using V = Vec<T, W>;
  Reduced<V> is = reduce(x);
  is.r = is.r + low;
  const V y = V(1) + fma(exp_tail(is.r), is.r * is.r, is.r);
  return times_power_of_two(y, is.k_biased);
}

// Past these exp is infinite or zero.
template <class T>
inline constexpr T exp_low = sizeof(T) == 4 ? -104 : -746;
template <class T>
inline constexpr T exp_high = sizeof(T) == 4 ? 89 : 710;

template <class T, int W>
CHASM_OP Vec<T, W> magnitude(Vec<T, W> x) {
  using U = BitsVec<T, W>;
  return bits_as<Vec<T, W>>(bits_as<U>(x) & ~U(Format<T>::sign));
}
template <class T, int W>
CHASM_OP Vec<T, W> with_sign_of(Vec<T, W> sign, Vec<T, W> nonnegative) {
  using U = BitsVec<T, W>;
  return bits_as<Vec<T, W>>(bits_as<U>(nonnegative) | (bits_as<U>(sign) & U(Format<T>::sign)));
}

template <class T, int W>
CHASM_OP Vec<T, W> unless_nan(Vec<T, W> x, Vec<T, W> y) {
  return select(x == x, y, nan<Vec<T, W>>());
}

}  // namespace detail

}  // namespace CHASM_ISA
}  // namespace chasm
