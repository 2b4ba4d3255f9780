#pragma once

// Addressed random numbers: a draw is a function of what it is about, never of when it is made.
// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC11, doi:10.1145/2063384.2063405).
//   key     = the study's 64-bit seed
//   counter = (future | replication 16, step 16 | entity | decision 16, block 16)
// The arm is not in the address: arms of one future and replication share every draw.

#include "sim/lanes.hpp"
#include "sim/wide_multiply.hpp"

namespace chasm {

// The version of the address layout above, written into every result.
inline constexpr int random_address_version = 1;

// Replications have 16 bits in the address.
inline constexpr uint32_t max_replications = 65536;
// Steps have 16 bits; step 0 is the initial state.
inline constexpr uint32_t max_steps = 65535;

inline namespace CHASM_ISA {

template <int W>
struct PhiloxBlock {
  Vec<uint32_t, W> word[4];
};

// The key of every round, made once a tile: on a processor a load is cheaper than a broadcast from a register.
struct PhiloxKeys {
  uint32_t low[10], high[10];

  CHASM_OP explicit PhiloxKeys(uint64_t seed) {
    for (uint32_t round = 0; round < 10; ++round) {
      low[round] = static_cast<uint32_t>(seed) + round * 0x9E3779B9u;
      high[round] = static_cast<uint32_t>(seed >> 32) + round * 0xBB67AE85u;
    }
  }
};

template <int W>
CHASM_OP PhiloxBlock<W> philox(Vec<uint32_t, W> c0, Vec<uint32_t, W> c1, Vec<uint32_t, W> c2,
                               Vec<uint32_t, W> c3, const PhiloxKeys& key) {
  Factor<W> f0(c0), f1(c1), f2(c2), f3(c3);
  CHASM_UNROLL(10)
  for (int round = 0; round < 10; ++round) {
    Factor<W> high0 = f0, low0 = f0, high1 = f2, low1 = f2;
    multiply_wide(f0, 0xD2511F53u, high0, low0);
    multiply_wide(f2, 0xCD9E8D57u, high1, low1);
    f0 = high1 ^ f1 ^ key.low[round];
    f2 = high0 ^ f3 ^ key.high[round];
    f1 = low1;
    f3 = low0;
  }
  return {{f0.join(), f1.join(), f2.join(), f3.join()}};
}

// A probability compared as an integer: true for `below` / 2^32 of all words, or always.
template <int W>
struct Threshold {
  Vec<uint32_t, W> below;
  Mask<W> always;
};

// p <= 0 (and NaN) is never, p >= 1 is always; in between p is floored to a multiple of 2^-32.
template <class T, int W>
CHASM_OP Threshold<W> threshold(Vec<T, W> p) {
  using F = Vec<T, W>;
  using U = Vec<uint32_t, W>;
  const F inside = select(p > F(T(0)), p, F(T(0)));
  const Mask<W> always = inside >= F(T(1));
  const F half = select(always, F(T(0)), inside) * F(T(65536));
  // Two steps of 16 bits keep every conversion inside a signed 32-bit integer.
  const F high = floor(half);
  const F low = floor((half - high) * F(T(65536)));
  const U below = (convert<U>(to_int(high)) << 16) | convert<U>(to_int(low));
  return {below, always};
}

// The words of one address, in order. Blocks of four are made when a word of them is asked for.
// The place of a word is part of its address: a word that no lane needs is passed over with skip(), never left out,
// and a draw of variable length (happens_each, one_of_three_each, rejection) comes last at its address.
template <class L>
class Words {
  using U = typename L::U;

 public:
  CHASM_OP Words(const PhiloxKeys& key, U future, U moment, U entity, uint32_t decision)
      : key_(key), c0_(future), c1_(moment), c2_(entity), c3_(decision << 16) {}

  CHASM_OP U word() {
    if (made_ != place_ / 4) {
      made_ = place_ / 4;
      block_ = block(made_);
    }
    return block_.word[place_++ % 4];
  }
  CHASM_OP void skip() { ++place_; }

  // Words 4 index .. 4 index + 3; independent of word().
  CHASM_OP PhiloxBlock<L::width> block(uint32_t index) const {
    return philox(c0_, c1_, c2_, U(c3_ + index), key_);
  }

 private:
  const PhiloxKeys& key_;
  U c0_, c1_, c2_;
  uint32_t c3_;
  uint32_t place_ = 0, made_ = ~0u;
  PhiloxBlock<L::width> block_;
};

// Where a world's draws live. Params, State and the rest of the world are the model's business.
template <class L>
struct Address {
  using U = typename L::U;
  PhiloxKeys key;
  U future;
  U replication;

  // About something that happens once a step.
  template <class Decision>
  CHASM_OP Words<L> at(Decision decision, uint32_t step, U entity) const {
    return Words<L>(key, future, (replication << 16) | U(step), entity,
                    static_cast<uint32_t>(decision));
  }
  // About something that happens once in a world (initial state, an event with its own number).
  template <class Decision>
  CHASM_OP Words<L> once(Decision decision, U entity) const {
    return at(decision, 0, entity);
  }
};

// One Bernoulli trial a lane.
template <class L>
CHASM_OP typename L::M happens(Words<L>& words, Threshold<L::width> chance) {
  return (words.word() < chance.below) | chance.always;
}

// Independent Bernoulli trials, one for every bit of `wanted`, all with the lane's chance.
// The first three words compare, for every bit at once, a binary digit of its uniform number with the threshold's: seven
// of eight bits are decided then. What is still open is decided bit by bit, lowest first, by a whole word each.
// So it takes 3 words and as many more as the lane with the most open bits has.
template <int W>
class Trials {
  using U = Vec<uint32_t, W>;

 public:
  static constexpr int digits = 3;

  Trials() = default;
  CHASM_OP Trials(Threshold<W> chance, U wanted)
      : yes(wanted & as_bits(chance.always)), open(wanted & ~as_bits(chance.always)) {}

  // Word `index`, for index < digits.
  CHASM_OP void digit(U threshold_digit, U word) {
    yes |= open & threshold_digit & ~word;
    open &= ~(word ^ threshold_digit);
  }
  // Every later word. `rest` is the threshold's digits beyond the first three, at the top of the word.
  CHASM_OP void whole(U rest, U word) {
    const U lowest = open & (U(0u) - open);
    yes |= lowest & as_bits(word < rest);
    open ^= lowest;
  }

  U yes, open;
};

// A chance taken apart for trials, made once for many.
template <int W>
struct Digits {
  using U = Vec<uint32_t, W>;
  Threshold<W> chance;
  U digit[Trials<W>::digits];
  U rest;
  int used = Trials<W>::digits;  // digits that some lane has

  CHASM_OP Digits(Threshold<W> c) : chance(c), rest(c.below) {
    for (int index = 0; index < Trials<W>::digits; ++index) {
      if (used == Trials<W>::digits && !any(rest)) used = index;
      digit[index] = bits_as<U>(bits_as<Vec<int32_t, W>>(rest) >> 31);
      rest = rest << 1;
    }
  }
};

// Trials for the bits of `wanted`.
template <class L>
CHASM_OP typename L::U happens_each(Words<L>& words, const Digits<L::width>& chance,
                                    typename L::U wanted) {
  using U = typename L::U;
  Trials<L::width> trials(chance.chance, wanted);
  for (int index = 0; index < chance.used && any(trials.open); ++index)
    trials.digit(chance.digit[index], words.word());
  trials.open &= as_bits(chance.rest != U(0u));
  while (any(trials.open)) trials.whole(chance.rest, words.word());
  return trials.yes;
}

// The same for four neighbours who share an address: neighbour k takes word k of every block, so that one block serves
// all four. `chance(k)` gives neighbour k's chance.
template <class L, class Chance>
CHASM_OP void happens_each_of_four(const Words<L>& words, int used, Chance&& chance,
                                   const typename L::U (&wanted)[4], typename L::U (&yes)[4]) {
  using U = typename L::U;
  Trials<L::width> trials[4];
  CHASM_UNROLL(4)
  for (int k = 0; k < 4; ++k) trials[k] = Trials<L::width>(chance(k).chance, wanted[k]);
  const auto open = [&] {
    return any((trials[0].open | trials[1].open) | (trials[2].open | trials[3].open));
  };
  uint32_t index = 0;
  for (; index < static_cast<uint32_t>(used) && open(); ++index) {
    const auto random = words.block(index);
    CHASM_UNROLL(4)
    for (int k = 0; k < 4; ++k) trials[k].digit(chance(k).digit[index], random.word[k]);
  }
  CHASM_UNROLL(4)
  for (int k = 0; k < 4; ++k) trials[k].open &= as_bits(chance(k).rest != U(0u));
  for (index = Trials<L::width>::digits; open(); ++index) {
    const auto random = words.block(index);
    CHASM_UNROLL(4)
    for (int k = 0; k < 4; ++k) trials[k].whole(chance(k).rest, random.word[k]);
  }
  for (int k = 0; k < 4; ++k) yes[k] = trials[k].yes;
}

// One of three values for every bit of `wanted`, each with chance 1/3: a bit of `nonzero` and, where set, of `positive`.
// Three times two random bits decide all at once, the fourth combination being drawn again; what is still open (one bit
// in 64) is decided bit by bit, lowest first, by a third of a whole word's range each.
template <class L>
CHASM_OP void one_of_three_each(Words<L>& words, typename L::U wanted, typename L::U& nonzero,
                                typename L::U& positive) {
  using U = typename L::U;
  nonzero = U(0u);
  positive = U(0u);
  U open = wanted;
  for (int attempt = 0; attempt < 3 && any(open); ++attempt) {
    const U a = words.word(), b = words.word();
    nonzero |= open & (a ^ b);
    positive |= open & (a & ~b);
    open &= a & b;
  }
  while (any(open)) {
    const U word = words.word(), lowest = open & (U(0u) - open);
    nonzero |= lowest & as_bits(word < U(0xaaaaaaaau));
    positive |= lowest & as_bits(word < U(0x55555555u));
    open ^= lowest;
  }
}

// A uniform number in (0, 1): the middle of one of 2^23 (float) or 2^32 (double) equal cells.
// (The middles of 2^24 cells have 25 digits: a float would round the last to 1.)
template <class L>
CHASM_OP typename L::F uniform(typename L::U word) {
  using F = typename L::F;
  using Real = typename L::Real;
  using I = typename L::I;
  if constexpr (sizeof(Real) == 4) {
    return (convert<F>(bits_as<I>(word >> 9)) + F(Real(0.5))) * F(Real(1.0 / 8388608.0));
  } else {
    return (convert<F>(word) + F(Real(0.5))) * F(Real(1.0 / 4294967296.0));
  }
}

}  // namespace CHASM_ISA
}  // namespace chasm
