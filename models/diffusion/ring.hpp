#pragma once

// The ring lattice, and which of its ties are chosen to be rewired.

#include "models/diffusion/draws.hpp"
#include "models/diffusion/graph.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// What a graph is made with, and left behind when it is done.
template <int Stride = 1>
struct Scratch {
  Ends<Stride> ends;                // [2 ties]
  Column<uint32_t, Stride> chosen;  // [ties], the ties that are rewired, ascending
  Column<uint32_t, Stride> marks;   // [mark_words(ties)], one bit a tie
};

// Word k of entity e decides tie k quarter(ties) + e: so the lanes of one draw are neighbouring bits of `marks`.
CHASM_OP constexpr int quarter(int ties) { return (ties + 127) / 128 * 32; }
CHASM_OP constexpr int mark_words(int ties) { return quarter(ties) / 8; }

// Tie j agents + i goes from agent i to the (j + 1)-th after it.
template <int Stride>
CHASM_FN void ring_ties(int agents, int degree, Ends<Stride>& ends) {
  int at = 0;
  for (int j = 1; j <= degree / 2; ++j)
    for (int i = 0; i < agents; ++i) {
      const int to = i + j;
      ends[at++] = static_cast<uint32_t>(i);
      ends[at++] = static_cast<uint32_t>(to < agents ? to : to - agents);
    }
}

// Chooses each tie with that chance; returns how many.
template <class L, int Stride>
CHASM_FN int choose_ties(const Address<L>& world, int ties, float chance,
                         Scratch<Stride>& scratch) {
  const auto bound = threshold(Vec<float, 1>(chance));
  const typename L::U below(bound.below.v);
  const typename L::M always(bound.always.get(0));
  const int part = quarter(ties);
  for (int word = 0; word < mark_words(ties); ++word) scratch.marks[word] = 0;
  for (int first = 0; first < part; first += L::width) {
    const auto random = world.once(Decision::rewiring, numbered<L>(first)).block(0);
    for (int k = 0; k < 4; ++k) {
      const int bit = k * part + first;
      scratch.marks[bit / 32] |= lane_bits((random.word[k] < below) | always) << (bit % 32);
    }
  }
  int count = 0;
  for (int word = 0; word < mark_words(ties); ++word)
    for (uint32_t rest = scratch.marks[word]; rest != 0; rest &= rest - 1) {
      const int tie = 32 * word + lowest_bit(rest);
      if (tie < ties) scratch.chosen[count++] = static_cast<uint32_t>(tie);
    }
  return count;
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
