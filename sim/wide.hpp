#pragma once

// One signed 64-bit whole number a lane, for money that must re-add to the cent: two 32-bit vectors, because a vector of
// 64-bit numbers is wider than the machine. Sums and products wrap around beyond 64 bits; models check their ranges.

#include "sim/wide_multiply.hpp"

namespace chasm {
inline namespace CHASM_ISA {

template <int W>
struct Wide {
  using U = Vec<uint32_t, W>;
  using I = Vec<int32_t, W>;
  static constexpr int width = W;
  U low;
  I high;

  Wide() = default;
  CHASM_OP Wide(U l, I h) : low(l), high(h) {}
  // The same number in every lane.
  template <class N>
    requires(__is_same(N, int) || __is_same(N, long) || __is_same(N, long long))
  CHASM_OP constexpr Wide(N number)
      : low(static_cast<uint32_t>(number)), high(static_cast<int32_t>(int64_t{number} >> 32)) {}
  // The same value.
  CHASM_OP Wide(I x) : low(bits_as<U>(x)), high(x >> 31) {}
  CHASM_OP static Wide from(U x) { return {x, I(0)}; }

  CHASM_OP int64_t get(int lane) const {
    return static_cast<int64_t>(static_cast<uint64_t>(static_cast<uint32_t>(high.get(lane))) << 32 |
                                low.get(lane));
  }
  CHASM_OP void set(int lane, int64_t value) {
    low.set(lane, static_cast<uint32_t>(value));
    high.set(lane, static_cast<int32_t>(value >> 32));
  }

  CHASM_OP friend Wide operator+(Wide a, Wide b) {
    const U sum = a.low + b.low;
    // A mask is -1 where there is a carry. Unsigned, since signed numbers may not wrap around.
    return {sum, bits_as<I>(bits_as<U>(a.high) + bits_as<U>(b.high) - as_bits(sum < a.low))};
  }
  CHASM_OP friend Wide operator-(Wide a, Wide b) {
    return {a.low - b.low,
            bits_as<I>(bits_as<U>(a.high) - bits_as<U>(b.high) + as_bits(a.low < b.low))};
  }
  CHASM_OP friend Wide operator-(Wide a) { return Wide(0) - a; }
  CHASM_OP Wide& operator+=(Wide b) { return *this = *this + b; }
  CHASM_OP Wide& operator-=(Wide b) { return *this = *this - b; }

  CHASM_OP friend Mask<W> operator<(Wide a, Wide b) {
    return (a.high < b.high) | ((a.high == b.high) & (a.low < b.low));
  }
  CHASM_OP friend Mask<W> operator>(Wide a, Wide b) { return b < a; }
  CHASM_OP friend Mask<W> operator<=(Wide a, Wide b) { return ~(b < a); }
  CHASM_OP friend Mask<W> operator>=(Wide a, Wide b) { return ~(a < b); }
  CHASM_OP friend Mask<W> operator==(Wide a, Wide b) {
    return (a.low == b.low) & (a.high == b.high);
  }
  CHASM_OP friend Mask<W> operator!=(Wide a, Wide b) { return ~(a == b); }
};

template <int W>
CHASM_OP Wide<W> select(Mask<W> m, Wide<W> yes, Wide<W> no) {
  return {select(m, yes.low, no.low), select(m, yes.high, no.high)};
}
template <int W>
CHASM_OP Wide<W> min(Wide<W> a, Wide<W> b) {
  return select(b < a, b, a);
}
template <int W>
CHASM_OP Wide<W> max(Wide<W> a, Wide<W> b) {
  return select(a < b, b, a);
}

// a * b, exact; as a signed number it is right where the product is below 2^63.
template <int W>
CHASM_OP Wide<W> multiply(Vec<uint32_t, W> a, Vec<uint32_t, W> b) {
  Factor<W> high(a), low(a);
  multiply_wide(Factor<W>(a), Factor<W>(b), high, low);
  return {low.join(), bits_as<Vec<int32_t, W>>(high.join())};
}

// x * fraction / 2^24, rounded down (toward minus infinity); fraction is 0..2^24, whose numbers a float holds exactly.
template <int W>
CHASM_OP Wide<W> times_fraction(Wide<W> x, Vec<uint32_t, W> fraction) {
  using U = Vec<uint32_t, W>;
  using I = Vec<int32_t, W>;
  const Wide<W> low = multiply(x.low, fraction);
  const Wide<W> high = multiply(bits_as<U>(x.high), fraction);
  // x.high below zero was read as 2^32 more than it is.
  const U above = bits_as<U>(high.high) - select(x.high < I(0), fraction, U(0u));
  return Wide<W>(high.low << 8, bits_as<I>((above << 8) | (high.low >> 24))) +
         Wide<W>((low.low >> 24) | (bits_as<U>(low.high) << 8),
                 bits_as<I>(bits_as<U>(low.high) >> 24));
}

// The same where x has no more than 32 digits.
template <int W>
CHASM_OP Vec<uint32_t, W> times_fraction(Vec<uint32_t, W> x, Vec<uint32_t, W> fraction) {
  const Wide<W> product = multiply(x, fraction);
  return (product.low >> 24) | (bits_as<Vec<uint32_t, W>>(product.high) << 8);
}

// Near x, to within a few units of the last place of F: for shares and odds, never for sums.
template <class F, int W>
CHASM_OP F approximate(Wide<W> x) {
  return convert<F>(x.high) * F(4294967296.0) + convert<F>(x.low);
}

}  // namespace CHASM_ISA
}  // namespace chasm
