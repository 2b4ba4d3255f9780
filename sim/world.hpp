#pragma once

// A tile of worlds while it runs: what the phases of a model are given beside their state.

#include "sim/random.hpp"
#include "sim/totals.hpp"
#include "sim/vocabulary.hpp"

namespace chasm {
inline namespace CHASM_ISA {

template <class Rules, class L>
struct World {
  using F = typename L::F;
  using U = typename L::U;
  using M = typename L::M;

  Address<L> draws;
  typename Rules::template Params<F> p;
  typename Rules::template Levers<F> levers;  // effective strengths at t
  typename Rules::template Levers<F>
      requested;  // strengths asked for at t: all or nothing, without ramp
  const typename Rules::Shape& shape;
  const typename Rules::Shared& shared;
  int t = 0;  // 0 while the initial state is made, then 1..steps
  int steps = 0;
  U failure = U(0u);
  int64_t* total_cells = nullptr;  // Tile::totals
  const TotalPlace* total_places = nullptr;

  // Marks worlds as failed; the first reason stays.
  CHASM_OP void fail(M worlds, typename Rules::Failure reason) {
    failure = select(worlds & (failure == U(0u)), U(static_cast<uint32_t>(reason)), failure);
  }

  // The cells of a total, which is named by its number in the order of Rules::each_total.
  template <class Which>
  CHASM_OP TotalCells<L> totals(Which total) const {
    return TotalCells<L>(total_cells, total_places, static_cast<int>(total));
  }
};

}  // namespace CHASM_ISA
}  // namespace chasm
