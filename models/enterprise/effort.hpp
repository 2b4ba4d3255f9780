#pragma once

// S4: effort follows what is rewarded and can be measured (Holmstrom & Milgrom 1991, JLEO 7:24-52).

#include "models/enterprise/moment.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// t = C^-1 b for cost t'Ct/2, C with 1 on its diagonal and `substitution` beside it; no effort is negative, and together they
// take at most the capacity 1. Reward for business results counts for less the noisier they are measured: b / (1 + r sigma^2).
template <class F>
CHASM_FN void divide_effort(const F (&reward)[3], F substitution, F (&task)[3]) {
  const F shared =
      substitution * (reward[0] + reward[1] + reward[2]) / fma(F(2), substitution, F(1));
  F all(0);
  for (int k = 0; k < 3; ++k) {
    task[k] = max((reward[k] - shared) / (F(1) - substitution), F(0));
    all += task[k];
  }
  const F scale = select(all > F(1), F(1) / max(all, F(1)), F(1));
  for (int k = 0; k < 3; ++k) task[k] *= scale;
}

template <class W, class L>
CHASM_FN void allocate_effort(const W& w, State<L>& s) {
  using F = typename L::F;
  const F incentives = s.at(Lever::incentives), scorecard = s.at(Lever::scorecard);
  const F noise = w.p.measurement_noise * (F(1) - w.p.effect_scorecard_noise * scorecard);
  const F reward[3] = {
      w.p.effort_technical_reward * (F(1) - w.p.effect_incentives_technical * incentives),
      w.p.effort_business_reward * fma(w.p.effect_incentives_business, incentives, F(1)) /
          fma(w.p.effort_risk_aversion * noise, noise, F(1)),
      w.p.effort_bridging_reward +
          w.p.effect_incentives_bridging * incentives * fma(F(0.5), scorecard, F(0.5)) +
          w.p.effect_cross_functional_bridging * s.at(Lever::cross_functional)};
  divide_effort(reward, w.p.effort_substitution, s.task);
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
