#pragma once

// Adoption without a network: Bass's recursion for shares, and a finite population in which everybody meets everybody.

#include "models/diffusion/state.hpp"
#include "sim/binomial.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// Bass's p, raised by the campaign.
template <class W>
CHASM_OP auto innovation(const W& w) {
  return w.p.innovation + w.p.campaign_innovation * w.levers.campaign;
}

// Chance to adopt within the period at that share of adopters: 1 - exp(-(p + q share) dt).
template <class W, class F>
CHASM_OP F chance_to_adopt(const W& w, F share) {
  return -expm1(-((innovation(w) + w.p.imitation * share) * w.p.step_length));
}

// Returns the share of agents who adopt.
template <class W, class L>
CHASM_FN typename L::F adopt_mean_field(const W& w, State<L>& s) {
  using F = typename L::F;
  const F chance = chance_to_adopt(w, s.share.total());
  const F newly = chance * ((F(1) - s.share.value) - s.share.lost);
  s.share.add(newly);
  return newly;
}

template <class W, class L>
CHASM_FN void adopt_well_mixed(const W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  const I agents(w.shape.agents);
  const F chance = chance_to_adopt(w, convert<F>(s.adopters) / F(w.shape.agents));
  s.adopters +=
      binomial<L>(w.draws.at(Decision::adoption, static_cast<uint32_t>(w.t), typename L::U(0u)),
                  agents - s.adopters, chance);
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
