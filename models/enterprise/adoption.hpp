#pragma once

// S11: users take a solution up, and give it up. With the usefulness gate open, one population and constants p, q this is
// Bass (1969); tests/published holds it to his curve.

#include "models/enterprise/initiative.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Influence of peers: the share of adopters (Bass), or the chance that at least two of six peers are among them (complex
// contagion, Centola & Macy 2007).
template <class F>
CHASM_OP F influence(F adopted, F complex) {
  const F not_yet = F(1) - adopted;
  const F five = not_yet * not_yet * not_yet * not_yet * not_yet;
  const F two_of_six = F(1) - five * not_yet - F(6) * adopted * five;
  return fma(complex, two_of_six - adopted, adopted);
}

// Hazard of adoption in a week, given p and q a year, and how useful people find it.
template <class F>
CHASM_OP F adoption_hazard(F innovation, F imitation, F peers, F useful) {
  return fma(imitation, peers, innovation) * useful * F(1.0 / 52);
}

// Users that a population has where the solution is live.
template <class W, class L>
CHASM_OP typename L::I reached(const W&, const State<L>& s, int place, int population) {
  using F = typename L::F;
  const auto& i = s.initiatives;
  const F share = convert<F>(i.sites_live[place]) / max(convert<F>(i.sites[place]), F(1));
  return to_int(fma(convert<F>(i.users[population][place]), share, F(0.5)));
}

template <class W, class L>
CHASM_FN void adopt_in(W& w, State<L>& s, int place, int population, typename L::M who,
                       typename L::F in_use_quality) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  auto& i = s.initiatives;
  const I people = reached(w, s, place, population);
  I& active = i.active[population][place];
  const F adopted = select(people > I(0), convert<F>(active) / max(convert<F>(people), F(1)), F(0));
  const F training = s.at(Lever::training), change = s.at(Lever::change);
  const F usefulness =
      w.p.adoption_usefulness_weight * min(in_use_quality / w.p.adoption_full_usefulness, F(1)) +
      w.p.adoption_ease_weight * fma(w.p.effect_training_ease, training, w.p.adoption_ease) +
      w.p.adoption_peer_weight * adopted +
      w.p.adoption_support_weight * (w.p.adoption_support + w.p.effect_training_support * training +
                                     w.p.effect_change_support * change) +
      w.p.effect_responsible_architecture_trust * s.at(Lever::responsible_architecture);
  const F useful = logistic(w.p.adoption_steepness * (usefulness - w.p.adoption_threshold));
  const F innovation = w.p.adoption_innovation * (F(1) + w.p.effect_change_innovation * change +
                                                  w.p.effect_training_innovation * training);
  const F imitation = w.p.adoption_imitation * fma(w.p.effect_training_imitation, training, F(1));
  const U kind = Facts<U>{i.facts[place]}.kind();
  F hazard =
      adoption_hazard(innovation, imitation, influence(adopted, w.p.adoption_complex), useful) *
      of_kind(w.p.kind_adoption, kind);
  if (population == 1) {
    const F reluctant = w.p.adoption_second_group;
    hazard *= fma(w.p.effect_change_resistance * change, max(F(1) - reluctant, F(0)), reluctant);
  }
  const F gives_up = w.p.adoption_disadoption * F(1.0 / 52) *
                     fma(w.p.adoption_drift_disadoption, i.loss[place], F(1));
  const U entity = (i.opportunity[place] << 1) | U(static_cast<unsigned>(population));
  const auto among = [&](I all) { return select(who, max(all, I(0)), I(0)); };
  const I adopt = binomial<L>(this_week(w, Decision::adoption, entity), among(people - active),
                              F(0) - expm1(-hazard));
  const I stop = binomial<L>(this_week(w, Decision::disadoption, entity), among(active),
                             F(0) - expm1(-gives_up));
  active = select(who, unless_off(w, Mechanism::adoption, active + adopt - stop, people), active);
}

// Tells of quarters of the users reached that are passed for the first time.
template <class W, class L>
CHASM_FN void note_adoption(const W& w, State<L>& s, int place) {
  using I = typename L::I;
  using U = typename L::U;
  const auto& i = s.initiatives;
  const int reaches = (reached(w, s, place, 0) + reached(w, s, place, 1)).get(0);
  const int active = (i.active[0][place] + i.active[1][place]).get(0);
  const U opportunity = i.opportunity[place];
  U& told = s.ledger.quarters[static_cast<int>(opportunity.get(0))];
  for (int quarter = 1; quarter <= 3; ++quarter) {
    if (reaches == 0 || 4 * active < quarter * reaches ||
        told.get(0) >= static_cast<unsigned>(quarter))
      continue;
    told = U(static_cast<unsigned>(quarter));
    w.note(typename L::M(true), Event::adoption, opportunity, 0.25 * quarter, I(active),
           I(reaches));
  }
}

template <class W, class L>
CHASM_FN void adopt(W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  auto& i = s.initiatives;
  each_initiative(w, s, [&](int place) {
    const auto runs = i.is(place, Stage::in_use) & (i.pause[place] == I(0));
    if (!any(runs)) return;
    const F quality = i.quality[place] * data_quality(w, s, place) * i.fidelity[place];
    for (int population = 0; population < populations; ++population)
      adopt_in(w, s, place, population, runs, quality);
    if constexpr (L::traced) note_adoption(w, s, place);
  });
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
