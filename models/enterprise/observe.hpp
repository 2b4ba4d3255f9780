#pragma once

// What is seen of a world: a row of the series every week, the metrics at the end.

#include "models/enterprise/metrics.hpp"
#include "models/enterprise/value.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

template <class W, class L>
CHASM_FN void observe_week(const W& w, const State<L>& s, Series<typename L::F>& now) {
  using F = typename L::F;
  using I = typename L::I;
  const auto& i = s.initiatives;
  now.realised_value = approximate<F>(s.week_realised) * F(0.01);
  now.spending = approximate<F>(s.spending) * F(0.01);
  now.net_value = s.cumulative_net * F(0.01);
  now.in_development = now.in_production = F(0);
  I users(0);
  each_initiative(w, s, [&](int place) {
    now.in_development += select(i.developing(place), F(1), F(0));
    now.in_production += select(i.is(place, Stage::in_use), F(1), F(0));
    users += i.active[0][place] + i.active[1][place];
  });
  now.active_users = convert<F>(users);
  const int pairs = w.shape.teams * w.shape.units;
  now.shared_understanding =
      sum<F>(pairs, [&](int pair) { return s.units.understanding[pair]; }) / F(pairs);
  now.confidence = s.confidence;
  now.sponsorship = s.sponsorship;
  now.business_knowledge = s.knowledge;
}

// How initiatives stand when the world ends, and where the value of each one went since its start.
template <class W, class L>
CHASM_FN void tell_ends(const W& w, const State<L>& s) {
  using I = typename L::I;
  using U = typename L::U;
  const auto& i = s.initiatives;
  each_initiative(w, s, [&](int place) {
    w.note(i.stage[place] > I(0), Event::stands, i.opportunity[place], i.stage[place],
           I(w.t) - i.started[place], i.spent[place], gather(s.ledger.run, i.opportunity[place]),
           i.charter[place], i.active[0][place] + i.active[1][place],
           i.users[0][place] + i.users[1][place]);
  });
  each(s.opportunities_used, [&](int number) {
    const Facts<U> is{s.opportunities.facts[number]};
    for (int cause = 0; cause < causes; ++cause) {
      const auto amount = s.ledger.booked[cause][number];
      w.note((is.is(Status::started) | is.is(Status::ended)) & (amount != Wide<L::width>(0)),
             Event::waterfall, number, cause, amount);
    }
  });
}

// Initiatives that are still there enter their cohorts as they are.
template <class W, class L>
CHASM_FN void close_books(W& w, State<L>& s) {
  each_initiative(w, s, [&](int place) {
    const auto here = s.initiatives.stage[place] > typename L::I(0);
    if (any(here)) enter_cohorts(w, s, place, here, false);
  });
  if constexpr (L::traced) tell_ends(w, s);
}

template <class W, class L>
CHASM_FN void observe_end(const W& w, const State<L>& s, Metrics<typename L::F>& m) {
  using F = typename L::F;
  const F absent(typename L::Real(__builtin_nan("")));
  const auto& tally = s.tally;
  const auto ratio = [&](F part, F whole) {
    return select(whole > F(0), part / max(whole, F(0x1p-60)), absent);
  };
  const F potential =
      approximate<F>(s.believed - s.bars[static_cast<int>(Cause::false_hypothesis)]);
  m.net_present_value = s.net_present_value * F(0.01);
  m.realised_value = approximate<F>(s.realised) * F(0.01);
  m.spending = approximate<F>(s.spending) * F(0.01);
  m.lever_spending = approximate<F>(s.lever_spending) * F(0.01);
  m.net_value = (approximate<F>(s.realised) - approximate<F>(s.spending)) * F(0.01);
  m.return_on_investment =
      ratio(approximate<F>(s.realised) - approximate<F>(s.spending), approximate<F>(s.spending));
  m.payback_weeks = select(s.cumulative_net > F(0), s.last_below + F(1), absent);
  m.realised_share = ratio(approximate<F>(s.realised), potential);
  m.net_value_by_ebit =
      ratio((approximate<F>(s.realised) - approximate<F>(s.spending)) * F(52) / F(w.steps),
            w.p.money_ebit * F(1e8));
  m.spent_on_nothing = ratio(tally.spent_on_nothing, approximate<F>(s.spending));
  m.spent_off_priority = ratio(tally.off_priority, tally.developed);
  m.advantage = ratio(approximate<F>(s.realised) - tally.rival, tally.rival);
  m.never_in_production = ratio(tally.cohort - tally.cohort_live, tally.cohort);
  m.pilots_in_production = ratio(tally.pilot_cohort_live, tally.pilot_cohort);
  m.insights_with_benefit = ratio(tally.benefits, tally.insights_told);
  m.fell_short = ratio(tally.fell_short, tally.ended);
  m.kept_promise = ratio(tally.run_rate, tally.run_rate_promised);
  m.kept_promise_all = ratio(tally.all_run_rate, tally.all_promised);
  m.started = tally.started;
  m.pilots = tally.pilots;
  m.went_live = tally.went_live;
  m.weeks_to_production = ratio(tally.weeks_to_live, tally.went_live);
  m.gate_wait =
      ratio(tally.gate_weeks, tally.seen[0] + tally.seen[1] + tally.seen[2] + tally.seen[3]);
  m.stopped_at_framing = ratio(tally.stopped[0], tally.seen[0]);
  m.stopped_at_data = ratio(tally.stopped[1], tally.seen[1]);
  m.stopped_at_build = ratio(tally.stopped[2], tally.seen[2]);
  m.stopped_at_scale_up = ratio(tally.stopped[3], tally.seen[3]);
  m.waiting_share = ratio(tally.wait_weeks, tally.initiative_weeks);
  m.data_wait = ratio(tally.data_weeks, tally.started);
  m.limbo_weeks = ratio(tally.limbo_weeks, tally.pilots);
  m.lost_in_limbo = tally.limbo;
  m.disputes = tally.disputes;
  m.rework = tally.rework;
  m.funded_share = ratio(tally.funded, tally.weeks);
  m.gave_up = tally.gave_up;
  m.withdrawn = tally.withdrawn;
  m.quality_in_use = ratio(tally.quality, tally.in_use_weeks);
  m.data_quality_in_use = ratio(tally.data_quality, tally.in_use_weeks);
  m.drift_in_use = ratio(tally.drift, tally.in_use_weeks);
  m.short_in_production = ratio(tally.short_in_production, tally.went_live);
  m.failed_builds = tally.failed_builds;
  m.incidents = tally.incidents;
  m.retrainings = tally.retrainings;
  m.fidelity_in_use = ratio(tally.fidelity, tally.in_use_weeks);
  m.adoption_in_use = ratio(tally.adoption, tally.in_use_weeks);
  m.shared_understanding = ratio(tally.understanding, tally.initiative_weeks);
  m.business_knowledge = s.knowledge;
  m.reused_data = ratio(tally.reused, tally.needed);
  m.insights = tally.insights;
  m.confidence = s.confidence;
  m.sponsorship = s.sponsorship;
  const F realisation =
      (s.at(Lever::scorecard) + s.at(Lever::change) + s.at(Lever::training)) * F(1.0 / 3);
  m.pyramid = min(min(min(s.at(Lever::sponsorship), s.at(Lever::value_mapping)),
                      min(s.at(Lever::feasibility), s.at(Lever::roadmap))),
                  realisation);
  m.believed_value = s.believed;
  m.realised_by_users = s.realised;
  for (int cause = 0; cause < causes; ++cause) m.waterfall[cause] = s.bars[cause];
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
