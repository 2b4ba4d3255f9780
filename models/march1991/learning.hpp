#pragma once

// Mutual learning (March 1991, pp. 74-75): the code learns from those who know more, individuals learn from the code.
// Both read the state at the start of the period. Where the paper's text leaves room, these are the rules that
// reproduce its figures; docs/models/march1991.md shows the alternatives.

#include "models/march1991/state.hpp"

namespace chasm::march1991 {
inline namespace CHASM_ISA {

// What the superior group says, and what it takes to be of it.
template <class L>
struct Assembly {
  Vote<L, 12> vote;
  typename L::I
      to_beat;  // the code's score, plus the dimensions: twice what must be right to beat it
};

// An individual acts on its beliefs, and tosses a coin where it has none: what it does where it scores above the
// code, else nothing.
template <class L>
CHASM_OP typename L::U cast(const State<L>& s, Beliefs<L> b, typename L::U coin,
                            Assembly<L>& assembly) {
  using U = typename L::U;
  const U action = b.positive | (s.dimensions & ~b.held & coin);
  const auto right = popcount(s.dimensions & ~(action ^ s.reality));
  const auto superior = (right << 1) > assembly.to_beat;
  assembly.vote.voters -= superior.bits;
  return action & as_bits(superior);
}

template <class W, class L>
CHASM_FN void revise_code(W& w, State<L>& s, const Vote<L, 12>& vote) {
  using U = typename L::U;
  const U follows = follow(vote, s.code, s.dimensions, w.shape.individuals, s.still,
                           w.draws.at(Decision::code, w.t, U(0u)));
  s.changed_at = select(follows != U(0u), U(static_cast<unsigned>(w.t)), s.changed_at);
}

// Four individuals at a time share their random blocks: the coin of individual i is word i % 4 of block (learning
// coin, i / 4), and so are the words that decide its steps toward the code, one block a binary digit of the chance.
template <class W, class L>
CHASM_FN void learn(W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  using U = typename L::U;
  const int n = w.shape.individuals;
  const Beliefs<L> code = s.code;
  Assembly<L> assembly;
  assembly.to_beat = score(code, s.reality) + I(w.shape.dimensions);
  const F fast_learners = floor(w.p.fast_share * F(n) + F(0.5));
  const bool mixed = any(fast_learners > F(0));
  const Digits<L::width> slow(threshold(w.p.socialisation));
  const Threshold<L::width> fast = threshold(w.p.socialisation_fast);
  U moved(0u);
  for (int first = 0; first < n; first += 4) {
    const U four(static_cast<unsigned>(first / 4));
    Beliefs<L> b[4];
    U votes[4], differs[4], moves[4], unsure(0u);
    CHASM_UNROLL(4)
    for (int k = 0; k < 4; ++k) {
      b[k] = s.beliefs(first + k);
      unsure |= s.dimensions & ~b[k].held;
      differs[k] = first + k < n ? differences(code, b[k]) : U(0u);
    }
    PhiloxBlock<L::width> coin = {};
    if (any(unsure)) coin = w.draws.at(Decision::coin, w.t, four).block(0);
    CHASM_UNROLL(4)
    for (int k = 0; k < 4; ++k)
      votes[k] = first + k < n ? cast(s, b[k], coin.word[k], assembly) : U(0u);
    assembly.vote.in_favour.add(votes[0], votes[1], votes[2], votes[3]);
    if (!any((differs[0] | differs[1]) | (differs[2] | differs[3]))) continue;
    const auto words = w.draws.at(Decision::learning, w.t, four);
    if (!mixed) {
      const auto* same = &slow;
      happens_each_of_four<L>(
          words, slow.used, [same](int) -> const auto& { return *same; }, differs, moves);
    } else {
      const auto own = [&](int k) {
        const M quick = F(first + k) < fast_learners;
        return Digits<L::width>({select(quick, fast.below, slow.chance.below),
                                 (quick & fast.always) | (~quick & slow.chance.always)});
      };
      const Digits<L::width> each_own[] = {own(0), own(1), own(2), own(3)};
      happens_each_of_four<L>(
          words, Trials<L::width>::digits, [&](int k) -> const auto& { return each_own[k]; },
          differs, moves);
    }
    CHASM_UNROLL(4)
    for (int k = 0; k < 4; ++k) {
      const Beliefs<L> next = one_step(b[k], code, moves[k]);
      s.held[first + k] = next.held;
      s.positive[first + k] = next.positive;
      moved |= moves[k];
    }
  }
  s.changed_at = select(moved != U(0u), U(static_cast<unsigned>(w.t)), s.changed_at);
  revise_code(w, s, assembly.vote);
}

// A closed system is at rest once nobody differs from the code and nobody could score above it, however lucky.
template <class W, class L>
CHASM_FN typename L::M at_rest(const W& w, const State<L>& s) {
  using M = typename L::M;
  using U = typename L::U;
  const auto code_score = score(s.code, s.reality);
  const M restless = s.open | any_of<M>(w.shape.individuals, [&](int i) {
                       const Beliefs<L> b = s.beliefs(i);
                       const auto best = score(b, s.reality) + popcount(s.dimensions & ~b.held);
                       return (differences(s.code, b) != U(0u)) | (best > code_score);
                     });
  return ~restless;
}

}  // namespace CHASM_ISA
}  // namespace chasm::march1991
