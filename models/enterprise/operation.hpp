#pragma once

// S12 and S16: solutions in use drift and break, are withdrawn, and cause incidents.

#include "models/enterprise/initiative.hpp"
#include "models/enterprise/lever_effects.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// The words of a solution in use, by what they decide.
struct OperationWord {
  enum : uint32_t { abrupt, detection, withdrawal, incident, severity, attribution, insight };
};

template <class W, class L>
CHASM_OP PhiloxBlock<L::width> operation_words(const W& w, const State<L>& s, int place,
                                               uint32_t block) {
  return this_week(w, Decision::operation, s.initiatives.opportunity[place]).block(block);
}

// Loss of value through drift: delta += Gamma (1 - delta) a week, and abrupt failures (patterns of Vela et al. 2022, Scientific
// Reports 12:11654). A loss that is seen is retrained away but for a rest.
template <class W, class L>
CHASM_FN void drift(W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  auto& i = s.initiatives;
  const F weeks = max(F(1), w.p.drift_detection - w.p.effect_mlops_detection * s.at(Lever::mlops));
  each_initiative(w, s, [&](int place) {
    const auto in_use = i.is(place, Stage::in_use);
    if (!any(in_use)) return;
    const auto words = operation_words(w, s, place, 0);
    const U kind = Facts<U>{i.facts[place]}.kind();
    F loss = i.loss[place];
    loss += w.p.drift_rate * of_kind(w.p.kind_drift, kind) * (F(1) - loss);
    const auto breaks =
        comes_true<L>(words.word[OperationWord::abrupt],
                      w.p.drift_abrupt * F(1.0 / 52) * of_kind(w.p.kind_abrupt, kind));
    loss = select(breaks, max(loss, w.p.drift_abrupt_loss), loss);
    w.note(in_use & breaks & ~off(w, Mechanism::drift), Event::breaks, i.opportunity[place], loss);
    const auto seen = in_use & ~off(w, Mechanism::drift) & (loss > F(0.05)) &
                      comes_true<L>(words.word[OperationWord::detection], F(1) / weeks);
    if (any(seen)) {
      w.note(seen, Event::retrained, i.opportunity[place], loss, loss * w.p.drift_after_retraining);
      loss = select(seen, loss * w.p.drift_after_retraining, loss);
      pay_what_there_is(
          w, s, select(seen, many_cents(w.p.drift_retraining_cost * F(100)), Wide<L::width>(0)));
      s.tally.retrainings += select(seen, F(1), F(0));
    }
    i.loss[place] = select(in_use & ~off(w, Mechanism::drift), loss, i.loss[place]);
    const auto leaves = in_use & ~off(w, Mechanism::withdrawal) &
                        comes_true<L>(words.word[OperationWord::withdrawal],
                                      w.p.use_abandonment * F(1.0 / 52) * fma(F(2), loss, F(1)));
    if (any(leaves)) {
      s.tally.withdrawn += select(leaves, F(1), F(0));
      w.note(leaves, Event::withdrawn, i.opportunity[place], loss);
      end_initiative(w, s, place, leaves, Cause::abandoned);
    }
  });
}

// Users of a population lost at once.
template <class L>
CHASM_OP void lose_users(State<L>& s, int place, typename L::M who, typename L::F share) {
  using F = typename L::F;
  for (auto& active : s.initiatives.active)
    active[place] =
        select(who, to_int(floor(convert<F>(active[place]) * (F(1) - share))), active[place]);
}

// Incidents: of heavy-tailed severity; the solution pauses, users leave, also those of other solutions.
template <class W, class L>
CHASM_FN void incidents(W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  auto& i = s.initiatives;
  const F guarded =
      (F(1) - w.p.effect_responsible_review_hazard * s.at(Lever::responsible_review)) *
      (F(1) - w.p.effect_responsible_architecture_hazard * s.at(Lever::responsible_architecture));
  each_initiative(w, s, [&](int place) {
    const auto in_use = i.is(place, Stage::in_use);
    if (!any(in_use)) return;
    const auto paused = in_use & (i.pause[place] > I(0));
    i.pause[place] = select(paused, i.pause[place] - I(1), i.pause[place]);
    const Facts<U> facts{i.facts[place]};
    const F hazard = w.p.incidents_rate * F(1.0 / 52) *
                     select(facts.has(is_high_risk), F(1), w.p.incidents_low_risk) *
                     of_kind(w.p.kind_risk, facts.kind()) * guarded;
    const auto happens_now =
        in_use & ~paused & ~off(w, Mechanism::incidents) &
        comes_true<L>(operation_words(w, s, place, 0).word[OperationWord::incident], hazard);
    if (!any(happens_now)) return;
    const F luck = normal<L>(operation_words(w, s, place, 1).word[OperationWord::severity % 4]);
    const F severity = exp(w.p.incidents_severity_spread * luck) *
                       (F(1) - w.p.effect_responsible_architecture_severity *
                                   s.at(Lever::responsible_architecture));
    i.pause[place] = select(
        happens_now, to_int(min(fma(w.p.incidents_pause, severity, F(1)), F(520))), i.pause[place]);
    pay_what_there_is(
        w, s,
        select(happens_now, many_cents(w.p.incidents_cost * severity * F(100)), Wide<L::width>(0)));
    s.tally.incidents += select(happens_now, F(1), F(0));
    w.note(happens_now, Event::incident, i.opportunity[place], severity, i.pause[place],
           w.p.incidents_cost * severity * F(100));
    const F spills = min(w.p.incidents_spillover * severity, F(0.5));
    each_initiative(w, s, [&](int other) {
      if (other != place) lose_users(s, other, happens_now & i.is(other, Stage::in_use), spills);
    });
    lose_users(s, place, happens_now, min(w.p.incidents_user_loss * severity, F(1)));
  });
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
