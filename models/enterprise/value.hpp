#pragma once

// S13: the weekly flow of value, and where the rest of it went. Money is in whole cents; factors are whole numbers of 2^-24, so
// every bar and the realised value re-add to the believed potential exactly.

#include "models/enterprise/adoption.hpp"
#include "models/enterprise/friction.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// What keeps an initiative in development from being in use this week. Integration meets the old systems first; the week in
// which the work of a stage is done is a week of work.
template <class W, class L>
CHASM_FN typename L::U holding_cause(const W&, const State<L>& s, int place) {
  using I = typename L::I;
  using U = typename L::U;
  const auto& i = s.initiatives;
  const U flags = i.flags[place];
  const auto cause = [](Cause c) { return U(static_cast<unsigned>(c)); };
  const auto has = [&](unsigned flag) { return (flags & U(flag)) != U(0u); };
  const auto deploys = i.is(place, Stage::deployment);
  const auto legacy = deploys & (i.left[place] > i.nominal[place]);
  U out = select(legacy, cause(Cause::last_mile), cause(Cause::lead_time));
  out = select(has(rebuilds), cause(Cause::technical), out);
  out = select(has(reworks), cause(Cause::silo), out);
  out = select(i.waits[place] > I(1),
               select(deploys, cause(Cause::last_mile), cause(Cause::gate_wait)), out);
  out = select(has(waits_for_data), cause(Cause::data_wait), out);
  return select(i.stall[place] > I(0), cause(Cause::silo), out);
}

// The week's books: how much each cause took of each initiative's flow.
template <class L>
struct WeekOfValue {
  using Money = Wide<L::width>;
  Money by_cause[causes];
  typename L::F measured = typename L::F(0), promised = typename L::F(0);  // cents
};

// Where the flow of one initiative is booked.
template <class L>
struct Account {
  int place;
  TotalRow<L> by_class, by_unit;
};
template <class W, class L>
CHASM_OP Account<L> account_of(const W& w, const State<L>& s, int place) {
  using I = typename L::I;
  const Facts<typename L::U> facts{s.initiatives.facts[place]};
  return {place, w.totals(TotalOf::value_by_class).row(bits_as<I>(facts.cls())),
          w.totals(TotalOf::value_by_unit).row(bits_as<I>(facts.unit()))};
}

template <class L>
CHASM_FN void book(State<L>& s, WeekOfValue<L>& week, const Account<L>& account, typename L::M who,
                   Cause cause, typename L::U amount) {
  using U = typename L::U;
  const int c = static_cast<int>(cause);
  const U booked = select(who, amount, U(0u));
  week.by_cause[c] += Wide<L::width>::from(booked);
  account.by_class.add(booked, c);
  account.by_unit.add(booked, c);
  if constexpr (L::traced)
    s.ledger.book(who, s.initiatives.opportunity[account.place], U(static_cast<unsigned>(c)),
                  Wide<L::width>::from(amount));
}

// The flow of a solution in use, and what each factor keeps back. Gives the flow by users and benefit, which is accumulated apart
// and must agree with the last bar within one quantum a factor.
template <class W, class L>
CHASM_FN typename L::F flow_in_use(W& w, State<L>& s, WeekOfValue<L>& week,
                                   const Account<L>& account, typename L::M runs) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  using M = typename L::M;
  using Money = Wide<L::width>;
  auto& i = s.initiatives;
  const int place = account.place;
  const M real = runs & Facts<U>{i.facts[place]}.has(is_true);
  const M paused = i.pause[place] > I(0);
  const U value = i.value[place];
  if (any(real & paused)) book(s, week, account, real & paused, Cause::incident, value);
  const M live = real & ~paused;
  const I people = reached(w, s, place, 0) + reached(w, s, place, 1);
  const F all = convert<F>(i.users[0][place] + i.users[1][place]);
  const F active = convert<F>(i.active[0][place] + i.active[1][place]);
  const F embedding = unless_off(w, Mechanism::last_mile,
                                 fma(w.p.effect_decisions_embedding * s.at(Lever::decisions),
                                     F(1) - w.p.decisions_embedding, w.p.decisions_embedding),
                                 F(1));
  const F adopted = select(people > I(0), min(active / max(convert<F>(people), F(1)), F(1)), F(0));
  const F share[factors] = {
      data_quality(w, s, place),
      i.quality[place],
      understood(s, place),
      convert<F>(people) / max(all, F(1)) * embedding,
      adopted,
      F(1) - i.loss[place],
      F(1) - w.p.effect_responsible_architecture_flow * s.at(Lever::responsible_architecture)};
  U left = value;
  for (int k = 0; k < factors; ++k) {
    const U next = times_fraction(left, fraction(share[k]));
    book(s, week, account, live, static_cast<Cause>(first_factor + k), left - next);
    left = next;
  }
  book(s, week, account, live, Cause::realised, left);
  const Money realised = Money::from(left);
  const F benefit = as_real<F>(value) / max(all, F(1)) * share[0] * share[1] * share[2] *
                    embedding * share[5] * share[6];
  const Money by_users = cents(select(live, min(active, convert<F>(people)) * benefit, F(0)));
  s.week_realised += by_users;
  // Each factor rounds down to a whole cent, and floats round by some 2^-24 of the value.
  const Money apart = max(by_users, realised) - min(by_users, realised);
  const Money allowed = cents(as_real<F>(value) * F(32 * 0x1p-24)) + Money(factors + 1);
  w.fail(live & (apart > allowed), Failure::waterfall);
  i.earned[place] =
      select(runs & (I(w.t) - i.live[place] > I(52)) & (I(w.t) - i.live[place] <= I(104)),
             i.earned[place] + approximate<F>(by_users), i.earned[place]);
  i.earned_weeks[place] =
      select(runs & (I(w.t) - i.live[place] > I(52)) & (I(w.t) - i.live[place] <= I(104)),
             i.earned_weeks[place] + F(1), i.earned_weeks[place]);
  auto& tally = s.tally;
  const F one = select(runs, F(1), F(0));
  tally.in_use_weeks += one;
  tally.adoption += one * adopted;
  tally.fidelity += one * i.fidelity[place];
  tally.quality += one * i.quality[place];
  tally.data_quality += one * share[0];
  tally.drift += one * i.loss[place];
  return approximate<F>(by_users);
}

template <class W, class L>
CHASM_FN void book_initiatives(W& w, State<L>& s, WeekOfValue<L>& week) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  using M = typename L::M;
  using Money = Wide<L::width>;
  auto& i = s.initiatives;
  const F tracked = F(1) - w.p.effect_scorecard_attribution * s.at(Lever::scorecard);
  const auto portfolio = w.totals(TotalOf::portfolio_by_month);
  const int now = (w.t - 1) / month;
  each_initiative(w, s, [&](int place) {
    const M develops = i.developing(place), in_use = i.is(place, Stage::in_use);
    if (!any(develops | in_use)) return;
    const Facts<U> facts{i.facts[place]};
    const Account<L> account = account_of(w, s, place);
    const M held = develops & facts.has(is_true);
    if (any(held)) {
      const U cause = holding_cause(w, s, place);
      for (int c = static_cast<int>(Cause::lead_time); c <= static_cast<int>(Cause::last_mile);
           ++c) {
        const M here = held & (cause == U(static_cast<unsigned>(c)));
        if (any(here)) book(s, week, account, here, static_cast<Cause>(c), i.value[place]);
      }
    }
    // The council expects a charter's value once it is due: in use, or a year and a half old.
    const M expected = in_use | (develops & (I(w.t) - i.started[place] > I(78)));
    week.promised += select(expected, i.charter[place], F(0));
    s.tally.understanding += select(develops, i.understanding[place], F(0));
    s.tally.initiative_weeks += select(develops, F(1), F(0));
    s.tally.wait_weeks += select(is_waiting(s, place), F(1), F(0));
    if (portfolio.kept()) {
      portfolio.add(develops | in_use, Money(1), I(now), i.stage[place] - I(1));
      portfolio.add(is_waiting(s, place), Money(1), now, 6);
      portfolio.add(in_use, Money(i.active[0][place] + i.active[1][place]), now, 7);
    }
    if (!any(in_use)) return;
    const F flow = flow_in_use(w, s, week, account, in_use);
    const auto words = operation_words(w, s, place, 1);
    const F noise = w.p.measurement_attribution * tracked *
                    normal<L>(words.word[OperationWord::attribution % 4]);
    week.measured += select(in_use, flow * exp(noise + w.p.measurement_bias * tracked), F(0));
    const M insight = in_use & comes_true<L>(words.word[OperationWord::insight % 4],
                                             w.p.insights_in_use * F(1.0 / 52) *
                                                 of_kind(w.p.kind_insights, facts.kind()));
    if (any(insight))
      deliver_insight(w, s, place, insight, U(static_cast<unsigned>(Stage::in_use)));
  });
}

// The council's confidence follows what is measured against what was promised; sponsorship follows confidence.
template <class W, class L>
CHASM_FN void learn_from_results(W& w, State<L>& s, const WeekOfValue<L>& week) {
  using F = typename L::F;
  const auto due = week.promised > F(0);
  const F result = min(week.measured / max(week.promised, F(1)), F(1.5));
  s.confidence = clamp(
      select(due, fma(w.p.confidence_learning, result - s.confidence, s.confidence), s.confidence),
      F(0), F(1));
  const F toward =
      clamp(w.p.sponsor_base + w.p.effect_sponsorship_sponsor * s.at(Lever::sponsorship) +
                F(0.3) * (s.confidence - F(0.5)),
            F(0), F(1));
  s.sponsorship += (toward - s.sponsorship) / w.p.sponsor_lag;
}

// A traced world's books of single initiatives: what `book` does not see, because it rests.
template <class W, class L>
CHASM_FN void book_what_rests(W&, State<L>& s) {
  using U = typename L::U;
  using Money = Wide<L::width>;
  each(s.opportunities_used, [&](int number) {
    const Facts<U> is{s.opportunities.facts[number]};
    const auto rests = is.is(Status::ended) | (is.is(Status::started) & ~is.has(is_true));
    s.ledger.book(rests, U(static_cast<unsigned>(number)), is.cause(),
                  Money::from(s.opportunities.value[number]));
  });
}

template <class W, class L>
CHASM_FN void account(W& w, State<L>& s) {
  using F = typename L::F;
  using Money = Wide<L::width>;
  WeekOfValue<L> week;
  for (auto& amount : week.by_cause) amount = Money(0);
  s.week_realised = Money(0);
  book_initiatives(w, s, week);
  if constexpr (L::traced) book_what_rests(w, s);
  const auto by_month = w.totals(TotalOf::value_by_month);
  const int now = (w.t - 1) / month;
  const auto all = typename L::M(true);
  for (int c = 0; c < causes; ++c) {
    const Money amount = c <= static_cast<int>(Cause::abandoned) ? week.by_cause[c] + s.standing[c]
                                                                 : week.by_cause[c];
    s.bars[c] += amount;
    by_month.add(all, amount, now, c);
  }
  s.believed += s.believed_weekly;
  s.realised += s.week_realised;
  w.totals(TotalOf::cash_by_month).add(all, s.week_realised, now, 4);
  learn_from_results(w, s, week);
  const F potential =
      approximate<F>(s.believed_weekly - s.standing[static_cast<int>(Cause::false_hypothesis)]);
  s.tally.rival += w.p.rival_share * (F(1) - exp(F(-w.t) / w.p.rival_lag)) * potential;
  const F net = approximate<F>(s.week_realised) - approximate<F>(s.week_spending);
  s.discount *= s.growth;
  s.net_present_value = fma(net, s.discount, s.net_present_value);
  s.cumulative_net += net;
  s.last_below = select(s.cumulative_net < F(0), F(w.t), s.last_below);
  s.week_spending = Money(0);
  // The books must balance every week.
  Money booked(0);
  for (int c = 0; c < causes; ++c) booked += s.bars[c];
  w.fail(booked != s.believed, Failure::waterfall);
  w.fail((s.inflow - s.spending != s.balance) | (s.balance < Money(0)), Failure::budget);
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
