#pragma once

#include "models/diffusion/ring.hpp"
#include "sim/world.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// A sum of many small terms, with about twice the digits of F: the second number is what the first has lost.
template <class F>
struct LongSum {
  F value = F(0), lost = F(0);

  CHASM_OP void add(F term) {
    const F sum = value + term;
    const F back = sum - value;
    lost += (value - (sum - back)) + (term - back);
    value = sum;
  }
  CHASM_OP F total() const { return value + lost; }
};

// What is remembered of the way to here. A period of -1 has not come yet.
template <class F>
struct Course {
  F adopted, newly;      // shares of agents: by now, and in this period
  F reached[3];          // periods at whose end 10, 50 and 90 % had adopted
  F peak_period, peak;   // period with the most new adopters, and their share of agents
};

// Agents of a network, in whole numbers of T: 16 bits where they suffice, which is twice as fast as 32.
template <class T, int W, int Stride>
struct Agents {
  using Number = T;
  using N = Vec<T, W>;
  // Neighbouring agents that fill a register.
  static constexpr int together = sizeof(T) == 2 && W > 1 && Stride == 1 ? 2 : 1;
  using Group = Vec<T, W * together>;
  // Cannot be used up: periods times neighbours are fewer.
  static constexpr T endless = static_cast<T>(sizeof(T) == 2 ? 32767 : 2147483647);

  // [agents], simple contagion: how often the agent can still meet an adopter without adopting; it adopts below zero.
  // Threshold contagion: how many adopters it can stand. Endless once adopted.
  Column<N, Stride> patience;
  Column<N, Stride> exposure;     // [agents], neighbours who have adopted
  Column<N, Stride> adopting_in;  // of `adopting`: -1 in the lanes where the agent adopts

  CHASM_OP void expose(int agent, int lane) {
    T* exposures = reinterpret_cast<T*>(&exposure[agent]);
    ++exposures[lane];
  }
  CHASM_OP Group left(int group) const {
    return load(patience, group) - load(exposure, group);
  }
  CHASM_OP static Group load(const Column<N, Stride>& column, int group) {
    return Group::load(reinterpret_cast<const T*>(&column[together * group]));
  }
  CHASM_OP void set_patience(int group, Group left) {
    left.store(reinterpret_cast<T*>(&patience[together * group]));
  }
};

// A word from outside: who hears it, and the wait for the next one in mean waiting times.
template <class Real>
struct Word {
  uint32_t agent;
  Real wait;
};

template <class L>
struct State {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  static constexpr int stride = L::stride;
  template <class T>
  using AgentsOf = Agents<T, L::width, stride>;

  Course<F> course;
  LongSum<F> share;     // mean field: share of agents who have adopted
  I adopters;           // else: how many

  // Networks
  F until_word;                       // until the next word from outside, in mean waiting times
  uint32_t words_heard[L::width];     // from outside, [lane]
  Word<typename L::Real> words[L::width][L::width];  // [lane][word], the next ones
  bool is_narrow;                    // Agents in 16 bits
  bool is_news;                      // somebody's exposure has changed since neighbours were last looked at
  int agents, open_groups = 0;
  int closed = 0;                  // of `open`, how many have adopted in every lane
  Column<uint32_t, stride> adopted;  // [agents], bit k: in lane k
  Column<int32_t, stride> open;      // groups of agents some of whom have not adopted in every lane
  Column<int32_t, stride> touched;   // groups in which somebody adopts
  Column<int32_t, stride> adopting;  // agents who adopt in this period in some lane
  LaneColumns<uint32_t, stride> first, neighbours;  // the graphs, where each world has its own
  Scratch<stride> scratch;

  CHASM_FN State(Arena& arena, const Shape& shape, const Shared& shared) : agents(shape.agents) {
    if (!shape.has_network()) return;
    patience_ = arena.column<L, I>(agents + 1);
    exposure_ = arena.column<L, I>(agents + 1);
    adopting_in_ = arena.column<L, I>(agents + 1);
    adopted = arena.column<L, uint32_t>(agents + 1);
    open = arena.column<L, int32_t>(agents);
    touched = arena.column<L, int32_t>(agents);
    adopting = arena.column<L, int32_t>(agents + 1);
    if (!shape.has_own_graphs()) return;
    first = arena.lane_columns<L, uint32_t>(agents + 1);
    neighbours = arena.lane_columns<L, uint32_t>(2 * shared.room);
    scratch.ends = arena.column<L, uint32_t>(2 * shared.room);
    scratch.chosen = arena.column<L, uint32_t>(shared.room);
    scratch.marks = arena.column<L, uint32_t>(mark_words(shared.room));
  }

  template <class T>
  CHASM_OP AgentsOf<T> as() {
    return {cast<T>(patience_), cast<T>(exposure_), cast<T>(adopting_in_)};
  }
  CHASM_OP Graph<stride> own_graph(int lane) const { return {first[lane], neighbours[lane]}; }

 private:
  template <class T>
  CHASM_OP static Column<Vec<T, L::width>, stride> cast(Column<I, stride>& column) {
    return Column<Vec<T, L::width>, stride>(reinterpret_cast<Vec<T, L::width>*>(&column[0]));
  }
  Column<I, stride> patience_, exposure_, adopting_in_;
};

template <class L>
using Diffusion = World<struct Rules, L>;

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
