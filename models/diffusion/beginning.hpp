#pragma once

// The initial state: graphs, patience and the first adopters.

#include "models/diffusion/contagion.hpp"
#include "models/diffusion/networks.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

template <int Stride, class Number>
CHASM_OP uint32_t highest_degree(const Graph<Stride, Number>& graph, int agents) {
  uint32_t highest = 0;
  for (int i = 0; i < agents; ++i) {
    const uint32_t degree = graph.degree(i);
    highest = degree > highest ? degree : highest;
  }
  return highest;
}

// A graph for each lane's world; a world whose graph does not fit fails, and goes on without ties. Returns the highest degree.
template <class W, class L>
CHASM_FN uint32_t draw_own_graphs(W& w, State<L>& s) {
  using U = typename L::U;
  U ties(0u), neighbours(0u);
  uint32_t highest = 0;
  for (int lane = 0; lane < L::width; ++lane) {
    auto graph = s.own_graph(lane);
    const auto rewiring = static_cast<float>(w.p.rewiring.get(lane));
    const bool fits =
        draw_graph(one_world(w.draws, lane), w.shape, rewiring, w.shared.room, graph, s.scratch);
    if (!fits) ties.set(lane, 1u);
    uint32_t degree = fits ? highest_degree(graph, s.agents) : 0;
    const bool countable = degree <= static_cast<uint32_t>(w.shared.degree_room);
    if (!countable) neighbours.set(lane, 1u);
    if (!fits || !countable) {
      index_neighbours(graph, s.scratch.ends, 0, s.agents);
      degree = 0;
    }
    highest = degree > highest ? degree : highest;
  }
  w.fail(ties != U(0u), Failure::too_many_ties);
  w.fail(neighbours != U(0u), Failure::too_many_neighbours);
  return highest;
}

// Draws so many agents who have not adopted; with Placement::neighbourhood their neighbours adopt with them.
template <class Agents, class W, class L, class Ties>
CHASM_FN void place_seeds(Agents agents, W& w, State<L>& s, const Ties& ties) {
  using I = typename L::I;
  using U = typename L::U;
  I left = to_int(w.p.seeds);
  PhiloxBlock<L::width> random;
  for (uint32_t draw = 0; any(left > I(0)); ++draw) {
    if (draw % 4 == 0) random = w.draws.once(Decision::seed, U(draw / 4)).block(0);
    each_lane(left > I(0), [&](int lane) {
      if (s.adopters.get(lane) == s.agents) {
        left.set(lane, 0);
        return;
      }
      uint32_t number;
      const uint32_t word = random.word[draw % 4].get(lane);
      if (!number_below(static_cast<uint32_t>(s.agents), word, number)) return;
      const auto agent = static_cast<int>(number);
      if (!adopt_in(agents, s, ties, agent, lane)) return;
      left.set(lane, left.get(lane) - 1);
      if (w.shape.placement == Placement::neighbourhood)
        ties.graph(s, lane).each_neighbour(
            agent, [&](int neighbour) { adopt_in(agents, s, ties, neighbour, lane); });
    });
  }
}

// Nobody has adopted. The number of neighbours of an agent is in its exposure, for this once.
template <class Agents, class W, class L>
CHASM_FN void draw_patience(Agents agents, W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  using Real = typename L::Real;
  using N = typename Agents::N;
  const F most(static_cast<Real>(Agents::endless));
  const F meetings = F(1) / (w.p.imitation * w.p.step_length);
  if (w.shape.contagion == Contagion::threshold) {
    const N stands = convert<N>(to_int(min(w.p.threshold - F(1), most)));
    each(s.agents, [&](int i) { agents.patience[i] = stands; });
  } else {
    for (int first = 0; first < s.agents; first += 4) {
      const auto entity = U(static_cast<unsigned>(first / 4));
      const auto random = w.draws.once(Decision::patience, entity).block(0);
      for (int k = 0; k < 4 && first + k < s.agents; ++k) {
        const F neighbours = convert<F>(convert<I>(agents.exposure[first + k]));
        const F patience = waiting_time<Real>(random.word[k]) * (neighbours * meetings);
        agents.patience[first + k] = convert<N>(to_int(min(patience, most)));
      }
    }
  }
  each(s.agents, [&](int i) {
    agents.exposure[i] = N(0);
    s.adopted[i] = 0;
  });
  // Nobody, to fill the last group.
  agents.patience[s.agents] = N(int(Agents::endless));
  agents.exposure[s.agents] = N(0);
  s.adopted[s.agents] = everywhere<L>;
  s.open_groups = (s.agents + Agents::together - 1) / Agents::together;
  each(s.open_groups, [&](int group) { s.open[group] = group; });
  s.closed = 0;
  s.adopters = I(0);
}

template <class W, class L>
CHASM_FN void begin_network(W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  using Real = typename L::Real;
  const uint32_t highest = w.shape.has_own_graphs()
                               ? draw_own_graphs(w, s)
                               : highest_degree(SharedTies(w.shared).graph(s, 0), s.agents);
  s.is_narrow = uint64_t{highest} * static_cast<uint64_t>(w.steps) < 32767;
  s.is_news = true;
  on_network(w, s, [&](auto agents, const auto& ties) {
    using Number = typename decltype(agents)::Number;
    each(s.agents, [&](int i) {
      for (int lane = 0; lane < L::width; ++lane)
        agents.exposure[i].set(lane, static_cast<Number>(ties.graph(s, lane).degree(i)));
    });
    draw_patience(agents, w, s);
    place_seeds(agents, w, s, ties);
  });
  s.until_word = waiting_time<Real>(w.draws.once(Decision::word, U(0u)).block(0).word[0]);
  for (auto& heard : s.words_heard) heard = 0;
  if (w.shape.is_rewired() && w.shape.is_shared)
    w.fail(w.p.rewiring != F(static_cast<Real>(w.shared.rewiring)), Failure::other_rewiring);
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
