#pragma once

// Mutual learning of people and a code (March 1991, Organization Science 2(1):71-87): what models of it have in common. Beliefs
// about dimensions of a reality, the step of a person toward a code, and how a code follows a vote.

#include "sim/random.hpp"
#include "sim/vocabulary.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// Beliefs of value -1, 0 or +1, one a dimension: `held` where not 0, `positive` where +1 (never outside `held`).
template <class L>
struct Beliefs {
  typename L::U held, positive;
};

// Correct minus wrong; a reality has a bit a dimension, set for +1.
template <class L>
CHASM_OP typename L::I score(Beliefs<L> b, typename L::U reality) {
  const typename L::U right = b.held & ~(b.positive ^ reality);
  return (popcount(right) << 1) - popcount(b.held);
}

// Where the code has a belief and the person another.
template <class L>
CHASM_OP typename L::U differences(Beliefs<L> code, Beliefs<L> b) {
  return code.held & ~(b.held & ~(b.positive ^ code.positive));
}

// One step toward the code in the dimensions that move: from the opposite to 0, from 0 to the code's.
template <class L>
CHASM_OP Beliefs<L> one_step(Beliefs<L> b, Beliefs<L> code, typename L::U moves) {
  const typename L::U gains = moves & ~b.held;
  return {(b.held & ~moves) | gains, (b.positive & ~moves) | (gains & code.positive)};
}

// What superior people say, and how many they are: below 2^`digits`.
template <class L, int digits>
struct Vote {
  Tally<L, digits> in_favour;  // of +1, by dimension
  typename L::I voters = typename L::I(0);
};

// Dimension by dimension, the code takes the sign of the vote v with chance 1 - (1 - p2)^|v|, up to `people` of them having voted;
// still[k] is (1 - p2)^(2^k). Gives the dimensions in which it changes.
template <class L, int digits>
CHASM_FN typename L::U follow(const Vote<L, digits>& vote, Beliefs<L>& code,
                              typename L::U dimensions, int people,
                              const typename L::F (&still)[digits], const Words<L>& words) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  U favour, against;
  vote.in_favour.majority(vote.voters, favour, against);
  favour &= dimensions;
  against &= dimensions;
  const U agrees = code.held & ((code.positive & favour) | (~code.positive & against));
  const U wanted = (favour | against) & ~agrees;
  U follows(0u);
  if (!any(wanted)) return follows;
  for (int first = 0; first < 32; first += 4) {
    if (!any(wanted & U(0xfu << first))) continue;
    const auto random = words.block(static_cast<uint32_t>(first / 4));
    for (int k = 0; k < 4; ++k) {
      const U here = wanted & U(1u << (first + k));
      const I votes = abs((vote.in_favour.count(first + k) << 1) - vote.voters);
      F stays(1);
      for (int digit = 0; (people >> digit) != 0; ++digit)
        stays *= select((votes & I(1 << digit)) != I(0), still[digit], F(1));
      const auto chance = threshold(F(1) - stays);
      follows |= here & as_bits((random.word[k] < chance.below) | chance.always);
    }
  }
  code.held |= follows;
  code.positive = (code.positive & ~follows) | (favour & follows);
  return follows;
}

}  // namespace CHASM_ISA
}  // namespace chasm
