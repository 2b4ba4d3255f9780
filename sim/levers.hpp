#pragma once

// A lever's effective strength: it ramps up from its start, and decays from its end.

#include "sim/math.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// strength * (1 - exp(-(t - start)/ramp)) between start and until, then half of what was reached every half_life.
// Before `start` (and for strength 0) exactly 0. t, start, until, ramp and half_life in steps.
template <class F>
CHASM_FN F effective_strength(F strength, F start, F until, F ramp, double half_life, int t) {
  using T = typename F::Element;
  const F now = F(T(t));
  const F active = min(now, until) - start;
  const F reached = strength * (F(T(1)) - exp(-(max(active, F(T(0))) / ramp)));
  const F faded = reached * exp(-(now - until) * F(T(0.6931471805599453 / half_life)));
  const F value = select(now > until, faded, reached);
  return select((active > F(T(0))) & (strength > F(T(0))), value, F(T(0)));
}

}  // namespace CHASM_ISA
}  // namespace chasm
