#pragma once

// S4: effort follows what is rewarded and can be measured (Holmstrom & Milgrom 1991, JLEO 7:24-52). Reward for business results
// counts for less the noisier they are measured: b / (1 + r sigma^2).

#include "models/enterprise/moment.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// The effort t that is best for b't - t'Ct/2, C with 1 on its diagonal and g (`substitution`) beside it, where no effort is negative
// and all together take at most the capacity 1. Where tasks S are worked on, t = (b - m) / (1 - g) for a hurdle m that they
// share: g times all effort, or what leaves the effort 1. Every other set of tasks gives a lower hurdle, so the highest is it.
template <class F>
CHASM_FN void divide_effort(const F (&reward)[3], F substitution, F (&task)[3]) {
  const F apart = F(1) - substitution;
  F hurdle(0);
  for (int set = 1; set < 8; ++set) {
    F paid(0);
    int tasks = 0;
    for (int k = 0; k < 3; ++k) {
      if ((set >> k & 1) == 0) continue;
      paid += reward[k];
      ++tasks;
    }
    const F by_substitution = substitution * paid / fma(F(tasks), substitution, apart);
    const F by_capacity = (paid - apart) / F(tasks);
    hurdle = max(hurdle, max(by_substitution, by_capacity));
  }
  for (int k = 0; k < 3; ++k) task[k] = max(reward[k] - hurdle, F(0)) / apart;
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
