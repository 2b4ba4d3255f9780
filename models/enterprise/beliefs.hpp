#pragma once

// S1 and S2: groups and their members learn from one another (March 1991, Organization Science 2(1):71-87), but superiority is
// judged by a measured score of two realities, and a member hears the code of another group where contact carries it.
// With one group, no contact elsewhere, weight 0 on the second reality, no noise and a round a week this is March's model;
// tests/published holds it to his Figure 1.

#include "models/enterprise/moment.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Chance of contact in a week at a distance [m] (Allen 1977).
template <class W, class L>
CHASM_OP typename L::F contact(const W& w, const State<L>& s, typename L::F distance) {
  using F = typename L::F;
  const F nearer = (F(1) - w.p.effect_cross_functional_distance * s.at(Lever::cross_functional)) *
                   (F(1) - w.p.effect_literacy_distance * s.at(Lever::literacy));
  const F metres = unless_off(w, Mechanism::distance, distance * nearer, F(0));
  return fma(w.p.contacts_near, exp(-metres / w.p.contacts_decay), w.p.contacts_floor);
}

// A person has as many acquaintances in the own group, in the embedded or embedding group, and elsewhere.
template <class W, class L>
CHASM_FN void meet(const W& w, State<L>& s) {
  using F = typename L::F;
  s.contact_unit = contact(w, s, w.p.contacts_distance_in_unit);
  s.contact_elsewhere = contact(w, s, w.p.contacts_distance_elsewhere);
  const F own = w.p.contacts_near + w.p.contacts_floor;
  const F out = s.contact_unit + s.contact_elsewhere;
  s.outside = select(own + out > F(0), out / max(own + out, F(0x1p-20)), F(0));
}

template <class W, class L>
CHASM_FN void revise_code(W& w, State<L>& s, int group, const Vote<L, 16>& vote) {
  using F = typename L::F;
  const int members = w.shared.group_first[group + 1] - w.shared.group_first[group];
  F still[16];  // (1 - p2)^(2^k)
  still[0] = (F(1) - w.p.beliefs_code_learning) *
             (F(1) - w.p.effect_knowledge_code * s.at(Lever::knowledge));
  for (int k = 1; k < 16 && (members >> k) != 0; ++k) still[k] = still[k - 1] * still[k - 1];
  Beliefs<L> code{s.groups.held[group], s.groups.positive[group]};
  follow(vote, code, s.dimensions, members, still,
         this_week(w, Decision::code, typename L::U(static_cast<unsigned>(group))));
  s.groups.held[group] = code.held;
  s.groups.positive[group] = code.positive;
}

// One learning round of a group: everybody acts on what they believe, and tosses a coin where they believe nothing; those who
// score above the code vote on it; everybody moves toward the code that they hear.
template <class W, class L>
CHASM_FN void learn_in_group(W& w, State<L>& s, int group) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  using U = typename L::U;
  const bool technical = group < w.shape.teams;
  const F weight = technical ? clamp(w.p.beliefs_technical_business_weight +
                                         w.p.effect_scorecard_weight * s.at(Lever::scorecard) +
                                         w.p.effect_incentives_weight * s.at(Lever::incentives),
                                     F(0), F(1))
                             : w.p.beliefs_business_business_weight;
  const auto measured = [&](auto technical_score, auto business_score) {
    return fma(weight, convert<F>(business_score), (F(1) - weight) * convert<F>(technical_score));
  };
  const Beliefs<L> code{s.groups.was_held[group], s.groups.was_positive[group]};
  const F to_beat =
      measured(score<L>(code, s.technical_reality), score<L>(code, s.business_reality));
  const F noise = w.p.beliefs_noise_scale * w.p.measurement_noise *
                  (F(1) - w.p.effect_scorecard_noise * s.at(Lever::scorecard));
  const bool noisy = any(noise > F(0));
  const int* unit_team = w.shared.unit_team;
  const int unit = group - w.shape.teams;
  const int counterpart = technical              ? w.shape.teams + w.shared.team_unit[group]
                          : unit_team == nullptr ? unit % w.shape.teams
                                                 : unit_team[unit];
  const F in_unit =
      select(s.outside > F(0),
             s.contact_unit / max(s.contact_unit + s.contact_elsewhere, F(0x1p-20)), F(0));
  const auto outside = threshold(s.outside);
  const auto to_counterpart = threshold(in_unit);
  const Digits<L::width> steps(threshold(w.p.beliefs_socialisation));
  const I dimensions(w.shape.dimensions);
  const M idle = off(w, Mechanism::learning);
  Vote<L, 16> vote;
  for (int post = w.shared.group_first[group]; post < w.shared.group_first[group + 1]; ++post) {
    const M present = s.people.filled(post) & ~idle;
    const Beliefs<L> b{s.people.held[post], s.people.positive[post]};
    auto words = this_week(w, Decision::round, U(static_cast<unsigned>(post)));
    const U coin = words.word(), luck = words.word();
    const U action = b.positive | (s.dimensions & ~b.held & coin);
    const auto correct = [&](U reality) {
      return (popcount(s.dimensions & ~(action ^ reality)) << 1) - dimensions;
    };
    F seen = measured(correct(s.technical_reality), correct(s.business_reality));
    if (noisy) seen += noise * normal<L>(luck);
    const M superior = present & (seen > to_beat);
    vote.voters -= superior.bits;
    vote.in_favour.add(action & as_bits(superior));
    Beliefs<L> heard = code;
    const M abroad = present & happens<L>(words, outside);
    if (any(abroad)) {
      const U where = words.word();
      // The same word decides between counterpart and elsewhere, and then among all groups.
      const M near = (where < to_counterpart.below) | to_counterpart.always;
      const U anywhere = uniform_below<L>(words.word(), U(static_cast<unsigned>(w.shape.groups())));
      const U other = select(near, U(static_cast<unsigned>(counterpart)), anywhere);
      heard.held = select(abroad, gather(s.groups.was_held, other), heard.held);
      heard.positive = select(abroad, gather(s.groups.was_positive, other), heard.positive);
    }
    const U differs = differences(heard, b) & as_bits(present);
    if (!any(differs)) continue;
    auto trials = this_week(w, Decision::learning, U(static_cast<unsigned>(post)));
    const Beliefs<L> next = one_step(b, heard, happens_each<L>(trials, steps, differs));
    s.people.held[post] = next.held;
    s.people.positive[post] = next.positive;
  }
  revise_code(w, s, group, vote);
}

// Groups take turns: each learns once in `belief_cadence` weeks.
template <class W, class L>
CHASM_FN void learn(W& w, State<L>& s) {
  each(w.shape.groups(), [&](int group) {
    s.groups.was_held[group] = s.groups.held[group];
    s.groups.was_positive[group] = s.groups.positive[group];
  });
  const int turn = (w.t + w.shape.burn_in) % w.shape.cadence;
  for (int group = turn; group < w.shape.groups(); group += w.shape.cadence)
    learn_in_group(w, s, group);
}

// Reality changes: each dimension of each reality flips with its chance.
template <class W, class L>
CHASM_FN void turbulence(W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  const auto flip = [&](U& reality, F chance, unsigned which) {
    if (!any(chance > F(0))) return;
    auto words = this_week(w, Decision::turbulence, U(which));
    reality ^= happens_each<L>(words, Digits<L::width>(threshold(chance)), s.dimensions);
  };
  flip(s.technical_reality, w.p.realities_technical_turbulence, 0);
  flip(s.business_reality, w.p.realities_business_turbulence, 1);
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
