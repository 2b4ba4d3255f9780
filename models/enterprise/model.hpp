#pragma once

// How an enterprise turns AI work into value, in the order of one week.

#include "models/enterprise/council.hpp"
#include "models/enterprise/effort.hpp"
#include "models/enterprise/funding.hpp"
#include "models/enterprise/observe.hpp"
#include "models/enterprise/parameters/parameters.hpp"
#include "models/enterprise/people.hpp"
#include "models/enterprise/portfolio.hpp"
#include "models/enterprise/work.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Realities that agree in a share of their dimensions, naive people, codes that know nothing.
template <class W, class L>
CHASM_FN void found(W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  s.dimensions = U(w.shape.dimensions == 32 ? ~0u : (1u << w.shape.dimensions) - 1u);
  auto words = w.draws.once(Decision::reality, U(0u));
  s.technical_reality = words.word() & s.dimensions;
  const U agrees =
      happens_each<L>(words, Digits<L::width>(threshold(w.p.realities_overlap)), s.dimensions);
  s.business_reality = (s.technical_reality ^ ~agrees) & s.dimensions;
  // Practices that are in place have been so for long.
  const F culture =
      fma(F(1) - w.p.culture_without_sponsor, w.p.sponsor_base, w.p.culture_without_sponsor);
  for (int lever = 0; lever < levers; ++lever)
    s.level[lever] =
        w.p.practice[lever] * (needs_sponsor(static_cast<Lever>(lever)) ? culture : F(1));
  s.staff = s.dip = F(0);
  for (auto& asked : s.requested) asked = F(0);
  s.confidence = w.p.confidence_start;
  s.sponsorship = w.p.sponsor_base;
  each(w.shape.groups(), [&](int group) {
    s.groups.held[group] = s.groups.positive[group] = U(0u);
    for (int post = w.shared.group_first[group]; post < w.shared.group_first[group + 1]; ++post) {
      s.people.held[post] = s.people.positive[post] = U(0u);
      s.people.hires[post] = U(0u);
      s.people.technical[post] = s.people.business[post] = F(0);
      join(w, s, group, post, typename L::M(true));
    }
    take_stock(w, s, group);
    s.groups.size[group] = s.groups.energy[group] = s.groups.filled[group];
  });
  each(w.shape.teams, [&](int team) {
    s.groups.experience[team] = s.groups.load[team] = s.groups.upkeep[team] = F(0);
  });
}

// What a table says, else what was drawn.
template <class F>
CHASM_OP F given_or(const double* column, int row, F drawn) {
  return column != nullptr && column[row] == column[row] ? F(column[row]) : drawn;
}

// Literacy that a table gives is that of whoever holds the post at the start of week 1.
template <class W, class L>
CHASM_FN void introduce(const W& w, State<L>& s) {
  using F = typename L::F;
  if (w.shared.technical_literacy == nullptr && w.shared.business_literacy == nullptr) return;
  each(w.shape.people(), [&](int post) {
    auto& people = s.people;
    people.technical[post] = given_or<F>(w.shared.technical_literacy, post, people.technical[post]);
    people.business[post] = given_or<F>(w.shared.business_literacy, post, people.business[post]);
  });
  each(w.shape.groups(), [&](int group) { take_stock(w, s, group); });
}

template <class W, class L>
CHASM_FN void equip(W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  each(w.shape.units, [&](int unit) {
    auto words = w.draws.once(Decision::legacy, U(static_cast<unsigned>(unit)));
    s.units.legacy[unit] =
        given_or<F>(w.shared.unit_legacy, unit,
                    uniform_between<L>(words.word(), w.p.legacy_low, w.p.legacy_high));
    s.units.trust[unit] = s.units.was_trust[unit] =
        given_or<F>(w.shared.unit_trust, unit, w.p.friction_trust);
    s.units.discovery[unit] = s.units.requested[unit] = s.units.served[unit] =
        s.units.developing[unit] = F(0);
  });
  each(w.shape.assets, [&](int asset) {
    auto words = w.draws.once(Decision::asset, U(static_cast<unsigned>(asset)));
    s.assets.quality[asset] = given_or<F>(
        w.shared.asset_quality, asset,
        clamp(normal<L>(words.word(), w.p.data_quality, w.p.data_quality_spread), F(0.05), F(1)));
    const F guarded = given_or<F>(w.shared.asset_private, asset, w.p.data_privacy);
    s.assets.flags[asset] = as_bits(comes_true<L>(words.word(), guarded)) & U(is_private);
    s.assets.demand[asset] = F(0);
  });
  each(w.shape.opportunities, [&](int number) { s.opportunities.facts[number] = U(0u); });
  if constexpr (L::traced) each(w.shape.opportunities, [&](int number) { s.ledger.open(number); });
  each(w.shape.places, [&](int place) {
    auto& i = s.initiatives;
    i.stage[place] = i.waits[place] = i.stall[place] = i.pause[place] = typename L::I(0);
    i.active[0][place] = i.active[1][place] = typename L::I(0);
    i.flags[place] = i.opportunity[place] = i.facts[place] = U(0u);
    i.needs[place] = ~U(0u);
    i.team[place] = typename L::I(0);
    i.attempts[place] = i.sites[place] = i.sites_live[place] = typename L::I(0);
    i.users[0][place] = i.users[1][place] = i.started[place] = i.live[place] = i.pilot[place] =
        i.entered[place] = typename L::I(0);
    i.value[place] = U(0u);
    each_column([&](auto& column) { column[place] = F(1); }, i.left, i.nominal, i.understanding,
                i.fidelity, i.effort, i.quality, i.required, i.loss, i.readiness, i.complexity,
                i.dear, i.indicator, i.ticket[0], i.ticket[1], i.ticket[2], i.promise, i.charter,
                i.estimate, i.spent, i.site_work, i.earned, i.earned_weeks);
  });
}

template <class W, class L>
CHASM_FN void open_books(W& w, State<L>& s) {
  using F = typename L::F;
  using Money = Wide<L::width>;
  s.balance = s.inflow = s.spending = s.week_spending = s.lever_spending = Money(0);
  for (auto& bar : s.bars) bar = Money(0);
  for (auto& amount : s.standing) amount = Money(0);
  s.believed = s.believed_weekly = s.realised = s.week_realised = Money(0);
  s.yearly_budget = w.p.budget_yearly * F(1e8);
  s.net_present_value = s.cumulative_net = s.last_below = F(0);
  s.growth = pow(F(1) + w.p.money_discount_rate, F(-1.0 / 52));
  s.discount = F(1);
  s.lessons = s.council_clock = s.funding_clock = s.knowledge = F(0);
  s.known_opportunities = typename L::U(0u);
  s.opportunities_used = s.places_used = 0;
  s.tally = {};
}

// A year's budget follows the council's confidence, after the first; a week brings its part.
template <class W, class L>
CHASM_FN void receive_budget(W& w, State<L>& s) {
  using F = typename L::F;
  if ((w.t - 1) % 52 == 0) {
    const F trust =
        w.t == 1
            ? F(1)
            : unless_off(w, Mechanism::budget,
                         clamp(F(0.5) + s.confidence, w.p.budget_least, w.p.budget_most), F(1));
    s.yearly_budget = w.p.budget_yearly * F(1e8) * trust;
    w.note(typename L::M(true), Event::budget, 0, s.yearly_budget, s.confidence, s.sponsorship);
  }
  const auto amount = many_cents(s.yearly_budget * F(1.0 / 52));
  s.balance += amount;
  s.inflow += amount;
  w.totals(TotalOf::cash_by_month).add(typename L::M(true), amount, (w.t - 1) / month, 0);
}

template <class W, class L>
CHASM_FN void take_knowledge(const W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  const I known = sum<I>(w.shape.groups(), [&](int group) {
    return score<L>({s.groups.held[group], s.groups.positive[group]}, s.business_reality);
  });
  s.knowledge = convert<F>(known) / (F(w.shape.dimensions) * F(w.shape.groups()));
}

struct Rules {
  using Shape = enterprise::Shape;
  using Shared = enterprise::Shared;
  using Failure = enterprise::Failure;
  template <class F>
  using Params = enterprise::Params<F>;
  template <class F>
  using Levers = enterprise::Levers<F>;
  template <class F>
  using Metrics = enterprise::Metrics<F>;
  template <class F>
  using Series = enterprise::Series<F>;
  template <class L>
  using State = enterprise::State<L>;

  template <class Visit>
  static constexpr void each_total(const Shape& shape, int steps, Visit&& visit) {
    enterprise::each_total(shape, steps, visit);
  }

  template <class L>
  CHASM_FN static void init(World<Rules, L>& w, State<L>& s) {
    open_books(w, s);
    w.t = -w.shape.burn_in;
    found(w, s);
    equip(w, s);
    meet(w, s);
    for (; w.t < 0; ++w.t) {
      turn_over(w, s);
      turbulence(w, s);
      learn(w, s);
    }
    introduce(w, s);
    turn_strategy(w, s, true);
    understand(w, s, true);
    translate(w, s);
    take_knowledge(w, s);
    take_over_portfolio(w, s);
    arise_many(
        w, s,
        poisson<L>(this_week(w, Decision::arrival, typename L::U(0u)), w.p.opportunity_backlog));
  }

  static constexpr bool has_phases = true;

  template <class L>
  CHASM_FN static void step(World<Rules, L>& w, State<L>& s) {
    phase();
    receive_budget(w, s);
    phase();
    work_levers(w, s);
    phase();
    turn_over(w, s);
    phase();
    turbulence(w, s);
    turn_strategy(w, s, false);
    phase();
    keep_data(w, s);
    phase();
    arise_many(
        w, s,
        poisson<L>(this_week(w, Decision::arrival, typename L::U(0u)), w.p.opportunity_arrivals));
    phase();
    meet(w, s);
    phase();
    learn(w, s);
    phase();
    understand(w, s, false);
    phase();
    translate(w, s);
    phase();
    discover(w, s);
    phase();
    meet_if_due(w, s);
    fund_if_due(w, s);
    phase();
    allocate_effort(w, s);
    phase();
    serve_data(w, s);
    phase();
    work(w, s);
    phase();
    adopt(w, s);
    phase();
    drift(w, s);
    phase();
    incidents(w, s);
    phase();
    quarrel_and_give_up(w, s);
    phase();
    take_knowledge(w, s);
    phase();
    account(w, s);
    if (w.t == w.steps) close_books(w, s);
  }

  template <class L>
  CHASM_FN static typename L::M settled(const World<Rules, L>&, const State<L>&) {
    return typename L::M(false);
  }

  template <class L>
  CHASM_FN static void observe_step(const World<Rules, L>& w, const State<L>& s,
                                    Series<typename L::F>& now) {
    observe_week(w, s, now);
  }

  template <class L>
  CHASM_FN static void observe(const World<Rules, L>& w, const State<L>& s,
                               Metrics<typename L::F>& m) {
    observe_end(w, s, m);
  }
};

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
