#pragma once

// The books of value. What rests (an opportunity that is no initiative) is booked in whole: its weekly value stands in one
// cause until it moves. What runs is booked every week by `value.hpp`.

#include "models/enterprise/moment.hpp"
#include "models/enterprise/totals.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Weeks that are still to come, this one included.
template <class W>
CHASM_OP typename W::U weeks_to_come(const W& w) {
  return typename W::U(static_cast<unsigned>(w.steps - w.t + (w.t == 0 ? 0 : 1)));
}

// Books of classes and units take what rests ahead, and give back what moved on: no pass over them every week.
template <class W, class L>
CHASM_FN void book_ahead(const W& w, typename L::M where, Wide<L::width> amount,
                         Facts<typename L::U> facts, typename L::U cause) {
  using I = typename L::I;
  const auto by_class = w.totals(TotalOf::value_by_class),
             by_unit = w.totals(TotalOf::value_by_unit);
  if (by_class.kept()) by_class.add(where, amount, bits_as<I>(facts.cls()), bits_as<I>(cause));
  if (by_unit.kept()) by_unit.add(where, amount, bits_as<I>(facts.unit()), bits_as<I>(cause));
}

// An opportunity comes to rest with the cause in its facts.
template <class W, class L>
CHASM_FN void enter(W& w, State<L>& s, typename L::M where, typename L::U value,
                    typename L::U facts, bool leaves = false) {
  using U = typename L::U;
  using Money = Wide<L::width>;
  const Facts<U> is{facts};
  const U cause = is.cause();
  for (int c = 0; c <= static_cast<int>(Cause::abandoned); ++c) {
    const auto here = where & (cause == U(static_cast<unsigned>(c)));
    if (!any(here)) continue;
    const Money amount = select(here, Money::from(value), Money(0));
    s.standing[c] = leaves ? s.standing[c] - amount : s.standing[c] + amount;
  }
  const Money ahead = multiply(value, weeks_to_come(w));
  book_ahead<W, L>(w, where, leaves ? Money(0) - ahead : ahead, is, cause);
}

// Status and, for true hypotheses, cause of an opportunity change; false ones stay where they are.
template <class W, class L>
CHASM_FN void move_to(W& w, State<L>& s, int number, typename L::M where, Status status,
                      Cause cause) {
  using U = typename L::U;
  auto& facts = s.opportunities.facts[number];
  const Facts<U> was{facts};
  const auto moves = where & was.has(is_true);
  const U value = s.opportunities.value[number];
  if (any(moves & ~was.is(Status::started)))
    enter(w, s, moves & ~was.is(Status::started), value, facts, true);
  const Facts<U> now = was.with(status);
  facts =
      select(where, select(moves, now.with(U(static_cast<unsigned>(cause))).bits, now.bits), facts);
  if (status != Status::started && any(moves)) enter(w, s, moves, value, facts);
}

// The same for opportunities that differ by lane.
template <class W, class L>
CHASM_FN void move_each(W& w, State<L>& s, typename L::U numbers, typename L::M where,
                        Status status, Cause cause) {
  each_lane(where, [&](int lane) {
    typename L::M one(false);
    one.set(lane, true);
    move_to(w, s, static_cast<int>(numbers.get(lane)), one, status, cause);
  });
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
