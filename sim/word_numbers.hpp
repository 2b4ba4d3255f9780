#pragma once

// Words as real numbers: finer than uniform() near 0, where rare events live, and the normal distribution.

#include "sim/lanes.hpp"
#include "sim/normal_quantile.hpp"
#include "sim/random.hpp"

namespace chasm {
inline namespace CHASM_ISA {

namespace detail {

// (word + 1/2) / 2^32, rounded: in [2^-33, 1], all digits kept near 0; 1 itself only by rounding of a float.
template <class L>
CHASM_OP typename L::F unit(typename L::U word) {
  using F = typename L::F;
  return (convert<F>(word) + F(0.5)) * F(0x1p-32);
}

// Its logarithm, to all digits also near 1, where 1 - (word + 1/2) / 2^32 is what the other bits say.
template <class L>
CHASM_OP typename L::F log_of_unit(typename L::U word) {
  using F = typename L::F;
  const Parts<F> is = log_parts(unit<L>(word));
  const F f = select(is.exponent == F(0), -unit<L>(~word), is.number - F(1));
  return log_of_parts(f, is.exponent);
}

// The same number as a place on (-1/2, 1/2): its size, how far it is from the end on its side (both in (0, 1/2] with
// all digits kept near 0), and its side.
template <class L>
struct Place {
  typename L::F size;
  typename L::F to_end;
  typename L::M negative;
};
template <class L>
CHASM_OP Place<L> place(typename L::U word) {
  using F = typename L::F;
  using I = typename L::I;
  const I negative = bits_as<I>(word) >> 31;
  const I size = bits_as<I>(word) ^ negative;
  return {(convert<F>(size) + F(0.5)) * F(0x1p-32),
          (convert<F>(I(0x7fffffff) - size) + F(0.5)) * F(0x1p-32), L::M::of(negative)};
}

// The high half of a * b with 64 bits.
template <int W>
CHASM_OP Vec<uint32_t, W> high_product(Vec<uint32_t, W> a, Vec<uint32_t, W> b) {
  using U = Vec<uint32_t, W>;
  if constexpr (W == 1) {
    return U::of(static_cast<uint32_t>(static_cast<uint64_t>(a.v) * b.v >> 32));
  } else {
    const U half = U(0xffffu);
    const U low_low = (a & half) * (b & half);
    const U low_high = (a & half) * (b >> 16);
    const U high_low = (a >> 16) * (b & half);
    const U middle = (low_low >> 16) + (low_high & half) + (high_low & half);
    return (a >> 16) * (b >> 16) + (low_high >> 16) + (high_low >> 16) + (middle >> 16);
  }
}

}  // namespace detail

// A standard normal number by inversion, symmetric to the bit; at most 6.34 from 0, which a true one passes with
// chance 2.3e-10.
template <class L>
CHASM_OP typename L::F normal(typename L::U word) {
  using F = typename L::F;
  const detail::Place<L> at = detail::place<L>(word);
  const F z = detail::upper_normal_quantile(at.to_end, at.size + at.size);
  return select(at.negative, -z, z);
}
template <class L>
CHASM_OP typename L::F normal(typename L::U word, typename L::F mean, typename L::F deviation) {
  return fma(deviation, normal<L>(word), mean);
}

}  // namespace CHASM_ISA
}  // namespace chasm
