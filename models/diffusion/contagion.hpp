#pragma once

// Adoption on a network. In a period everybody sees the neighbours as they were at its start.
//
// Simple contagion: an agent with k adopters among d neighbours adopts with chance 1 - exp(-(p + q k / d) dt). Its two
// hazards are two independent causes. Words from outside reach agents drawn at random, as a Poisson process. And each
// meeting with an adopter (one neighbour in one period) is a hazard of q dt / d: the agent adopts once they sum to more than
// E, exponential with mean 1 and drawn once, which is once there are more than E d / (q dt) meetings. So the neighbours'
// part of a period is a subtraction of whole numbers, exact and in any order.

#include "models/diffusion/populations.hpp"
#include "models/diffusion/ties.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

template <class L>
inline constexpr uint32_t everywhere = static_cast<uint32_t>((uint64_t{1} << L::width) - 1);

// Leaves out of `open` who has adopted in every lane, once they are an eighth of it.
template <class Agents, class L>
CHASM_FN void close(State<L>& s) {
  if (8 * s.closed < Agents::together * s.open_groups) return;
  int open = 0;
  for (int k = 0; k < s.open_groups; ++k) {
    const int group = s.open[k];
    bool is_open = false;
    for (int i = 0; i < Agents::together; ++i)
      is_open |= s.adopted[Agents::together * group + i] != everywhere<L>;
    s.open[open] = group;
    open += is_open ? 1 : 0;
  }
  s.open_groups = open;
  s.closed = 0;
}

// Adopters among the neighbours.
template <class Agents, class L, class Ties>
CHASM_FN void imitate(Agents agents, Contagion contagion, State<L>& s, const Ties& ties) {
  using N = typename Agents::N;
  using I = typename L::I;
  constexpr int sign = 8 * sizeof(typename Agents::Number) - 1;
  // With the same neighbours as before, nobody's threshold is reached now that was not then.
  if (contagion == Contagion::threshold && !s.is_news) return;
  s.is_news = false;
  auto open = s.open, adopting = s.adopting, touched = s.touched;
  const int open_groups = s.open_groups;
  int groups = 0;
  for (int k = 0; k < open_groups; ++k) {
    const int group = open[k];
    const auto left = agents.left(group);
    if (contagion == Contagion::simple) agents.set_patience(group, left);
    touched[groups] = group;
    groups += negative_bits(left) != 0 ? 1 : 0;
  }
  if (groups == 0) return;
  s.is_news = true;
  const auto left = [&](int agent) {
    return contagion == Contagion::simple ? agents.patience[agent]
                                          : agents.patience[agent] - agents.exposure[agent];
  };
  int count = 0;
  for (int k = 0; k < groups; ++k)
    for (int i = 0; i < Agents::together; ++i) {
      const int agent = touched[k] * Agents::together + i;
      adopting[count] = agent;
      count += negative_bits(left(agent)) != 0 ? 1 : 0;
    }
  I adopters = s.adopters;
  auto adopted = s.adopted;
  int closed = 0;
  for (int k = 0; k < count; ++k) {
    const int agent = adopting[k];
    const N here = left(agent) >> sign;
    agents.patience[agent] = (agents.patience[agent] & ~here) | (N(int(Agents::endless)) & here);
    agents.adopting_in[k] = here;
    adopters -= convert<I>(here);
    adopted[agent] |= negative_bits(here);
    closed += adopted[agent] == everywhere<L> ? 1 : 0;
  }
  s.adopters = adopters;
  s.closed += closed;
  for (int k = 0; k < count; ++k) ties.tell(s, agents, adopting[k], agents.adopting_in[k]);
  close<Agents>(s);
}

// Adopts in one lane, unless it has.
template <class Agents, class L, class Ties>
CHASM_FN bool adopt_in(Agents agents, State<L>& s, const Ties& ties, int agent, int lane) {
  if ((s.adopted[agent] >> lane & 1u) != 0) return false;
  s.adopted[agent] |= 1u << lane;
  s.closed += s.adopted[agent] == everywhere<L> ? 1 : 0;
  s.adopters.set(lane, s.adopters.get(lane) + 1);
  s.is_news = true;
  agents.patience[agent].set(lane, Agents::endless);
  ties.tell_in(s, agents, agent, lane);
  return true;
}

// The next words of one lane's world, numbered from 1. Number 0 reaches nobody: it is the wait for the first.
template <class W, class L>
CHASM_FN void draw_words(const W& w, State<L>& s, int lane) {
  using Real = typename L::Real;
  const auto numbers = numbered<L>(static_cast<int>(s.words_heard[lane]) + 1);
  const Address<L> world = one_world(w.draws, lane);
  LaneWords<L> words(world.once(Decision::word, numbers));
  const auto waits = waiting_time<Real>(words.block(0).word[0]);
  for (int k = 0; k < L::width; ++k) {
    Word<Real>& word = s.words[lane][k];
    word.wait = waits.get(k);
    uint32_t at = 1;
    while (!number_below(static_cast<uint32_t>(s.agents), words.word(k, at), word.agent)) ++at;
  }
}

// Words from outside, to agents drawn with replacement: who has adopted ignores them.
template <class Agents, class W, class L, class Ties>
CHASM_FN void hear(Agents agents, const W& w, State<L>& s, const Ties& ties) {
  using F = typename L::F;
  using Real = typename L::Real;
  s.until_word -= innovation(w) * w.p.step_length * F(s.agents);
  each_lane(s.until_word < F(0), [&](int lane) {
    Real until = s.until_word.get(lane);
    while (until < Real(0) && s.adopters.get(lane) < s.agents) {
      const uint32_t k = s.words_heard[lane] % L::width;
      if (k == 0) draw_words(w, s, lane);
      const Word<Real> word = s.words[lane][k];
      ++s.words_heard[lane];
      until += word.wait;
      adopt_in(agents, s, ties, static_cast<int>(word.agent), lane);
    }
    s.until_word.set(lane, until);
  });
}

template <class Agents, class W, class L, class Ties>
CHASM_FN void spread(Agents agents, const W& w, State<L>& s, const Ties& ties) {
  imitate(agents, w.shape.contagion, s, ties);
  hear(agents, w, s, ties);
}

template <class W, class L, class Body>
CHASM_OP void on_network(const W& w, State<L>& s, Body&& body) {
  const auto with_ties = [&](auto agents) {
    if (w.shape.has_own_graphs())
      body(agents, OwnTies());
    else
      body(agents, SharedTies(w.shared));
  };
  if (s.is_narrow)
    with_ties(s.template as<int16_t>());
  else
    with_ties(s.template as<int32_t>());
}

template <class W, class L>
CHASM_FN void adopt_in_network(const W& w, State<L>& s) {
  on_network(w, s, [&](auto agents, const auto& ties) { spread(agents, w, s, ties); });
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
