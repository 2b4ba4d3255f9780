#pragma once

// S8: the council. Its attention is a garbage can (Cohen, March & Olsen 1972): a meeting looks at so many initiatives, those
// that waited longest first; what is not seen waits on.

#include "models/enterprise/initiative.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// How well evidence speaks at a gate, 0 (the promise decides) to 1 (the truth does).
template <class W, class L>
CHASM_FN typename L::F evidence(const W& w, const State<L>& s, int gate) {
  using F = typename L::F;
  const F experiments = s.at(Lever::experimentation),
          scorecard = w.p.effect_scorecard_evidence * s.at(Lever::scorecard);
  F e(0);
  switch (gate) {
    case 0:
      e = w.p.gates_framing_evidence + w.p.effect_experimentation_evidence_framing * experiments +
          w.p.effect_framing_evidence * s.at(Lever::framing) +
          F(0.1) * (F(1) - exp(s.lessons * F(-0.2)));
      break;
    case 1:
      e = w.p.gates_data_evidence + w.p.effect_experimentation_evidence_data * experiments;
      break;
    case 2:
      e = w.p.gates_build_evidence + w.p.effect_experimentation_evidence_build * experiments +
          scorecard;
      break;
    default:
      e = w.p.gates_pilot_evidence + w.p.effect_experimentation_evidence_pilot * experiments +
          scorecard;
  }
  e = F(1) - (F(1) - min(e, F(1))) *
                 (F(1) - w.p.effect_joint_reviews_evidence * s.at(Lever::joint_reviews));
  // Bad news is softened on its way up.
  return e * (F(1) - w.p.gates_mum * (F(1) - safety(w, s)));
}

// Standard deviation of the council's judgement, in log value.
template <class W, class L>
CHASM_OP typename L::F gate_noise(const W& w, const State<L>& s) {
  using F = typename L::F;
  const F precision = F(1) + w.p.effect_joint_reviews_gate * s.at(Lever::joint_reviews) +
                      w.p.effect_experimentation_gate * s.at(Lever::experimentation) +
                      w.p.effect_scorecard_gate * s.at(Lever::scorecard) + council_literacy(w, s) +
                      w.p.effect_sponsorship_gate * s.at(Lever::sponsorship) + safety(w, s);
  return w.p.gates_noise / sqrt(precision);
}

// What was spent on an initiative before week 1 [cents].
template <class W, class L>
CHASM_FN typename L::F spent_before(const W& w, const State<L>& s, int place) {
  typename L::F before(0);
  const auto& i = s.initiatives;
  for (int row = 0; row < w.shared.initiatives; ++row)
    before =
        select(i.opportunity[place] == typename L::U(static_cast<unsigned>(row)),
               typename L::F(static_cast<typename L::Real>(w.shared.portfolio[row].spent)), before);
  return before;
}

// What the council weighs at a gate; logs but for evidence and cost.
template <class F>
struct Merit {
  F evidence, promise_seen, chance, cost, noise, sunk, priority;

  CHASM_OP F sum() const {
    return promise_seen + chance + log(F(104)) - log(cost + F(2000000)) + noise + sunk + priority -
           F(1);
  }
};

// log(value x chance of success x 104 weeks / cost to come), as the council sees it of an initiative of those facts.
template <class W, class L>
CHASM_FN Merit<typename L::F> merit_at_gate(const W& w, const State<L>& s, int place, int gate,
                                            Facts<typename L::U> facts) {
  using F = typename L::F;
  const auto& i = s.initiatives;
  const F e = evidence(w, s, gate);
  const F value =
      as_real<F>(i.value[place]) * select(facts.has(is_true), F(1), w.p.gates_false_value);
  const F seen = fma(e, log(value), (F(1) - e) * log(i.promise[place]));
  // Before the build, feasibility is guessed; afterwards it is known. Information is never biased.
  const F informed =
      min(fma(w.p.effect_feasibility_information, s.at(Lever::feasibility), F(0.2)), F(1));
  F chance;
  if (gate >= 2) {
    chance = log(max(i.fidelity[place] * i.quality[place] * i.readiness[place], F(0.02)));
  } else {
    const F feasible =
        i.readiness[place] * sqrt(i.fidelity[place]) / fma(F(0.3), i.complexity[place], F(0.7));
    chance =
        fma(informed, log(max(feasible, F(0.02))), (F(1) - informed) * log(w.p.gates_ignorance));
  }
  F work(0);
  for (int stage = gate + 2; stage <= stages; ++stage) {
    F true_work = drawn_work(w, s, place, stage);
    F usual = usual_work(w, s, stage);
    if (stage == static_cast<int>(Stage::data)) usual *= of_kind(w.p.kind_data_work, facts.kind());
    if (stage == static_cast<int>(Stage::build))
      usual *= of_kind(w.p.kind_build_work, facts.kind());
    if (stage == static_cast<int>(Stage::deployment)) {
      true_work *= integration(w, s, place);
      usual *= usual_integration(w, s);
    }
    work += exp(fma(informed, log(true_work), (F(1) - informed) * log(usual)));
  }
  const F cost = work * w.p.work_team * w.p.cost_person * F(100);
  const F sunk = i.spent[place] + spent_before(w, s, place);
  const F spent = w.p.gates_sunk_cost * min(sunk / max(i.estimate[place], F(1)), F(1.5));
  const F priority = select(is_priority(s, facts), F(0.2), F(0));
  const auto words =
      about(w, Decision::gate, i.opportunity[place], typename L::U(static_cast<unsigned>(gate + 1)))
          .block(0);
  return {e, seen, chance, cost, gate_noise(w, s) * normal<L>(words.word[0]), spent, priority};
}

// On to the next stage. At the scale-up gate the charter is set again by what the pilot showed.
template <class W, class L>
CHASM_FN void pass_gate(W& w, State<L>& s, int place, int gate, typename L::M who) {
  using F = typename L::F;
  using U = typename L::U;
  auto& i = s.initiatives;
  i.waits[place] = select(who, typename L::I(0), i.waits[place]);
  if (gate == gates - 1) {
    const F e = evidence(w, s, gate);
    const F in_use = i.quality[place] * data_quality(w, s, place) * understood(s, place);
    const F shown = log(as_real<F>(i.value[place])) + w.p.proposals_optimism * F(0.5) +
                    log(max(in_use, F(0.05)));
    const F before = i.charter[place];
    i.charter[place] =
        select(who, exp(fma(e, shown, (F(1) - e) * log(i.promise[place]))), i.charter[place]);
    w.note(who, Event::charter, i.opportunity[place], before, i.charter[place]);
    i.flags[place] = select(who, i.flags[place] | U(is_rebased), i.flags[place]);
  }
  begin_stage(w, s, place, gate + 2, who);
}

// The least merit that passes.
template <class W, class L>
CHASM_OP typename L::F threshold_at(const W& w, const State<L>& s, int gate) {
  using F = typename L::F;
  const F least[gates] = {w.p.gates_framing, w.p.gates_data, w.p.gates_build, w.p.gates_pilot};
  return fma(w.p.effect_strictness_threshold, s.at(Lever::strictness), least[gate]);
}

template <class W, class L>
CHASM_FN void decide_at_gate(W& w, State<L>& s, int place, int gate, typename L::M due) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  auto& i = s.initiatives;
  const F threshold_here = threshold_at(w, s, gate);
  const Merit<F> merit = merit_at_gate(w, s, place, gate, {i.facts[place]});
  const M passes = due & (merit.sum() > threshold_here);
  if constexpr (L::traced)
    w.note(due, Event::gate, i.opportunity[place], gate, select(passes, F(1), F(0)),
           i.waits[place] - I(1), merit.evidence, exp(merit.promise_seen), exp(merit.chance),
           merit.cost, merit.noise, merit.sunk, merit.priority, merit.sum(), threshold_here);
  const M fails = due & ~passes;
  s.tally.seen[gate] += select(due, F(1), F(0));
  s.tally.stopped[gate] += select(fails, F(1), F(0));
  s.tally.gate_weeks += select(due, convert<F>(i.waits[place] - I(1)), F(0));
  const auto decisions = w.totals(TotalOf::gate_decisions);
  decisions.add(passes, Wide<L::width>(1), gate, 0);
  decisions.add(fails, Wide<L::width>(1), gate, 1);
  if (any(passes)) pass_gate(w, s, place, gate, passes);
  if (any(fails)) end_initiative(w, s, place, fails, Cause::killed);
}

// Those that a meeting sees: as many as it has slots, the longest waiting first, and of two that wait alike the one whose
// opportunity arose first.
template <class W, class L>
CHASM_FN void meet_if_due(W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  auto& i = s.initiatives;
  s.council_clock += F(1);
  const F every = w.p.council_cadence * (F(1) - w.p.effect_council_cadence * s.at(Lever::council));
  const M due = s.council_clock >= every;
  if (!any(due)) return;
  s.council_clock = select(due, clamp(s.council_clock - every, F(0), every), s.council_clock);
  const I slots = to_int(w.p.council_slots);
  const auto waits_here = [&](int place) {
    return due & (i.waits[place] > I(0)) & (i.stage[place] <= I(gates)) & i.developing(place);
  };
  // A rank that no two share: weeks of waiting, then the opportunity's number from the end.
  const auto rank = [&](int place) {
    return (i.waits[place] << 14) + (I(8191) - bits_as<I>(i.opportunity[place]));
  };
  I waiting(0);
  each_initiative(w, s, [&](int place) { waiting -= waits_here(place).bits; });
  I least(0);
  const M crowded = due & (waiting > slots);
  if (any(crowded)) {
    // The rank of the last one seen, bit by bit from the top.
    for (int bit = 29; bit >= 0; --bit) {
      const I with = least | I(1 << bit);
      I above(0);
      each_initiative(
          w, s, [&](int place) { above -= (waits_here(place) & (rank(place) >= with)).bits; });
      least = select(crowded & (above >= slots), with, least);
    }
  }
  const M none = due & (slots <= I(0));
  w.note(due, Event::council_meets, 0, waiting, select(none, I(0), min(waiting, slots)));
  each_initiative(w, s, [&](int place) {
    const M seen = waits_here(place) & (rank(place) >= least) & ~none;
    if (!any(seen)) return;
    const I stage = i.stage[place];
    for (int gate = 0; gate < gates; ++gate) {
      const M here = seen & (stage == I(gate + 1));
      if (any(here)) decide_at_gate(w, s, place, gate, here);
    }
  });
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
