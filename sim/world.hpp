#pragma once

// A tile of worlds while it runs: what the phases of a model are given beside their state.

#include "sim/random.hpp"
#include "sim/totals.hpp"
#include "sim/vocabulary.hpp"

namespace chasm {
inline namespace CHASM_ISA {

namespace detail {

// The number in the only lane, or a plain number.
template <class T>
CHASM_OP auto alone(T value) {
  if constexpr (requires { value.get(0); })
    return value.get(0);
  else
    return value;
}

}  // namespace detail

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
  void (*listen)(void*, const Note&) = nullptr;  // Tile::note
  void* listener = nullptr;

  // Marks worlds as failed; the first reason stays.
  CHASM_OP void fail(M worlds, typename Rules::Failure reason) {
    failure = select(worlds & (failure == U(0u)), U(static_cast<uint32_t>(reason)), failure);
  }

  // The cells of a total, which is named by its number in the order of Rules::each_total.
  template <class Which>
  CHASM_OP TotalCells<L> totals(Which total) const {
    return TotalCells<L>(total_cells, total_places, static_cast<int>(total));
  }

  // Tells that an event of the model's table happened in those worlds, to which entity, and its values. Compiled in for traced
  // lanes only; what is worked out for a note alone belongs in an `if constexpr (L::traced)`.
  template <class Which, class Entity, class... Values>
  CHASM_OP void note(M worlds, Which event, Entity entity, Values... values) const {
    static_assert(sizeof...(Values) <= Note::most_values);
    if constexpr (L::traced) {
      if (listen == nullptr || !worlds.get(0)) return;
      listen(listener, Note{t,
                            static_cast<unsigned short>(event),
                            static_cast<int>(sizeof...(Values)),
                            static_cast<long>(detail::alone(entity)),
                            {static_cast<double>(detail::alone(values))...}});
    }
  }
};

}  // namespace CHASM_ISA
}  // namespace chasm
