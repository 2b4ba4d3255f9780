#pragma once

// An undirected graph as every agent's list of neighbours, and how it is made from a list of ties.

#include <cstdint>

#include "sim/columns.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// Neighbours of agent i: neighbours[first[i]] up to but not including neighbours[first[i + 1]].
template <int Stride = 1, class Number = uint32_t>
struct Graph {
  Column<Number, Stride> first;       // [agents + 1]
  Column<Number, Stride> neighbours;  // [2 ties]

  CHASM_OP uint32_t degree(int agent) const { return first[agent + 1] - first[agent]; }
  template <class Body>
  CHASM_OP void each_neighbour(int agent, Body&& body) const {
    const uint32_t end = first[agent + 1];
    for (uint32_t at = first[agent]; at < end; ++at)
      body(static_cast<int>(neighbours[static_cast<int>(at)]));
  }
};

// The two ends of every tie: 2e and 2e + 1 for tie e.
template <int Stride = 1>
using Ends = Column<uint32_t, Stride>;

// Fills the graph from its ties.
template <int Stride>
CHASM_FN void index_neighbours(Graph<Stride>& graph, const Ends<Stride>& ends, int ties,
                               int agents) {
  for (int i = 0; i <= agents; ++i) graph.first[i] = 0;
  for (int at = 0; at < 2 * ties; ++at) ++graph.first[static_cast<int>(ends[at])];
  uint32_t total = 0;
  for (int i = 0; i <= agents; ++i) {
    total += graph.first[i];
    graph.first[i] = total;
  }
  // first[i] is the end of i's list now; filling it from behind leaves the beginning there.
  for (int tie = 0; tie < ties; ++tie) {
    const uint32_t a = ends[2 * tie], b = ends[2 * tie + 1];
    graph.neighbours[static_cast<int>(--graph.first[static_cast<int>(a)])] = b;
    graph.neighbours[static_cast<int>(--graph.first[static_cast<int>(b)])] = a;
  }
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
