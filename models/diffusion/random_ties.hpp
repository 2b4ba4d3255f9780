#pragma once

// Erdos, P. & Renyi, A. (1959) in Gilbert's form: every pair of agents has a tie with the same chance. Drawn as the gaps
// between ties (Batagelj & Brandes 2005, doi:10.1103/PhysRevE.71.036113).

#include "models/diffusion/ring.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// Ties with `degree` neighbours an agent on average; returns how many, or -1 where there are more than `room`.
template <class L, int Stride>
CHASM_FN int random_ties(const Address<L>& world, int agents, int degree, int room,
                         Ends<Stride>& ends) {
  using F = Vec<float, L::width>;
  if (agents < 2) return 0;
  // A gap of g pairs without a tie has chance (1 - p)^g p: the whole part of an exponential of mean 1 / -log(1 - p).
  const F mean(static_cast<float>(-1 / log1p(-static_cast<double>(degree) / (agents - 1))));
  int ties = 0;
  // Pairs in the order (0,1), (0,2), (1,2), (0,3)...: `low` of the pair (low, high), before the next tie.
  int high = 1;
  int64_t low = -1;
  for (int first = 0;; first += L::width) {
    const auto random = world.once(Decision::gap, numbered<L>(first)).block(0);
    Vec<int32_t, L::width> gap[4];
    for (int k = 0; k < 4; ++k) gap[k] = to_int(waiting_time<float>(random.word[k]) * mean);
    for (int lane = 0; lane < L::width; ++lane)
      for (int k = 0; k < 4; ++k) {
        low += 1 + gap[k].get(lane);
        while (low >= high && high < agents) low -= high++;
        if (high >= agents) return ties;
        if (ties == room) return -1;
        ends[2 * ties] = static_cast<uint32_t>(low);
        ends[2 * ties + 1] = static_cast<uint32_t>(high);
        ++ties;
      }
  }
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
