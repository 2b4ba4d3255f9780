#pragma once

// S5, S7, S10 and the second half of S3: teams work on initiatives. A stage takes its work; when it is done it may have to be
// done again, in part; then it goes to the council, or live.

#include "models/enterprise/council.hpp"
#include "models/enterprise/insights.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// What teams have on their hands, and what that costs.
template <class W, class L>
CHASM_FN void count_load(W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  auto& i = s.initiatives;
  each(w.shape.teams, [&](int team) { s.groups.load[team] = s.groups.upkeep[team] = F(0); });
  each(w.shape.units, [&](int unit) { s.units.developing[unit] = F(0); });
  const F upkeep = w.p.work_debt * (F(1) - w.p.effect_mlops_debt * s.at(Lever::mlops));
  each_initiative(w, s, [&](int place) {
    const auto develops = i.developing(place), in_use = i.is(place, Stage::in_use);
    if (!any(develops | in_use)) return;
    const auto spreads = in_use & (i.sites_live[place] < i.sites[place]);
    const F load = select(develops, select(is_waiting(s, place), w.p.work_waiting_holds, F(1)),
                          select(spreads, F(0.5), F(0)));
    const U team = bits_as<U>(i.team[place]);
    add_at(s.groups.load, team, develops | in_use, load);
    add_at(s.groups.upkeep, team, in_use, upkeep);
    add_at(s.units.developing, Facts<U>{i.facts[place]}.unit(), develops, F(1));
  });
}

// What an initiative costs this week [cents].
template <class W, class L>
CHASM_FN typename L::F weekly_cost(const W& w, const State<L>& s, int place) {
  using F = typename L::F;
  using U = typename L::U;
  const auto& i = s.initiatives;
  const F team =
      w.p.work_team * w.p.cost_person / max(gather(s.groups.load, bits_as<U>(i.team[place])), F(1));
  const auto dear = i.is(place, Stage::build) | i.is(place, Stage::deployment);
  const F works = select(is_waiting(s, place), w.p.work_waiting_holds, F(1)) *
                  select(dear, i.dear[place], F(1));
  const F users = convert<F>(i.active[0][place] + i.active[1][place]);
  const F runs = fma(w.p.cost_use * of_kind(w.p.kind_use_cost, Facts<U>{i.facts[place]}.kind()),
                     users, w.p.cost_run);
  const F spreads = select(i.sites_live[place] < i.sites[place], F(0.5) * team, F(0));
  return F(100) * select(i.developing(place), team * works, runs + spreads);
}

// Operation is paid before development; what is not paid is not done.
template <class F>
struct Funded {
  F operation, development;
};
template <class W, class L>
CHASM_FN Funded<typename L::F> pay_bills(W& w, State<L>& s) {
  using F = typename L::F;
  using Money = Wide<L::width>;
  auto& i = s.initiatives;
  Money operation(0), development(0);
  each_initiative(w, s, [&](int place) {
    const auto develops = i.developing(place), in_use = i.is(place, Stage::in_use);
    if (!any(develops | in_use)) return;
    const Money bill = many_cents(weekly_cost(w, s, place));
    operation += select(in_use, bill, Money(0));
    development += select(develops, bill, Money(0));
  });
  const auto cash = w.totals(TotalOf::cash_by_month);
  const auto all = typename L::M(true);
  const int now = (w.t - 1) / month;
  const Money start = s.spending;
  const F of_operation = pay_what_there_is(w, s, operation);
  const Money middle = s.spending;
  const F of_development = pay_what_there_is(w, s, development);
  cash.add(all, middle - start, now, 3);
  cash.add(all, s.spending - middle, now, 2);
  w.note((of_operation < F(1)) | (of_development < F(1)), Event::bills_short, 0, of_operation,
         of_development);
  s.tally.funded += of_development;
  s.tally.weeks += F(1);
  return {of_operation, of_development};
}

// Speed of a team on one of its initiatives [weeks of a full team a week]: people at work, less upkeep, levers, coordination
// (Brooks) and switching; experience makes faster (Argote & Epple 1990).
template <class W, class L>
CHASM_FN void set_pace(const W& w, State<L>& s) {
  using F = typename L::F;
  const F exponent = log(w.p.work_progress_ratio) * F(-1.4426950408889634);
  const F everybody = (F(1) - s.staff) * (F(1) - s.dip) *
                      (F(1) - w.p.effect_cross_functional_overhead * s.at(Lever::cross_functional));
  each(w.shape.teams, [&](int team) {
    const F load = s.groups.load[team], people = s.groups.size[team];
    const F at_work =
        s.groups.energy[team] / people * (F(1) - min(s.groups.upkeep[team], F(1))) * everybody;
    const F coordinated = max(F(1) - w.p.work_coordination_loss * (people - F(1)), F(0.1));
    const F switching = max(F(0.3), F(1) - w.p.work_switching * max(load - F(1), F(0)));
    const F learned = pow(F(1) + s.groups.experience[team], exponent);
    const F shared = max(at_work, F(0)) * coordinated * switching * learned / max(load, F(1));
    s.groups.pace[team] = unless_off(w, Mechanism::work, shared, F(1));
  });
}

// How far the effort of people meets the needs of a stage: the sum of minima.
template <class F>
CHASM_FN F effort_met(const F (&task)[3], int stage) {
  constexpr double need[stages][3] = {
      {.2, .3, .5}, {.4, .6, 0}, {.8, .2, 0}, {.3, .5, .2}, {.3, .7, 0}};
  F met(0);
  for (int k = 0; k < 3; ++k) met += min(task[k], F(need[stage - 1][k]));
  return met;
}

template <class W, class L>
CHASM_OP typename L::F gain_of_stage(const W& w, const State<L>&, int stage) {
  switch (static_cast<Stage>(stage)) {
    case Stage::framing:
      return w.p.translation_gain_in_framing;
    case Stage::data:
      return w.p.translation_gain_in_data;
    case Stage::build:
      return w.p.translation_gain_in_build;
    case Stage::pilot:
      return w.p.translation_gain_in_pilot;
    default:
      return w.p.translation_gain_in_deployment;
  }
}

template <class W, class L>
CHASM_FN void go_live(W& w, State<L>& s, int place, typename L::M who) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  auto& i = s.initiatives;
  leave_stage(w, s, place, who);
  i.stage[place] = select(who, I(static_cast<int>(Stage::in_use)), i.stage[place]);
  i.waits[place] = select(who, I(0), i.waits[place]);
  i.live[place] = select(who, I(w.t), i.live[place]);
  i.sites_live[place] =
      select(who, unless_off(w, Mechanism::last_mile, I(1), i.sites[place]), i.sites_live[place]);
  i.site_work[place] = select(who, work_of_a_site(w, s, place), i.site_work[place]);
  s.tally.went_live += select(who, F(1), F(0));
  s.tally.weeks_to_live += select(who, convert<F>(I(w.t) - i.started[place]), F(0));
  w.note(who, Event::goes_live, i.opportunity[place], I(w.t) - i.started[place], i.sites[place],
         i.users[0][place] + i.users[1][place]);
  const F in_use = i.quality[place] * data_quality(w, s, place) * understood(s, place);
  s.tally.short_in_production += select(who & (in_use < i.required[place]), F(1), F(0));
  // A success of both sides.
  const U unit = Facts<U>{i.facts[place]}.unit();
  const F trust = gather(s.units.trust, unit);
  put_at(s.units.trust, unit, who, fma(w.p.friction_trust_gain, F(1) - trust, trust));
}

// How far a build understands what it is for.
template <class W, class L>
CHASM_OP typename L::F quality_of_context(const W& w, const State<L>& s, int place) {
  using F = typename L::F;
  return fma(w.p.technical_context, s.initiatives.understanding[place],
             F(1) - w.p.technical_context);
}

// Share of fidelity that is lost when a stage hands over to the next.
template <class W, class L>
CHASM_OP typename L::F handoff_loss(const W& w, const State<L>& s, int place) {
  using F = typename L::F;
  return w.p.translation_handoff_loss * (F(1) - s.initiatives.understanding[place]) *
         (F(1) - w.p.effect_cross_functional_handoff * s.at(Lever::cross_functional));
}

// The data that an initiative needs have been prepared, for it and for those to come.
template <class L>
CHASM_FN void note_prepared(State<L>& s, int place, typename L::M who) {
  using U = typename L::U;
  for (int k = 0; k < needs_most; ++k) {
    const U asset = needed_asset<L>(s.initiatives.needs[place], k);
    each_lane(who & (asset != U(1023u)), [&](int lane) {
      auto& flags = s.assets.flags[static_cast<int>(asset.get(lane))];
      flags.set(lane, flags.get(lane) | was_prepared);
    });
  }
}

// A stage whose work is done: part of it again where it was misunderstood (VDT: Jin & Levitt 1996), a build again where it falls
// short, else on to the council or to the next release.
template <class W, class L>
CHASM_FN void complete(W& w, State<L>& s, int place, int stage, typename L::M done) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  using U = typename L::U;
  auto& i = s.initiatives;
  const U opportunity = i.opportunity[place];
  const I attempt = i.attempts[place] & I(15);
  const U part = U(static_cast<unsigned>(stage)) | (bits_as<U>(attempt) << 4);
  const auto words = about(w, Decision::rework, opportunity, part).block(0);
  const F hazard = w.p.work_rework * i.complexity[place] * (F(1) - i.fidelity[place]);
  const M again = done & ~off(w, Mechanism::work) & (attempt < I(2)) &
                  comes_true<L>(words.word[0], F(1) - exp(-hazard));
  if (any(again)) {
    const F share = fma(F(0.6), uniform<L>(words.word[1]), F(0.2));
    i.left[place] = select(again, drawn_work(w, s, place, stage) * share, i.left[place]);
    i.attempts[place] = select(again, i.attempts[place] + I(1), i.attempts[place]);
    i.flags[place] = select(again, (i.flags[place] | U(reworks)) & U(~rebuilds), i.flags[place]);
    s.tally.rework += select(again, F(1), F(0));
    w.note(again, Event::done_again, opportunity, stage, i.left[place], i.understanding[place],
           i.fidelity[place]);
  }
  M passes = done & ~again;
  if (stage == static_cast<int>(Stage::build)) {
    const F shown = i.quality[place] * data_quality(w, s, place) * quality_of_context(w, s, place);
    const M falls_short = passes & ~off(w, Mechanism::technical) & (shown < i.required[place]);
    const M tries = falls_short & (i.attempts[place] < I(2 * 16));
    if (any(tries)) {
      i.attempts[place] = select(tries, i.attempts[place] + I(16), i.attempts[place]);
      i.left[place] = select(tries, F(0.5) * drawn_work(w, s, place, stage), i.left[place]);
      i.flags[place] = select(tries, (i.flags[place] | U(rebuilds)) & U(~reworks), i.flags[place]);
      w.note(tries, Event::built_again, opportunity, shown, i.required[place], i.left[place]);
    }
    const M fails = falls_short & ~tries;
    if (any(fails)) {
      s.tally.failed_builds += select(fails, F(1), F(0));
      w.note(fails, Event::build_failed, opportunity, shown, i.required[place]);
      end_initiative(w, s, place, fails, Cause::technical);
    }
    passes &= ~falls_short;
  }
  if (!any(passes)) return;
  w.note(passes, Event::work_done, opportunity, stage, I(w.t) - i.entered[place],
         i.understanding[place], i.fidelity[place], i.quality[place], i.readiness[place]);
  i.fidelity[place] =
      select(passes, i.fidelity[place] * (F(1) - handoff_loss(w, s, place)), i.fidelity[place]);
  i.flags[place] = select(passes, i.flags[place] & U(~(reworks | rebuilds)), i.flags[place]);
  add_at(s.groups.experience, bits_as<U>(i.team[place]), passes, F(1));
  if (stage == static_cast<int>(Stage::data)) note_prepared(s, place, passes);
  if (stage > static_cast<int>(Stage::framing))
    deliver_insight(w, s, place, passes, U(static_cast<unsigned>(stage)));
  const M ungated = passes & off(w, Mechanism::gates);
  if (stage == static_cast<int>(Stage::pilot))
    i.pilot[place] = select(passes, I(w.t), i.pilot[place]);
  if (stage <= gates) {
    if (any(ungated)) pass_gate(w, s, place, stage - 1, ungated);
    passes &= ~ungated;
  }
  i.waits[place] = select(passes, I(1), i.waits[place]);
}

// What a week at that rate teaches of the requirement, of which a share is still missing.
template <class W, class L>
CHASM_FN typename L::F fidelity_gain(const W& w, const State<L>& s, int place, int stage,
                                     typename L::F missing, typename L::F rate) {
  using F = typename L::F;
  return w.p.translation_gain * gain_of_stage(w, s, stage) * fma(F(2), s.task[2], F(0.5)) *
         s.initiatives.understanding[place] * missing / w.p.translation_iteration *
         fma(w.p.effect_joint_reviews_fidelity, s.at(Lever::joint_reviews), F(1)) * rate;
}

// Technical quality follows the technical work.
template <class W, class L>
CHASM_FN void improve(const W& w, State<L>& s, int place, typename L::M who) {
  using F = typename L::F;
  auto& i = s.initiatives;
  const F quality = w.p.technical_limit * (F(1) - exp(-i.effort[place] / w.p.technical_effort));
  i.quality[place] =
      select(who, unless_off(w, Mechanism::technical, max(i.quality[place], quality), F(1)),
             i.quality[place]);
}

// One week of an initiative in a stage.
template <class W, class L>
CHASM_FN void work_on(W& w, State<L>& s, int place, int stage, typename L::M who,
                      typename L::F pace, typename L::F met) {
  using F = typename L::F;
  using U = typename L::U;
  auto& i = s.initiatives;
  const bool reuses =
      stage == static_cast<int>(Stage::data) || stage == static_cast<int>(Stage::deployment);
  const F platform = w.p.effect_platform_maturity * s.at(Lever::platform);
  F rate = pace * fma(F(0.5), met, F(0.5));
  if (reuses) rate /= max(F(1) - w.p.work_reuse_saving * platform, F(0.1));
  const F gain = fidelity_gain(w, s, place, stage, F(1) - i.fidelity[place], min(rate, F(1)));
  i.fidelity[place] = select(who & ~off(w, Mechanism::misunderstanding),
                             min(of_kind(w.p.kind_fidelity_cap, Facts<U>{i.facts[place]}.kind()),
                                 i.fidelity[place] + gain),
                             i.fidelity[place]);
  i.left[place] = select(who, i.left[place] - rate, i.left[place]);
  if (stage == static_cast<int>(Stage::build)) {
    i.effort[place] = select(who, fma(rate, s.task[0], i.effort[place]), i.effort[place]);
    improve(w, s, place, who);
  }
  const auto done = who & (i.left[place] <= F(0));
  if (any(done)) complete(w, s, place, stage, done);
}

// Sites after the first, one after another.
template <class W, class L>
CHASM_FN void roll_out(W& w, State<L>& s, int place, typename L::M who, typename L::F pace) {
  using F = typename L::F;
  using I = typename L::I;
  auto& i = s.initiatives;
  i.site_work[place] = select(who, i.site_work[place] - F(0.5) * pace, i.site_work[place]);
  const auto reached = who & (i.site_work[place] <= F(0));
  if (!any(reached)) return;
  i.sites_live[place] = select(reached, i.sites_live[place] + I(1), i.sites_live[place]);
  i.site_work[place] = select(reached, work_of_a_site(w, s, place), i.site_work[place]);
  w.note(reached, Event::site_reached, i.opportunity[place], i.sites_live[place], i.sites[place]);
}

template <class W, class L>
CHASM_FN void work(W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  using U = typename L::U;
  auto& i = s.initiatives;
  count_load(w, s);
  const Funded<F> funded = pay_bills(w, s);
  set_pace(w, s);
  const F window = max(floor(fma(w.p.last_mile_release,
                                 F(1) - w.p.effect_mlops_release * s.at(Lever::mlops), F(0.5))),
                       F(1));
  const F weeks(w.t);
  const M opens = off(w, Mechanism::last_mile) | (weeks == floor(weeks / window) * window);
  F met[stages + 1];
  for (int stage = 1; stage <= stages; ++stage)
    met[stage] = unless_off(w, Mechanism::effort, effort_met(s.task, stage), F(1));
  each_initiative(w, s, [&](int place) {
    const M develops = i.developing(place), in_use = i.is(place, Stage::in_use);
    if (!any(develops | in_use)) return;
    i.understanding[place] = shared_understanding(w, s, place);
    i.readiness[place] = data_readiness(w, s, place);
    const F pace = gather(s.groups.pace, bits_as<U>(i.team[place]));
    const M spreads = in_use & (i.sites_live[place] < i.sites[place]);
    if (any(spreads)) roll_out(w, s, place, spreads, pace * funded.operation);
    if constexpr (L::traced)
      add_at(s.ledger.run, i.opportunity[place], in_use,
             round(weekly_cost(w, s, place)) * funded.operation);
    if (!any(develops)) return;
    i.fidelity[place] =
        select(develops & ~off(w, Mechanism::misunderstanding),
               i.fidelity[place] * (F(1) - w.p.translation_requirement_drift), i.fidelity[place]);
    const F cost = round(weekly_cost(w, s, place)) * funded.development;
    i.spent[place] = select(develops, i.spent[place] + cost, i.spent[place]);
    s.tally.developed += select(develops, cost, F(0));
    s.tally.off_priority +=
        select(develops & ~is_priority(s, Facts<U>{i.facts[place]}), cost, F(0));
    const M waits = is_waiting(s, place);
    const M waits_on = develops & (i.waits[place] > I(0)) & (i.stall[place] == I(0));
    i.waits[place] = select(waits_on, i.waits[place] + I(1), i.waits[place]);
    const I stage = i.stage[place];
    const M releases = waits_on & opens & (stage > I(gates));
    const M works = develops & ~waits;
    for (int k = 1; k <= stages; ++k) {
      const M here = works & (stage == I(k));
      if (any(here)) work_on(w, s, place, k, here, pace * funded.development, met[k]);
    }
    if (any(releases)) go_live(w, s, place, releases);
  });
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
