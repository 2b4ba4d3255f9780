#pragma once

// The life of an initiative: it starts, enters stages, ends.

#include "models/enterprise/data.hpp"
#include "models/enterprise/opportunities.hpp"
#include "models/enterprise/understanding.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Everything drawn about an initiative, by the place of its word; the first five are the work of its stages.
struct InitiativeWord {
  enum : uint32_t { work, swan = 5, required, sites, users, bought };
};

template <class W>
CHASM_OP typename W::U initiative_word(const W& w, typename W::U opportunity, uint32_t which) {
  return about(w, Decision::initiative, opportunity).block(which / 4).word[which % 4];
}

template <class W, class L>
CHASM_OP typename L::F safety(const W& w, const State<L>& s) {
  using F = typename L::F;
  return fma(w.p.effect_safety_psi * s.at(Lever::safety), F(1) - w.p.culture_safety,
             w.p.culture_safety);
}

template <class W, class L>
CHASM_OP typename L::F council_literacy(const W& w, const State<L>& s) {
  return min(fma(w.p.effect_literacy_council, s.at(Lever::literacy), w.p.council_literacy),
             typename L::F(1));
}

template <class L>
CHASM_OP typename L::M is_priority(const State<L>& s, Facts<typename L::U> facts) {
  using U = typename L::U;
  return ((s.priorities >> facts.cls()) & U(1u)) != U(0u);
}

// Legacy complexity that is left once systems are connected.
template <class W, class L>
CHASM_OP typename L::F legacy_left(const W& w, const State<L>& s, int place) {
  using F = typename L::F;
  using U = typename L::U;
  const F legacy = gather(s.units.legacy, Facts<U>{s.initiatives.facts[place]}.unit());
  return legacy * (F(1) - w.p.effect_connectors_legacy * s.at(Lever::connectors));
}

// Factor on the work of integration: legacy, delivery tooling, and whether it was planned.
template <class W, class L>
CHASM_OP typename L::F integration(const W& w, const State<L>& s, int place) {
  using F = typename L::F;
  const F unplanned = F(1) - w.p.effect_roadmap_late * s.at(Lever::roadmap);
  const F factor = fma(w.p.last_mile_legacy_work, legacy_left(w, s, place), F(1)) *
                   (F(1) - w.p.effect_mlops_deploy * s.at(Lever::mlops)) *
                   fma(w.p.last_mile_late_plan - F(1), unplanned, F(1));
  return unless_off(w, Mechanism::last_mile, factor, F(1));
}

// The same as it is thought to be of a unit of ordinary legacy.
template <class W, class L>
CHASM_OP typename L::F usual_integration(const W& w, const State<L>& s) {
  using F = typename L::F;
  const F unplanned = F(1) - w.p.effect_roadmap_late * s.at(Lever::roadmap);
  return fma(F(0.6), w.p.last_mile_legacy_work, F(1)) *
         fma(w.p.last_mile_late_plan - F(1), unplanned, F(1));
}

// What fidelity and understanding let through in use.
template <class L>
CHASM_OP typename L::F understood(const State<L>& s, int place) {
  using F = typename L::F;
  return pow(s.initiatives.fidelity[place], F(0.7)) *
         fma(F(0.4), s.initiatives.understanding[place], F(0.6));
}

// Work of one further site [week of a team].
template <class W, class L>
CHASM_FN typename L::F work_of_a_site(const W& w, const State<L>& s, int place) {
  using F = typename L::F;
  return s.initiatives.nominal[place] * w.p.last_mile_site_effort *
         fma(w.p.last_mile_site_legacy, legacy_left(w, s, place), F(1)) *
         (F(1) - w.p.effect_decisions_sites * s.at(Lever::decisions));
}

// Median work of a stage [week of a team].
template <class W, class L>
CHASM_OP typename L::F usual_work(const W& w, const State<L>&, int stage) {
  switch (static_cast<Stage>(stage)) {
    case Stage::framing:
      return w.p.work_framing;
    case Stage::data:
      return w.p.work_data;
    case Stage::build:
      return w.p.work_build;
    case Stage::pilot:
      return w.p.work_pilot;
    default:
      return w.p.work_deployment;
  }
}

template <class W, class L>
CHASM_OP typename L::M is_black_swan(const W& w, const State<L>&, typename L::U opportunity) {
  return comes_true<L>(initiative_word(w, opportunity, InitiativeWord::swan), w.p.work_black_swan);
}

// Work of a stage as drawn for this initiative: lognormal; builds and integrations of black swans take longer (Flyvbjerg &
// Budzier 2011), builds of complex solutions and of some kinds too.
template <class W, class L>
CHASM_FN typename L::F drawn_work(const W& w, const State<L>& s, int place, int stage) {
  using F = typename L::F;
  using U = typename L::U;
  const auto& i = s.initiatives;
  const Facts<U> facts{i.facts[place]};
  F work = usual_work(w, s, stage) *
           exp(w.p.work_spread * normal<L>(initiative_word(w, i.opportunity[place],
                                                           static_cast<uint32_t>(stage - 1))));
  if (stage == static_cast<int>(Stage::data)) work *= of_kind(w.p.kind_data_work, facts.kind());
  if (stage == static_cast<int>(Stage::build)) {
    work *= of_kind(w.p.kind_build_work, facts.kind()) * sqrt(i.complexity[place]);
  }
  if (stage == static_cast<int>(Stage::build) || stage == static_cast<int>(Stage::deployment)) {
    work *= select(is_black_swan(w, s, i.opportunity[place]), w.p.work_black_swan_work, F(1));
  }
  return work;
}

// Held up by the council, data, a release window or a dispute.
template <class L>
CHASM_OP typename L::M is_waiting(const State<L>& s, int place) {
  using I = typename L::I;
  using U = typename L::U;
  const auto& i = s.initiatives;
  return i.developing(place) & ((i.waits[place] > I(0)) | (i.stall[place] > I(0)) |
                                ((i.flags[place] & U(waits_for_data)) != U(0u)));
}

template <class W, class L>
CHASM_FN void leave_stage(W& w, State<L>& s, int place, typename L::M who) {
  using I = typename L::I;
  auto& i = s.initiatives;
  const auto durations = w.totals(TotalOf::weeks_in_stage);
  if (durations.kept())
    durations.add(who, Wide<L::width>(1), i.stage[place] - I(1), (I(w.t) - i.entered[place]) >> 2);
  w.note(who, Event::stage_left, i.opportunity[place], i.stage[place], I(w.t) - i.entered[place]);
  i.entered[place] = select(who, I(w.t), i.entered[place]);
}

// Work of a stage of work is at hand (the same in all lanes of `who`).
template <class W, class L>
CHASM_FN void take_up_stage(W& w, State<L>& s, int place, int stage, typename L::M who) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  auto& i = s.initiatives;
  i.entered[place] = select(who, I(w.t), i.entered[place]);
  i.stage[place] = select(who, I(stage), i.stage[place]);
  i.attempts[place] = select(who, i.attempts[place] & I(~15), i.attempts[place]);
  i.flags[place] = select(who, i.flags[place] & U(~(reworks | rebuilds)), i.flags[place]);
  F work = drawn_work(w, s, place, stage);
  switch (static_cast<Stage>(stage)) {
    case Stage::data: {
      // Data that were all prepared before save work.
      auto prepared = who;
      for (int k = 0; k < needs_most; ++k) {
        const U asset = needed_asset<L>(i.needs[place], k);
        const auto real = asset != U(1023u);
        prepared &=
            ~real |
            ((gather(s.assets.flags, select(real, asset, U(0u))) & U(was_prepared)) != U(0u));
      }
      const F used = fma(w.p.effect_knowledge_reuse, s.at(Lever::knowledge), F(0.3));
      work *= F(1) - select(prepared, w.p.work_prepared_data_saving * used, F(0));
      break;
    }
    case Stage::pilot: {
      i.flags[place] = select(who, i.flags[place] | U(was_piloted), i.flags[place]);
      const auto risky = Facts<U>{i.facts[place]}.has(is_high_risk);
      work += select(risky, w.p.effect_responsible_review_delay * s.at(Lever::responsible_review),
                     F(0));
      break;
    }
    case Stage::deployment:
      i.nominal[place] = select(who, work, i.nominal[place]);
      work *= integration(w, s, place);
      break;
    default:
      break;
  }
  i.left[place] = select(who, work, i.left[place]);
  if constexpr (L::traced)
    w.note(who, Event::stage_entered, i.opportunity[place], i.stage[place], work,
           i.understanding[place], i.fidelity[place],
           F(1) - gather(s.units.untranslated, Facts<U>{i.facts[place]}.unit()),
           i.readiness[place]);
}

template <class W, class L>
CHASM_FN void begin_stage(W& w, State<L>& s, int place, int stage, typename L::M who) {
  using F = typename L::F;
  if (stage > 1) leave_stage(w, s, place, who);
  if (stage == static_cast<int>(Stage::pilot)) s.tally.pilots += select(who, F(1), F(0));
  take_up_stage(w, s, place, stage, who);
  auto& flags = s.initiatives.flags[place];
  if (stage == static_cast<int>(Stage::data))
    flags = select(who, flags | typename L::U(asks_for_data), flags);
}

// Enters an initiative that has ended, or is still there at the end of the world, into the cohorts of the stylised facts.
// Run-rate: what was earned in weeks 53 to 104 of use, nothing for weeks after a withdrawal. Initiatives that ran before week 1
// are in none: those of them that ended are not known.
template <class W, class L>
CHASM_FN void enter_cohorts(W& w, State<L>& s, int place, typename L::M who, bool ended) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  using U = typename L::U;
  auto& i = s.initiatives;
  auto& tally = s.tally;
  const auto count = [](M m) { return select(m, F(1), F(0)); };
  const I started = i.started[place], live = i.live[place];
  const M in_use = who & (live != I(0));
  const M in_time = in_use & (live - started <= I(156));
  const M ours = who & (started > I(0));
  const M early = ours & (started <= I(w.steps - 156));
  const Facts<U> is{i.facts[place]};
  const M is_ai = is.kind() <= U(static_cast<unsigned>(Kind::generative));
  tally.cohort += count(early & is_ai);
  tally.cohort_live += count(early & is_ai & in_time);
  const M piloted =
      ours & ((i.flags[place] & U(was_piloted)) != U(0u)) & (started <= I(w.steps - 104));
  tally.pilot_cohort += count(piloted);
  tally.pilot_cohort_live += count(piloted & in_use);
  const F weeks = ended ? F(52) : max(i.earned_weeks[place], F(1));
  const F rate = i.earned[place] / weeks;
  const M observed = ended ? (live + I(52) < I(w.steps)) : (i.earned_weeks[place] > F(0));
  const M told = early & ((in_use & observed) | (ended ? who & ~in_use : M(false)));
  tally.ended += count(told);
  tally.fell_short += count(told & ~(in_use & (rate >= i.charter[place] * F(0.5))));
  const M survived = told & in_use;
  tally.run_rate += select(survived, rate, F(0));
  tally.run_rate_promised += select(survived, i.charter[place], F(0));
  const M all = early & (~in_use | told);
  tally.all_run_rate += select(survived, rate, F(0));
  tally.all_promised += select(all, i.charter[place], F(0));
  tally.spent_on_nothing += select(who & ~(in_use & is.has(is_true)), i.spent[place], F(0));
  using Money = Wide<L::width>;
  const auto facts = w.totals(TotalOf::facts);
  facts.add(early & is_ai & ~in_time, Money(1), 0, 0);
  facts.add(early & is_ai, Money(1), 0, 1);
  facts.add(piloted & in_use, Money(1), 1, 0);
  facts.add(piloted, Money(1), 1, 1);
  facts.add(told & ~(in_use & (rate >= i.charter[place] * F(0.5))), Money(1), 3, 0);
  facts.add(told, Money(1), 3, 1);
  const auto promises = w.totals(TotalOf::promises);
  if (promises.kept()) {
    promises.add(survived, many_cents(rate), 0);
    promises.add(survived, many_cents(i.charter[place]), 1);
    promises.add(all, many_cents(i.charter[place]), 2);
  }
  const auto run_rates = w.totals(TotalOf::run_rates);
  if (run_rates.kept()) {
    const F octaves = log(max(rate, F(1))) * F(1.4426950408889634) - F(run_rate_first);
    run_rates.add(survived, Money(1), to_int(floor(octaves * F(run_rate_steps))) + I(1));
  }
  const auto warning = w.totals(TotalOf::early_warning);
  if (warning.kept()) {
    const M warned = early & (i.indicator[place] >= F(0));
    const I cell = to_int(i.indicator[place] * F(warning_cells));
    warning.add(warned, Wide<L::width>(1), cell, select(in_time, I(1), I(0)));
  }
}

// Ends initiatives; their place is free again.
template <class W, class L>
CHASM_FN void end_initiative(W& w, State<L>& s, int place, typename L::M who, Cause cause) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  auto& i = s.initiatives;
  enter_cohorts(w, s, place, who, true);
  leave_stage(w, s, place, who & i.developing(place));
  if constexpr (L::traced)
    w.note(who, Event::ends, i.opportunity[place], static_cast<int>(cause), i.stage[place],
           I(w.t) - i.started[place], i.spent[place], gather(s.ledger.run, i.opportunity[place]),
           i.charter[place]);
  move_each(w, s, i.opportunity[place], who, Status::ended, cause);
  i.stage[place] = select(who, I(0), i.stage[place]);
  i.flags[place] = select(who, U(0u), i.flags[place]);
  each_column([&](auto& column) { column[place] = select(who, I(0), column[place]); }, i.waits,
              i.stall, i.pause, i.live, i.sites_live, i.active[0], i.active[1]);
  // Failures teach, more where it is safe to speak of them and where somebody writes it down.
  const F learns =
      fma(F(0.8), safety(w, s), F(0.2)) * (F(1) + w.p.effect_safety_lessons * s.at(Lever::safety) +
                                           w.p.effect_knowledge_lessons * s.at(Lever::knowledge));
  s.lessons += select(who, learns, F(0));
}

// Logarithm of a value against that of the median opportunity.
template <class W, class L>
CHASM_OP typename L::F relative_size(const W& w, const State<L>&, typename L::U value) {
  using F = typename L::F;
  return log(as_real<F>(value) / (w.p.opportunity_value * F(1e8 / 52)));
}

template <class W, class L>
CHASM_FN typename L::F complexity(const W& w, const State<L>&, typename L::U opportunity,
                                  typename L::F size) {
  using F = typename L::F;
  const F luck = normal<L>(opportunity_word(w, opportunity, OpportunityWord::complexity));
  return exp(fma(w.p.work_complexity_spread, luck, w.p.work_complexity_by_value * size));
}

// What is to be made of an opportunity: a product is bought for what would be complex, where somebody looks.
template <class W, class L>
CHASM_FN Facts<typename L::U> made_of(const W& w, const State<L>& s, typename L::U opportunity) {
  using F = typename L::F;
  using U = typename L::U;
  const Facts<U> is{gather(s.opportunities.facts, opportunity)};
  const F size = relative_size(w, s, gather(s.opportunities.value, opportunity));
  const auto looks = comes_true<L>(initiative_word(w, opportunity, InitiativeWord::bought),
                                   w.p.effect_feasibility_buy * s.at(Lever::feasibility));
  const auto buys = looks & (is.kind() != U(static_cast<unsigned>(Kind::reporting))) &
                    (complexity(w, s, opportunity, size) > F(1.3));
  const U bought = (is.bits & U(~3u)) | U(static_cast<unsigned>(Kind::bought));
  return {select(buys, bought, is.bits)};
}

// Everything about an initiative of a team that is not a matter of its stage.
template <class W, class L>
CHASM_FN void set_up_initiative(W& w, State<L>& s, int place, typename L::M who,
                                typename L::U opportunity, Facts<typename L::U> is,
                                typename L::U team, typename L::F promise, typename L::F estimate) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  auto& i = s.initiatives;
  const U safe = select(who, opportunity, U(0u));
  const auto set = [&](auto& column, auto value) {
    column[place] = select(who, value, column[place]);
  };
  const U value = gather(s.opportunities.value, safe);
  const F size = relative_size(w, s, value);
  U needs(0u);
  const U many = uniform_below<L>(opportunity_word(w, safe, OpportunityWord::need_count),
                                  U(static_cast<unsigned>(needs_most)));
  for (int k = 0; k < needs_most; ++k) {
    const U asset = uniform_below<L>(
        opportunity_word(w, safe, OpportunityWord::need + static_cast<uint32_t>(k)),
        U(static_cast<unsigned>(w.shape.assets)));
    needs |= select(U(static_cast<unsigned>(k)) <= many, asset, U(1023u)) << (10 * k);
  }
  set(i.opportunity, opportunity);
  set(i.value, value);
  set(i.facts, is.bits);
  set(i.needs, needs);
  set(i.team, bits_as<I>(team));
  set(i.started, I(w.t));
  set(i.complexity, complexity(w, s, safe, size));
  set(i.dear, select(is_black_swan(w, s, safe), w.p.work_black_swan_cost, F(1)));
  set(i.required, uniform_between<L>(initiative_word(w, safe, InitiativeWord::required),
                                     w.p.technical_required_low, w.p.technical_required_high) *
                      of_kind(w.p.kind_required, is.kind()));
  const F sites = floor(w.p.last_mile_sites + w.p.last_mile_sites_by_value * size +
                        F(2) * uniform<L>(initiative_word(w, safe, InitiativeWord::sites)));
  set(i.sites, to_int(clamp(sites, F(1), F(12))));
  const F users = w.p.adoption_users *
                  exp(fma(F(0.7), normal<L>(initiative_word(w, safe, InitiativeWord::users)),
                          w.p.adoption_users_by_value * size));
  const F people = clamp(users, F(4), F(20000));
  set(i.users[0], to_int(round(people * F(0.6))));
  set(i.users[1], to_int(round(people * F(0.4))));
  const Beliefs<L> code{gather(s.groups.held, select(who, team, U(0u))),
                        gather(s.groups.positive, select(who, team, U(0u)))};
  const F known = convert<F>(score<L>(code, s.business_reality)) / F(w.shape.dimensions);
  const F start = w.p.translation_start * of_kind(w.p.kind_start, is.kind()) +
                  w.p.translation_start_of_knowledge * max(known, F(0)) +
                  w.p.effect_framing_start * s.at(Lever::framing);
  set(i.fidelity, unless_off(w, Mechanism::misunderstanding, clamp(start, F(0), F(0.98)), F(1)));
  set(i.promise, promise);
  set(i.charter, promise);
  set(i.estimate, estimate);
  set(i.indicator, F(-1));
  each_column([&](auto& column) { set(column, F(0)); }, i.effort, i.quality, i.loss, i.spent,
              i.earned, i.earned_weeks, i.site_work);
  each_column([&](auto& column) { set(column, I(0)); }, i.waits, i.stall, i.pause, i.live, i.pilot,
              i.attempts, i.sites_live, i.active[0], i.active[1]);
  set(i.flags, U(0u));
  set(i.readiness, data_readiness(w, s, place));
  set(i.understanding, shared_understanding(w, s, place));
}

// An opportunity becomes an initiative of a team.
template <class W, class L>
CHASM_FN void start_initiative(W& w, State<L>& s, int place, typename L::M who,
                               typename L::U opportunity, typename L::U team, typename L::F promise,
                               typename L::F estimate) {
  using F = typename L::F;
  using U = typename L::U;
  move_each(w, s, opportunity, who, Status::started, Cause::lead_time);
  set_up_initiative(w, s, place, who, opportunity, made_of(w, s, select(who, opportunity, U(0u))),
                    team, promise, estimate);
  s.tally.started += select(who, F(1), F(0));
  begin_stage(w, s, place, static_cast<int>(Stage::framing), who);
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
