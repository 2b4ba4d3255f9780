#pragma once

// Levers at work: what is in place and what is added, paid for before anything else.

#include "models/enterprise/moment.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Pays out of the balance, which never falls below zero.
template <class L>
CHASM_OP void pay(State<L>& s, typename State<L>::W amount) {
  s.balance -= amount;
  s.spending += amount;
  s.week_spending += amount;
}

// A bill of which the balance covers a share: pays that, and gives the share.
template <class W, class L>
CHASM_FN typename L::F pay_what_there_is(const W& w, State<L>& s, Wide<L::width> bill) {
  using F = typename L::F;
  using Money = Wide<L::width>;
  const auto unlimited = off(w, Mechanism::budget) & (bill > s.balance);
  const Money granted = select(unlimited, bill - s.balance, Money(0));
  s.balance += granted;
  s.inflow += granted;
  const auto covered = bill <= s.balance;
  const F share =
      select(covered, F(1), approximate<F>(s.balance) / max(approximate<F>(bill), F(1)));
  pay(s, select(covered, bill, min(times_fraction(bill, fraction(share)), s.balance)));
  return select(bill == Money(0), F(1), share);
}

// One-off cost falls due in the week in which a lever starts (or its strength is raised), yearly cost in every week in which
// it is asked for; both grow with the organization. What the balance does not cover weakens the levers.
template <class W, class L>
CHASM_FN void work_levers(W& w, State<L>& s) {
  using F = typename L::F;
  const F size(static_cast<typename L::Real>(w.shape.people() / 200.0));
  F bill(0), staff(0);
  for (int lever = 0; lever < levers; ++lever) {
    const F asked = w.requested.strength[lever];
    const F more = max(asked - s.requested[lever], F(0));
    bill += w.p.once[lever] * more + w.p.yearly[lever] * asked * F(1.0 / 52);
    staff += w.p.staff[lever] * asked;
    if constexpr (L::traced)
      w.note(asked != s.requested[lever], Event::lever_asked, 0, lever, asked,
             w.p.once[lever] * more * size * F(100000),
             w.p.yearly[lever] * asked * size * F(100000.0 / 52));
    s.requested[lever] = asked;
  }
  // Costs of levers are in thousands.
  const auto due = many_cents(bill * size * F(100000));
  const auto before = s.spending;
  const F paid = pay_what_there_is(w, s, due);
  s.lever_spending += s.spending - before;
  w.note(paid < F(1), Event::levers_short, 0, paid);
  s.staff = min(staff * size / F(w.shape.technical), F(0.9));
  const F culture =
      fma(F(1) - w.p.culture_without_sponsor, s.sponsorship, w.p.culture_without_sponsor);
  for (int lever = 0; lever < levers; ++lever) {
    const F added = w.levers.strength[lever] * paid;
    const F level = w.p.practice[lever] + added;
    const bool counted = static_cast<Lever>(lever) == Lever::translators;
    s.level[lever] = (counted ? level : min(level, F(1))) *
                     (needs_sponsor(static_cast<Lever>(lever)) ? culture : F(1));
  }
  // Teams that form anew lose speed at first: with the weeks of ramp-up behind them, less.
  const F asked = w.requested[Lever::cross_functional];
  const F formed =
      select(asked > F(0), w.levers[Lever::cross_functional] / max(asked, F(0.01)), F(1));
  s.dip = w.p.effect_cross_functional_dip * asked * (F(1) - formed) * (F(1) - formed);
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
