#pragma once

#include "models/march1991/tables.hpp"
#include "models/mutual_learning.hpp"
#include "sim/world.hpp"

namespace chasm::march1991 {
inline namespace CHASM_ISA {

template <class L>
struct State {
  using F = typename L::F;
  using U = typename L::U;
  using M = typename L::M;

  U reality;  // bit set: +1, else -1
  Beliefs<L> code;
  Column<U, L::stride> held, positive;  // beliefs, [individual]
  F still[12];   // (1 - p2)^(2^k): chance that 2^k votes leave the code alone
  U changed_at;  // last period in which a belief or the code changed
  M open;        // turnover or turbulence: never at rest
  M settled;     // nothing can change any more
  U dimensions;  // one bit a dimension

  CHASM_FN State(Arena& arena, const Shape& shape, const Shared&)
      : held(arena.column<L, U>(seats(shape))), positive(arena.column<L, U>(seats(shape))) {}

  // Individuals are taken four at a time; the last four may have empty seats, which hold no beliefs.
  CHASM_OP static int seats(const Shape& shape) { return (shape.individuals + 3) / 4 * 4; }

  CHASM_OP Beliefs<L> beliefs(int individual) const {
    return {held[individual], positive[individual]};
  }
};

template <class L>
using March = World<struct Rules, L>;

}  // namespace CHASM_ISA
}  // namespace chasm::march1991
