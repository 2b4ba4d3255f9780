#pragma once

// S15 and what else ends an initiative before it is in use: disputes, pilot limbo, patience. Leading indicators.

#include "models/enterprise/operation.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Alignment, data readiness, engagement of the unit, and fidelity as preparation for integration; 0..1.
template <class W, class L>
CHASM_OP typename L::F leading_indicator(const W&, const State<L>& s, int place) {
  using F = typename L::F;
  using U = typename L::U;
  const auto& i = s.initiatives;
  const F trust = gather(s.units.was_trust, Facts<U>{i.facts[place]}.unit());
  return F(0.25) * (i.understanding[place] + i.readiness[place] + trust + i.fidelity[place]);
}

template <class W, class L>
CHASM_FN void quarrel_and_give_up(W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  using U = typename L::U;
  auto& i = s.initiatives;
  const F lasts =
      w.p.friction_escalation * (F(1) - w.p.effect_council_escalation * s.at(Lever::council));
  const F scorecard = s.at(Lever::scorecard);
  each(w.shape.units, [&](int unit) { s.units.was_trust[unit] = s.units.trust[unit]; });
  each_initiative(w, s, [&](int place) {
    const M develops = i.developing(place);
    if (!any(develops)) return;
    const auto words = this_week(w, Decision::fate, i.opportunity[place]).block(0);
    const M stalled = develops & (i.stall[place] > I(0));
    i.stall[place] = select(stalled, i.stall[place] - I(1), i.stall[place]);
    const U unit = Facts<U>{i.facts[place]}.unit();
    const F trust = gather(s.units.was_trust, unit);
    const F hazard = w.p.friction_dispute * (F(1) - i.understanding[place]) * (F(1) - trust);
    const M dispute =
        develops & ~stalled & ~off(w, Mechanism::friction) & comes_true<L>(words.word[0], hazard);
    if (any(dispute)) {
      i.stall[place] = select(dispute, weeks_until<L>(words.word[1], lasts), i.stall[place]);
      put_at(s.units.trust, unit, dispute,
             gather(s.units.trust, unit) * (F(1) - w.p.friction_trust_loss));
      s.tally.disputes += select(dispute, F(1), F(0));
      w.note(dispute, Event::dispute, i.opportunity[place], i.stall[place], i.understanding[place],
             trust, unit);
    }
    const I age = I(w.t) - i.started[place];
    const F indicator = leading_indicator(w, s, place);
    i.indicator[place] = select(develops & (age == I(26)), indicator, i.indicator[place]);
    w.note(develops & (age == I(26)), Event::early_indicator, i.opportunity[place], indicator);
    // Early warning: where the indicator is low, people sit down once a month.
    const M monthly = develops & ((age & I(3)) == I(3)) & (indicator < F(0.5)) & (scorecard > F(0));
    i.fidelity[place] = select(
        monthly,
        fma(w.p.effect_scorecard_warning * scorecard, F(1) - i.fidelity[place], i.fidelity[place]),
        i.fidelity[place]);
    // A pilot in limbo: the hazard grows with the weeks since it ended.
    const M limbo = develops & ~off(w, Mechanism::last_mile) & (i.pilot[place] != I(0));
    if (any(limbo)) {
      const F since = convert<F>(I(w.t) - i.pilot[place]) * F(1.0 / 26);
      s.tally.limbo_weeks += select(limbo, F(1), F(0));
      const M dies = limbo & comes_true<L>(words.word[2],
                                           w.p.last_mile_limbo * (F(1) - s.sponsorship) * since);
      if (any(dies)) {
        s.tally.limbo += select(dies, F(1), F(0));
        w.note(dies, Event::lost_in_limbo, i.opportunity[place], I(w.t) - i.pilot[place],
               s.sponsorship);
        end_initiative(w, s, place, dies, Cause::last_mile);
      }
    }
    const M impatient = i.developing(place) & ~off(w, Mechanism::last_mile) &
                        (convert<F>(age) > w.p.people_patience) &
                        comes_true<L>(words.word[3], w.p.people_impatience);
    if (any(impatient)) {
      s.tally.gave_up += select(impatient, F(1), F(0));
      w.note(impatient, Event::given_up, i.opportunity[place], age, w.p.people_patience);
      end_initiative(w, s, place, impatient, Cause::abandoned);
    }
  });
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
