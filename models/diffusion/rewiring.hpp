#pragma once

// Watts, D. J. & Strogatz, S. H. (1998). Collective dynamics of small-world networks. Nature 393, 440-442.

#include "models/diffusion/ring.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// A tie that finds no new end in so many draws stays where it is (all agents may be neighbours already).
inline constexpr uint32_t most_draws = 64;

// Each tie with chance `rewiring`, first those to nearest neighbours, then to second-nearest...: its far end moves to an
// agent drawn from all that are neither the near end nor already its neighbour.
template <class L, int Stride>
CHASM_FN void rewire(const Address<L>& world, int agents, int degree, float rewiring,
                     Scratch<Stride>& scratch) {
  const int ties = agents * (degree / 2);
  auto& ends = scratch.ends;
  // Every tie is known at its near end i: i, agents + i, 2 agents + i...
  const auto leads_to = [&](int from, uint32_t to) {
    bool yes = false;
    for (int tie = from; tie < ties; tie += agents) yes |= ends[2 * tie + 1] == to;
    return yes;
  };
  const int chosen = choose_ties(world, ties, rewiring, scratch);
  for (int first = 0; first < chosen; first += L::width) {
    typename L::U entities(0u);
    const int here = chosen - first < L::width ? chosen - first : L::width;
    for (int lane = 0; lane < here; ++lane) entities.set(lane, scratch.chosen[first + lane]);
    LaneWords<L> words(world.once(Decision::rewired_end, entities));
    for (int lane = 0; lane < here; ++lane) {
      const auto tie = static_cast<int>(scratch.chosen[first + lane]);
      const int near = tie % agents;
      for (uint32_t draw = 0; draw < most_draws; ++draw) {
        uint32_t far;
        if (!number_below(static_cast<uint32_t>(agents), words.word(lane, draw), far)) continue;
        if (static_cast<int>(far) == near || leads_to(near, far) ||
            leads_to(static_cast<int>(far), static_cast<uint32_t>(near)))
          continue;
        ends[2 * tie + 1] = far;
        break;
      }
    }
  }
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
