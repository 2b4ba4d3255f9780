#pragma once

// The initial state, and the open system: turnover of individuals and turbulence of reality (March 1991, pp. 78-80).

#include "models/march1991/state.hpp"

namespace chasm::march1991 {
inline namespace CHASM_ISA {

// Reality: each dimension -1 or +1 alike. Beliefs: uniform over -1, 0, +1. The code knows nothing.
template <class W, class L>
CHASM_FN void begin(W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  s.dimensions = U(w.shape.dimensions == 32 ? ~0u : (1u << w.shape.dimensions) - 1u);
  s.reality = w.draws.once(Decision::reality, U(0u)).word() & s.dimensions;
  s.code = {U(0u), U(0u)};
  each(w.shape.individuals, [&](int i) {
    auto words = w.draws.once(Decision::belief, U(static_cast<unsigned>(i)));
    one_of_three_each<L>(words, s.dimensions, s.held[i], s.positive[i]);
  });
  for (int empty = w.shape.individuals; empty < s.seats(w.shape); ++empty)
    s.held[empty] = s.positive[empty] = U(0u);
  s.still[0] = F(1) - w.p.code_learning;
  for (int k = 1; k < 12; ++k) s.still[k] = s.still[k - 1] * s.still[k - 1];
  s.changed_at = U(0u);
  s.open = (w.p.turnover > F(0)) | (w.p.turbulence > F(0));
  s.settled = typename L::M(false);
}

// Each individual leaves with chance p3; the successor's beliefs are fresh.
template <class W, class L>
CHASM_FN void turnover(W& w, State<L>& s) {
  using U = typename L::U;
  if (!any(w.p.turnover > typename L::F(0))) return;
  const auto chance = threshold(w.p.turnover);
  each(w.shape.individuals, [&](int i) {
    auto words = w.draws.at(Decision::turnover, w.t, U(static_cast<unsigned>(i)));
    const auto leaves = happens<L>(words, chance);
    if (!any(leaves)) return;
    U held, positive;
    one_of_three_each<L>(words, s.dimensions & as_bits(leaves), held, positive);
    s.held[i] = select(leaves, held, s.held[i]);
    s.positive[i] = select(leaves, positive, s.positive[i]);
  });
}

// Each dimension of reality flips with chance p4.
template <class W, class L>
CHASM_FN void turbulence(W& w, State<L>& s) {
  auto words = w.draws.at(Decision::turbulence, w.t, typename L::U(0u));
  s.reality ^= happens_each<L>(words, threshold(w.p.turbulence), s.dimensions);
}

}  // namespace CHASM_ISA
}  // namespace chasm::march1991
