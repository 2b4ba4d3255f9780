#pragma once

// Books of single initiatives, kept by traced worlds alone: nothing of it is compiled for other lanes.

#include "models/enterprise/causes.hpp"
#include "models/enterprise/shape.hpp"
#include "sim/columns.hpp"
#include "sim/vocabulary.hpp"
#include "sim/wide.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

template <class L, bool traced = L::traced>
struct Ledger {
  CHASM_FN Ledger(Arena&, const Shape&) {}
};

template <class L>
struct Ledger<L, true> {
  using F = typename L::F;
  using U = typename L::U;
  using M = typename L::M;
  using Money = Wide<L::width>;
  Column<Money, L::stride> booked[causes];  // [opportunity] cents since its start
  Column<F, L::stride> run;                 // [opportunity] cents spent on use
  Column<U, L::stride> quarters;            // [opportunity] quarters of adoption that were reached

  CHASM_FN Ledger(Arena& arena, const Shape& shape)
      : run(arena.column<L, F>(shape.opportunities)),
        quarters(arena.column<L, U>(shape.opportunities)) {
    for (auto& of_cause : booked) of_cause = arena.column<L, Money>(shape.opportunities);
  }

  CHASM_FN void open(int opportunity) {
    for (auto& of_cause : booked) of_cause[opportunity] = Money(0);
    run[opportunity] = F(0);
    quarters[opportunity] = U(0u);
  }
  CHASM_FN void book(M who, U opportunity, U cause, Money amount) {
    each_lane(who, [&](int lane) {
      Money& at = booked[cause.get(lane)][static_cast<int>(opportunity.get(lane))];
      at.set(lane, at.get(lane) + amount.get(lane));
    });
  }
};

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
