#pragma once

// S9: proposals are estimated, ranked and started, within limits of places, staff and money.

#include "models/enterprise/initiative.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// What a proposal promises and what it is thought to cost [log cents a week, log cents].
template <class F>
struct Proposal {
  F promise, cost;
};

// What lies between value and promise (logarithms): noise of a standard deviation, optimism, and hype x novelty.
template <class F>
struct Bias {
  F noise, optimism, hype;
};
template <class W, class L>
CHASM_FN Bias<typename L::F> bias_of_proposal(const W& w, const State<L>& s,
                                              typename L::U opportunity,
                                              Facts<typename L::U> facts) {
  using F = typename L::F;
  using U = typename L::U;
  const F sigma = w.p.proposals_noise *
                  (F(1) - w.p.effect_sponsorship_noise * s.at(Lever::sponsorship)) *
                  (F(1) - w.p.effect_value_mapping_noise * s.at(Lever::value_mapping));
  const F sober = F(1) - council_literacy(w, s) -
                  w.p.effect_sponsorship_hype * s.at(Lever::sponsorship) -
                  w.p.effect_literacy_hype * s.at(Lever::literacy);
  const F hype = w.p.proposals_hype * max(sober, F(0)) * fma(F(-0.5), max(s.knowledge, F(0)), F(1));
  const F optimism = w.p.proposals_optimism *
                     (F(1) - w.p.effect_experimentation_optimism * s.at(Lever::experimentation));
  const F novel =
      uniform<L>(opportunity_word(w, opportunity, OpportunityWord::novelty)) *
      select(facts.kind() == U(static_cast<unsigned>(Kind::generative)), F(1.2),
             select(facts.kind() == U(static_cast<unsigned>(Kind::reporting)), F(0.4), F(0.9)));
  return {sigma, optimism, hype * novel};
}

// Promise: log v + optimism - sigma^2/2 + noise + hype x novelty. A false hypothesis promises like a true one.
template <class W, class L>
CHASM_FN Proposal<typename L::F> propose(const W& w, const State<L>& s, typename L::U opportunity,
                                         typename L::U value, Facts<typename L::U> facts) {
  using F = typename L::F;
  const Bias<F> bias = bias_of_proposal(w, s, opportunity, facts);
  const auto words = about(w, Decision::proposal, opportunity).block(0);
  const F promise = log(as_real<F>(value)) + bias.optimism - F(0.5) * bias.noise * bias.noise +
                    bias.noise * normal<L>(words.word[0]) + bias.hype;
  const F weeks = w.p.work_framing + w.p.work_data + w.p.work_build + w.p.work_pilot +
                  w.p.work_deployment * fma(F(0.6), w.p.last_mile_legacy_work, F(1));
  const F cost = log(weeks * w.p.work_team * w.p.cost_person * F(100) *
                     fma(F(0.4), of_kind(w.p.kind_build_work, facts.kind()), F(0.6)));
  return {promise, fma(w.p.portfolio_cost_noise, normal<L>(words.word[1]), cost)};
}

// What the bills of a week come to, more or less [cents].
template <class W, class L>
CHASM_FN typename L::F bills_of_a_week(const W& w, const State<L>& s) {
  using F = typename L::F;
  const auto& i = s.initiatives;
  const F team = w.p.work_team * w.p.cost_person;
  F bills(0);
  each_initiative(w, s, [&](int place) {
    bills += select(i.developing(place),
                    select(is_waiting(s, place), team * w.p.work_waiting_holds, team),
                    select(i.is(place, Stage::in_use), w.p.cost_run, F(0)));
  });
  return bills * F(100);
}

// What is known and not started is judged against the best portfolio of the present size: of all that is known or in
// development, as many of the most valuable true ones as are in development. Of those, what is not started is misprioritised.
template <class W, class L>
CHASM_FN void judge_portfolio(W& w, State<L>& s, typename L::M due) {
  using I = typename L::I;
  using M = typename L::M;
  using U = typename L::U;
  const auto& o = s.opportunities;
  I size(0);
  each_initiative(w, s, [&](int place) { size -= (due & s.initiatives.developing(place)).bits; });
  const auto candidate = [&](int number) {
    const Facts<U> is{o.facts[number]};
    return due & is.has(is_true) & (is.is(Status::known) | is.is(Status::started));
  };
  // The value of the last one in the best portfolio, bit by bit from the top. What is in use is no longer a candidate.
  U least(0u);
  for (int bit = 30; bit >= 0; --bit) {
    const U with = least | U(1u << bit);
    I above(0);
    each(s.opportunities_used,
         [&](int number) { above -= (candidate(number) & (o.value[number] >= with)).bits; });
    each_initiative(w, s, [&](int place) {
      const Facts<U> is{s.initiatives.facts[place]};
      above += (due & s.initiatives.is(place, Stage::in_use) & is.has(is_true) &
                (s.initiatives.value[place] >= with))
                   .bits;
    });
    least = select(due & (above >= size), with, least);
  }
  each(s.opportunities_used, [&](int number) {
    const Facts<U> is{o.facts[number]};
    const M rests = due & is.has(is_true) & is.is(Status::known);
    if (!any(rests)) return;
    const M better = rests & (size > I(0)) & (o.value[number] >= least);
    const auto named = [&](Cause cause) { return is.cause() == U(static_cast<unsigned>(cause)); };
    const M now_wrong = better & ~named(Cause::misprioritised),
            now_right = rests & ~better & ~named(Cause::capacity);
    if (any(now_wrong)) move_to(w, s, number, now_wrong, Status::known, Cause::misprioritised);
    if (any(now_right)) move_to(w, s, number, now_right, Status::known, Cause::capacity);
  });
}

// One start a world: the best by rank, or one drawn from all where the round explores.
template <class W, class L>
CHASM_FN typename L::M start_one(W& w, State<L>& s, int turn, typename L::M open,
                                 typename L::F exploring) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  using U = typename L::U;
  auto words = this_week(w, Decision::exploration, U(static_cast<unsigned>(turn)));
  const M explores = happens<L>(words, threshold(exploring));
  F highest(-1e30);
  U best(0u);
  M found(false);
  each(s.opportunities_used, [&](int number) {
    const M known = open & Facts<U>{s.opportunities.facts[number]}.is(Status::known);
    if (!any(known)) return;
    F rank = s.opportunities.score[number];
    if (any(explores & known)) {
      const auto luck = this_week(w, Decision::choice, U(static_cast<unsigned>(number))).block(0);
      rank = select(explores, uniform<L>(luck.word[0]), rank);
    }
    const M better = known & (rank > highest);
    highest = select(better, rank, highest);
    best = select(better, U(static_cast<unsigned>(number)), best);
    found |= better;
  });
  if (!any(found)) return found;
  const Facts<U> facts{gather(s.opportunities.facts, best)};
  const Proposal<F> proposal = propose(w, s, best, gather(s.opportunities.value, best), facts);
  // The team with the least on its hands; of two alike the one that is embedded in the unit.
  F least(1e30);
  U team(0u);
  each(w.shape.teams, [&](int k) {
    const M apart = facts.unit() != U(static_cast<unsigned>(w.shared.team_unit[k]));
    const F load = s.groups.load[k] + select(apart, F(0x1p-10), F(0));
    const M lighter = load < least;
    least = select(lighter, load, least);
    team = select(lighter, U(static_cast<unsigned>(k)), team);
  });
  M seated(false);
  for (int place = 0; place < w.shape.places && any(found & ~seated); ++place) {
    const M here = found & ~seated & (s.initiatives.stage[place] == I(0));
    if (!any(here)) continue;
    if (place >= s.places_used) s.places_used = place + 1;
    if constexpr (L::traced) {
      int known = 0;
      each(s.opportunities_used, [&](int number) {
        known += any(Facts<U>{s.opportunities.facts[number]}.is(Status::known)) ? 1 : 0;
      });
      w.note(here, Event::starts, best, exp(proposal.promise), exp(proposal.cost),
             gather(s.opportunities.score, best), select(explores, F(1), F(0)), known, team,
             w.shared.team_unit[static_cast<int>(team.get(0))], facts.unit());
    }
    start_initiative(w, s, place, here, best, team, exp(proposal.promise), exp(proposal.cost));
    seated |= here;
  }
  w.fail(found & ~seated, Failure::too_many_initiatives);
  each(w.shape.teams, [&](int k) {
    s.groups.load[k] += select(seated & (team == U(static_cast<unsigned>(k))), F(1), F(0));
  });
  return seated;
}

// Initiatives in development, by team and by unit.
template <class W, class L>
CHASM_FN typename L::F count_development(const W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  each(w.shape.teams, [&](int team) { s.groups.load[team] = F(0); });
  F all(0);
  each_initiative(w, s, [&](int place) {
    const auto here = s.initiatives.developing(place);
    all += select(here, F(1), F(0));
    add_at(s.groups.load, bits_as<U>(s.initiatives.team[place]), here, F(1));
  });
  return all;
}

template <class W, class L>
CHASM_FN void fund_if_due(W& w, State<L>& s) {
  using F = typename L::F;
  using M = typename L::M;
  using U = typename L::U;
  s.funding_clock += F(1);
  const M unlimited = off(w, Mechanism::portfolio);
  const M due = unlimited |
                (s.funding_clock >= w.p.portfolio_cadence *
                                        (F(1) - w.p.effect_council_funding * s.at(Lever::council)));
  if (!any(due)) return;
  s.funding_clock = select(due, F(0), s.funding_clock);
  each(s.opportunities_used, [&](int number) {
    const Facts<U> is{s.opportunities.facts[number]};
    if (!any(due & is.is(Status::known))) return;
    const Proposal<F> p =
        propose(w, s, U(static_cast<unsigned>(number)), s.opportunities.value[number], is);
    // Where everything starts at once, it does so in the order in which it arose.
    s.opportunities.score[number] = select(
        unlimited, F(0), p.promise - p.cost + select(is_priority(s, is), w.p.portfolio_fit, F(0)));
  });
  const F managed = s.at(Lever::portfolio);
  const F most = w.p.portfolio_wip * (F(1) - w.p.effect_portfolio_wip * managed);
  const F starts =
      select(unlimited, F(w.shape.opportunities),
             floor(w.p.portfolio_starts * (F(1) - w.p.effect_portfolio_starts * managed) + F(0.5)));
  const F exploring = select(
      unlimited, F(0), w.p.portfolio_explore * (F(1) - w.p.effect_portfolio_explore * managed));
  F developing = count_development(w, s);
  F bills = bills_of_a_week(w, s);
  const F balance = approximate<F>(s.balance);
  if constexpr (L::traced) {
    int known = 0;
    each(s.opportunities_used, [&](int number) {
      known += any(Facts<U>{s.opportunities.facts[number]}.is(Status::known)) ? 1 : 0;
    });
    w.note(due, Event::funding_round, 0, known, developing, most, starts, balance);
  }
  for (int turn = 0; any(F(turn) < starts); ++turn) {
    const M affordable =
        off(w, Mechanism::budget) | ((balance >= w.p.portfolio_reserve * bills) & (balance > F(0)));
    const M open = due & (F(turn) < starts) & (unlimited | ((developing < most) & affordable));
    if (!any(open)) break;
    const M started = start_one(w, s, turn, open, exploring);
    if (!any(started)) break;
    developing += select(started, F(1), F(0));
    bills += select(started, w.p.work_team * w.p.cost_person * F(100), F(0));
  }
  judge_portfolio(w, s, due);
}

// Strategic priorities: each class with chance .4, drawn again when strategy turns.
template <class W, class L>
CHASM_FN void turn_strategy(W& w, State<L>& s, bool first) {
  using F = typename L::F;
  using U = typename L::U;
  auto words = this_week(w, Decision::strategy, U(0u));
  auto turns = happens<L>(
      words, threshold(w.p.strategy_churn *
                       (F(1) - w.p.effect_sponsorship_churn * s.at(Lever::sponsorship))));
  if (first) turns = typename L::M(true);
  if (!any(turns)) return;
  U chosen(0u);
  const auto chance = threshold(F(0.4));
  for (int c = 0; c < classes; ++c) chosen |= as_bits(happens<L>(words, chance)) & U(1u << c);
  s.priorities = select(turns, chosen, s.priorities);
  const auto is = [&](unsigned c) { return (chosen >> static_cast<int>(c)) & U(1u); };
  static_assert(classes == 5);
  w.note(turns, Event::strategy, 0, is(0), is(1), is(2), is(3), is(4));
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
