#pragma once

// The graph of one world, whose address is in every lane: lanes are ties or agents here.

#include "models/diffusion/attachment.hpp"
#include "models/diffusion/random_ties.hpp"
#include "models/diffusion/rewiring.hpp"
#include "models/diffusion/swaps.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// Draws the graph. False where it has more than `room` ties.
template <class L, int Stride>
CHASM_FN bool draw_graph(const Address<L>& world, const Shape& shape, float rewiring, int room,
                         Graph<Stride>& graph, Scratch<Stride>& scratch) {
  auto& ends = scratch.ends;
  int ties = shape.agents * (shape.degree / 2);
  switch (shape.kind) {
    case Kind::erdos_renyi:
      ties = random_ties(world, shape.agents, shape.degree, room, ends);
      if (ties < 0) return false;
      break;
    case Kind::barabasi_albert:
      ties = attach(world, shape.agents, shape.degree / 2, ends);
      break;
    default:
      ring_ties(shape.agents, shape.degree, ends);
  }
  if (shape.kind == Kind::watts_strogatz)
    rewire(world, shape.agents, shape.degree, rewiring, scratch);
  index_neighbours(graph, ends, ties, shape.agents);
  if (shape.kind == Kind::swapped_ring)
    swap_ties(world, shape.agents, shape.degree, rewiring, graph, scratch);
  return true;
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
