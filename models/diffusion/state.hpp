#pragma once

#include "models/diffusion/agents.hpp"
#include "models/diffusion/course.hpp"
#include "models/diffusion/ring.hpp"
#include "sim/world.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

template <class L>
struct State {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  static constexpr int stride = L::stride;
  template <class T>
  using AgentsOf = Agents<T, L::width, stride>;

  Course<F> course;
  LongSum<F> share;  // mean field: share of agents who have adopted
  I adopters;        // else: how many

  // Networks
  F until_word;                    // until the next word from outside, in mean waiting times
  uint32_t words_heard[L::width];  // [lane]
  Word<typename L::Real> words[L::width][L::width];  // [lane][word], the next ones
  bool is_narrow;                                    // Agents in 16 bits
  bool is_news;  // an exposure has changed since agents last looked at their neighbours
  int agents, open_groups = 0;
  int closed = 0;                    // agents in `open` who have adopted in every lane
  Column<uint32_t, stride> adopted;  // [agents], bit k: in lane k
  Column<int32_t, stride> open;      // groups in which somebody may adopt yet
  Column<int32_t, stride> touched;   // groups in which somebody adopts in this period
  Column<int32_t, stride> adopting;  // agents who adopt in this period in some lane
  LaneColumns<uint32_t, stride> first, neighbours;  // the graphs, where each world has its own
  Scratch<stride> scratch;

  CHASM_FN State(Arena& arena, const Shape& shape, const Shared& shared) : agents(shape.agents) {
    if (!shape.has_network()) return;
    wide_ = {arena.column<L, I>(agents + 1), arena.column<L, I>(agents + 1),
             arena.column<L, I>(agents + 1)};
    using Narrow = typename AgentsOf<int16_t>::N;
    narrow_ = {arena.as<Narrow>(wide_.patience), arena.as<Narrow>(wide_.exposure),
               arena.as<Narrow>(wide_.adopting_in)};
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
    if constexpr (sizeof(T) == sizeof(int16_t))
      return narrow_;
    else
      return wide_;
  }
  CHASM_OP Graph<stride> own_graph(int lane) const { return {first[lane], neighbours[lane]}; }

 private:
  AgentsOf<int32_t> wide_;
  AgentsOf<int16_t> narrow_;  // in the same memory
};

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
