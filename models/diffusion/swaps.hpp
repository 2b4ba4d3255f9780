#pragma once

// Rewiring that leaves every agent its number of ties, as in Centola & Macy 2007: Maslov, S. & Sneppen, K. (2002).
// Specificity and stability in topology of protein networks. Science 296, 910-913, doi:10.1126/science.1065103.

#include "models/diffusion/ring.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// Neighbours of every agent, `degree` each, while ties are swapped.
template <int Stride>
class Neighbours {
 public:
  CHASM_FN Neighbours(Column<uint32_t, Stride> list, int degree) : list_(list), degree_(degree) {}
  CHASM_OP bool has(uint32_t agent, uint32_t neighbour) const {
    bool yes = false;
    for (int k = 0; k < degree_; ++k) yes |= list_[at(agent) + k] == neighbour;
    return yes;
  }
  CHASM_OP void replace(uint32_t agent, uint32_t from, uint32_t to) {
    int k = at(agent);
    while (list_[k] != from) ++k;
    list_[k] = to;
  }

 private:
  CHASM_OP int at(uint32_t agent) const { return static_cast<int>(agent) * degree_; }
  Column<uint32_t, Stride> list_;
  int degree_;
};

// Each tie a-b, with chance `rewiring`, swaps ends with another tie c-d, drawn from all until a-d and c-b are new ties,
// sixteen times at most. `graph` is that of the ring before and of the swapped ring after.
template <class L, int Stride>
CHASM_FN void swap_ties(const Address<L>& world, int agents, int degree, float rewiring,
                        Graph<Stride>& graph, Scratch<Stride>& scratch) {
  constexpr uint32_t most_tries = 16;
  auto& ends = scratch.ends;
  Neighbours<Stride> neighbours(graph.neighbours, degree);
  const int ties = agents * (degree / 2);
  const int chosen = choose_ties(world, ties, rewiring, scratch);
  for (int first = 0; first < chosen; first += L::width) {
    typename L::U entities(0u);
    const int here = chosen - first < L::width ? chosen - first : L::width;
    for (int lane = 0; lane < here; ++lane) entities.set(lane, scratch.chosen[first + lane]);
    LaneWords<L> words(world.once(Decision::swap, entities));
    for (int lane = 0; lane < here; ++lane) {
      const auto tie = static_cast<int>(scratch.chosen[first + lane]);
      for (uint32_t draw = 0; draw < most_tries; ++draw) {
        const uint32_t word = words.word(lane, draw);
        uint32_t number;
        if (!number_below(static_cast<uint32_t>(ties), word, number)) continue;
        const auto other = static_cast<int>(number);
        // The lowest bit says which end of the other tie is c.
        const int turned = static_cast<int>(word & 1u);
        const uint32_t a = ends[2 * tie], b = ends[2 * tie + 1];
        const uint32_t c = ends[2 * other + turned], d = ends[2 * other + 1 - turned];
        if (a == c || a == d || b == c || b == d || neighbours.has(a, d) || neighbours.has(c, b))
          continue;
        neighbours.replace(a, b, d);
        neighbours.replace(b, a, c);
        neighbours.replace(c, d, b);
        neighbours.replace(d, c, a);
        ends[2 * tie + 1] = d;
        ends[2 * other + 1 - turned] = b;
        break;
      }
    }
  }
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
