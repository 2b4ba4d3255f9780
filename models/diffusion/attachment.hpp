#pragma once

// Barabasi, A.-L. & Albert, R. (1999). Emergence of scaling in random networks. Science 286, 509-512.

#include "models/diffusion/ring.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// The first `links` + 1 agents all know one another; every later one ties itself to `links` different earlier agents,
// each drawn in proportion to the ties it has. Returns the number of ties.
template <class L, int Stride>
CHASM_FN int attach(const Address<L>& world, int agents, int links, Ends<Stride>& ends) {
  int at = 0;  // in ends
  for (int i = 1; i <= links; ++i)
    for (int j = 0; j < i; ++j) {
      ends[at++] = static_cast<uint32_t>(j);
      ends[at++] = static_cast<uint32_t>(i);
    }
  for (int first = links + 1; first < agents; first += L::width) {
    LaneWords<L> words(world.once(Decision::attachment, numbered<L>(first)));
    for (int lane = 0; lane < L::width && first + lane < agents; ++lane) {
      // An agent stands in `ends` once for each of its ties.
      const auto earlier = static_cast<uint32_t>(at);
      const auto has = [&](uint32_t agent) {
        bool yes = false;
        for (int k = static_cast<int>(earlier); k < at; k += 2) yes |= ends[k] == agent;
        return yes;
      };
      int left = links;
      for (uint32_t draw = 0; left > 0; ++draw) {
        uint32_t place;
        if (!number_below(earlier, words.word(lane, draw), place)) continue;
        const uint32_t agent = ends[static_cast<int>(place)];
        if (has(agent)) continue;
        ends[at++] = agent;
        ends[at++] = static_cast<uint32_t>(first + lane);
        --left;
      }
    }
  }
  return at / 2;
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
