#pragma once

// Who hears of an adoption: one graph for all worlds, or a graph for each.

#include "models/diffusion/state.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

class SharedTies {
 public:
  CHASM_FN explicit SharedTies(const Shared& shared)
      : graph_{Column<const uint32_t>(shared.first), Column<const uint32_t>(shared.neighbours)} {}

  // One more adopter for the agent's neighbours, in the lanes where `adopts` is -1.
  template <class Agents, class L>
  CHASM_OP void tell(State<L>&, Agents agents, int agent, typename Agents::N adopts) const {
    graph_.each_neighbour(agent, [&](int neighbour) { agents.exposure[neighbour] -= adopts; });
  }
  // The same in one lane.
  template <class Agents, class L>
  CHASM_OP void tell_in(State<L>&, Agents agents, int agent, int lane) const {
    graph_.each_neighbour(agent, [&](int neighbour) { agents.expose(neighbour, lane); });
  }
  template <class L>
  CHASM_OP const Graph<1, const uint32_t>& graph(const State<L>&, int) const {
    return graph_;
  }

 private:
  Graph<1, const uint32_t> graph_;
};

class OwnTies {
 public:
  template <class Agents, class L>
  CHASM_OP void tell(State<L>& s, Agents agents, int agent, typename Agents::N adopts) const {
    for (uint32_t rest = negative_bits(adopts); rest != 0; rest &= rest - 1)
      tell_in(s, agents, agent, lowest_bit(rest));
  }
  template <class Agents, class L>
  CHASM_OP void tell_in(State<L>& s, Agents agents, int agent, int lane) const {
    s.own_graph(lane).each_neighbour(agent, [&](int neighbour) { agents.expose(neighbour, lane); });
  }
  template <class L>
  CHASM_OP Graph<L::stride> graph(const State<L>& s, int lane) const {
    return s.own_graph(lane);
  }
};

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
