#pragma once

// What the binomial and the Poisson distribution share.

#include "sim/math.hpp"
#include "sim/random.hpp"
#include "sim/word_numbers.hpp"

namespace chasm {
inline namespace CHASM_ISA {

namespace detail {

// log k! = (k + 1/2) log(k + 1) - (k + 1) + log(2 pi) / 2 + the value at inverse = 1 / (k + 1).
// Absolute error 7e-8 (float), 1e-11 (double); minimax polynomials of the remainder of Stirling's series.
template <class T, int W>
CHASM_OP Vec<T, W> stirling_rest(Vec<T, W> inverse) {
  if constexpr (sizeof(T) == 4)
    return inverse * polynomial(inverse, 0x1.555544p-4, 0x1.3c0796p-18, -0x1.72d66cp-9,
                                0x1.8ad14ap-13, 0x1.31ef7p-11, -0x1.cb7aa8p-13);
  else
    return inverse * polynomial(inverse, 0x1.55555554ae018p-4, 0x1.85ac5654c2470p-29,
                                -0x1.6c1b737cd15e5p-9, 0x1.6b6f497edff1dp-19, 0x1.91e7b2a3fa090p-11,
                                0x1.4da7145e90e99p-13, -0x1.3493b9ac3d4bbp-10,
                                0x1.59fff30bec4c1p-10, -0x1.9c40f002d38ffp-11,
                                0x1.0e95c12e68965p-12, -0x1.34ea105f7e7f8p-15);
}

// (1 + e) log(1 + e) - e for e > -1, without cancellation near 0: the deviance of Loader (2000), a part of
// log probability that stays small where log k! does not.
template <class T, int W>
CHASM_OP Vec<T, W> deviance(Vec<T, W> e) {
  return fma(Vec<T, W>(1) + e, log1p_less(e), e * e);
}

// Inversion from the upper tail. `first` is the chance of 0, ratio(k) the chance of k + 1 over that of k; the mean is at most 10.
// A chance below 2^-36 counts as 0: no word reaches it. Chances of k or more are right to a few parts in 10^7 of themselves.
template <class L, class Ratio>
CHASM_FN typename L::I count_by_inversion(typename L::U word, typename L::F first, Ratio ratio) {
  using F = typename L::F;
  using I = typename L::I;
  constexpr int most = 48;
  F chance[most + 1];
  chance[0] = first;
  int last = 0;
  while (last < most && any(chance[last] > F(0))) {
    const F next = chance[last] * ratio(last);
    chance[++last] = select(next < F(0x1p-36), F(0), next);
  }
  const F tail = unit<L>(word);
  F or_more = F(0);
  I count = I(0);
  for (int k = last; k > 0; --k) {
    or_more += chance[k];
    count -= (tail < or_more).bits;
  }
  return count;
}

// The table-mountain hat of Hormann's transformed rejection: x = (2 a / (1/2 - |u|) + b) u, and dx/du.
template <class L>
struct Hat {
  typename L::F x;
  typename L::F slope;
};
template <class L>
CHASM_OP Hat<L> hat(typename L::U word, typename L::F a, typename L::F b) {
  using F = typename L::F;
  const Place<L> at = place<L>(word);
  const F inverse = F(1) / at.to_end;
  const F a_inverse = a * inverse;
  const F x = fma(F(2), a_inverse, b) * at.size;
  return {select(at.negative, -x, x), fma(a_inverse, inverse, b)};
}

// A proposed number, and the logarithm of the chance with which it is taken.
template <class L>
struct Proposal {
  typename L::I count;
  typename L::F log_chance;
};

// Two words an attempt until every lane of `open` has taken a number; after 64 attempts what is left takes `otherwise`.
template <class L, class Rejection>
CHASM_FN typename L::I count_by_rejection(const Words<L>& words, typename L::M open,
                                          const Rejection& rejection, typename L::I otherwise) {
  typename L::I count = otherwise;
  PhiloxBlock<L::width> block;
  for (int attempt = 0; attempt < 64 && any(open); ++attempt) {
    const int half = attempt % 2;
    if (half == 0) block = words.block(static_cast<uint32_t>(attempt / 2));
    const Proposal<L> is = rejection.propose(block.word[2 * half]);
    const typename L::M taken =
        open & (log_of_positive(unit<L>(block.word[2 * half + 1])) < is.log_chance);
    count = select(taken, is.count, count);
    open &= ~taken;
  }
  return count;
}

}  // namespace detail

}  // namespace CHASM_ISA
}  // namespace chasm
