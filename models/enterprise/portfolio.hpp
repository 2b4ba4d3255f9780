#pragma once

// Initiatives that an organization brings along are there in week 1, in their stage. What its table does not say of them is
// drawn as for any other initiative, given what it says: the promise, and that they have come so far. Their past is made
// up for in one go, with the people, teams and practices of today.

#include "models/enterprise/adoption.hpp"
#include "models/enterprise/effort.hpp"
#include "models/enterprise/funding.hpp"
#include "models/enterprise/operation.hpp"
#include "models/enterprise/work.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// True value given the promise [cents a week]: proposals turned round. Values are lognormal about the median of their kind, and
// promises add optimism, hype and noise, so the likeliest value lies between the sober promise and that median (Bayes).
template <class W, class L>
CHASM_FN typename L::F value_behind(const W& w, const State<L>& s, typename L::U opportunity,
                                    Facts<typename L::U> facts, typename L::F promise) {
  using F = typename L::F;
  const Bias<F> bias = bias_of_proposal(w, s, opportunity, facts);
  const F spread = w.p.opportunity_spread * w.p.opportunity_spread, noise = bias.noise * bias.noise;
  const F sober = log(promise) - bias.optimism - bias.hype + F(0.5) * noise;
  const F median =
      log(max(w.p.opportunity_value * of_kind(w.p.kind_value, facts.kind()) * F(1e8 / 52), F(1)));
  const F weight = spread / max(spread + noise, F(0x1p-20));
  const F luck = normal<L>(opportunity_word(w, opportunity, OpportunityWord::value));
  return exp(fma(weight, sober - median, median) + sqrt(weight * noise) * luck);
}

// Row `row` becomes opportunity and initiative `row`; whether its hypothesis is true is not known yet.
template <class W, class L>
CHASM_FN void bring_along(W& w, State<L>& s, int row) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  using U = typename L::U;
  const PortfolioRow& is = w.shared.portfolio[row];
  const M all(true);
  const U number(static_cast<unsigned>(row));
  const auto flag = [&](uint32_t word, F chance, unsigned bit) {
    return as_bits(comes_true<L>(opportunity_word(w, number, word), chance)) & U(bit);
  };
  const Facts<U> facts =
      Facts<U>{U(static_cast<unsigned>(is.kind | is.cls << 2 | is.unit << 5)) |
               flag(OpportunityWord::real_time, w.p.data_real_time, is_real_time) |
               flag(OpportunityWord::risk, w.p.incidents_high_risk, is_high_risk)}
          .with(Status::started);
  const F value = value_behind(w, s, number, facts, F(is.promise));
  auto& o = s.opportunities;
  o.value[row] = kept_value(w, max(value, F(1)));
  o.facts[row] = facts.bits;
  o.threshold[row] = o.score[row] = F(0);
  s.believed_weekly += Wide<L::width>::from(o.value[row]);
  const F cost = propose(w, s, number, o.value[row], facts).cost;
  set_up_initiative(w, s, row, all, number, facts, U(static_cast<unsigned>(is.team)), F(is.promise),
                    exp(cost));
  auto& i = s.initiatives;
  i.stage[row] = I(is.stage);
  if (is.users >= 0) {
    const int first = (3 * is.users + 2) / 5;
    i.users[0][row] = I(first);
    i.users[1][row] = I(is.users - first);
  }
}

// The requirement as it is known after that much work in a stage.
template <class W, class L>
CHASM_FN void understand_requirement(const W& w, State<L>& s, int place, int stage,
                                     typename L::F work) {
  using F = typename L::F;
  F& fidelity = s.initiatives.fidelity[place];
  const F missing = (F(1) - fidelity) * exp(-fidelity_gain(w, s, place, stage, F(1), F(1)) * work);
  fidelity = unless_off(
      w, Mechanism::misunderstanding,
      min(of_kind(w.p.kind_fidelity_cap, Facts<typename L::U>{s.initiatives.facts[place]}.kind()),
          F(1) - missing),
      F(1));
}

// Work done in a week of that stage [week of a team].
template <class W, class L>
CHASM_OP typename L::F progress(const W& w, const State<L>& s, int place, int stage) {
  using F = typename L::F;
  const F met = unless_off(w, Mechanism::effort, effort_met(s.task, stage), F(1));
  const F pace = gather(s.groups.pace, bits_as<typename L::U>(s.initiatives.team[place]));
  return max(pace * fma(F(0.5), met, F(0.5)), F(0.1));
}

// A stage that lies behind it; gives the weeks that it took.
template <class W, class L>
CHASM_FN typename L::F look_back(W& w, State<L>& s, int place, int stage) {
  using F = typename L::F;
  using M = typename L::M;
  using U = typename L::U;
  auto& i = s.initiatives;
  const M all(true);
  const F work = drawn_work(w, s, place, stage);
  understand_requirement(w, s, place, stage, work);
  i.fidelity[place] = unless_off(w, Mechanism::misunderstanding,
                                 i.fidelity[place] * (F(1) - handoff_loss(w, s, place)), F(1));
  if (stage == static_cast<int>(Stage::data)) note_prepared(s, place, all);
  if (stage == static_cast<int>(Stage::build)) {
    // The build has passed its test.
    i.effort[place] = work * s.task[0];
    improve(w, s, place, all);
    const F least = i.required[place] /
                    max(data_quality(w, s, place) * quality_of_context(w, s, place), F(0.01));
    i.quality[place] = max(i.quality[place], min(least, F(1)));
  }
  add_at(s.groups.experience, bits_as<U>(i.team[place]), all, F(1));
  return work / progress(w, s, place, stage);
}

// The stage that it is in: weeks that a table gives at the pace of its team, else some part of the work; a tenth is left at least.
template <class W, class L>
CHASM_FN typename L::F take_up(W& w, State<L>& s, int place, const PortfolioRow& is) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  auto& i = s.initiatives;
  const M all(true);
  take_up_stage(w, s, place, is.stage, all);
  const F pace = progress(w, s, place, is.stage);
  const auto words = about(w, Decision::portfolio, i.opportunity[place]).block(0);
  const F weeks = is.weeks_in_stage >= 0 ? F(is.weeks_in_stage)
                                         : floor(uniform<L>(words.word[0]) * i.left[place] / pace);
  const F done = min(weeks * pace, F(0.9) * i.left[place]);
  i.left[place] -= done;
  i.entered[place] = I(0) - to_int(weeks);
  understand_requirement(w, s, place, is.stage, done);
  if (is.stage == static_cast<int>(Stage::data)) {
    request_data(w, s, place, all);
    for (auto& ticket : i.ticket)
      ticket[place] = max(ticket[place] - w.p.data_service * weeks, F(0));
  }
  if (is.stage == static_cast<int>(Stage::build)) {
    i.effort[place] = done * s.task[0];
    improve(w, s, place, all);
  }
  if (is.stage == static_cast<int>(Stage::deployment))
    i.pilot[place] = I(0) - to_int(max(weeks, F(1)));
  return weeks;
}

template <class W, class L>
CHASM_FN typename L::F take_into_use(W& w, State<L>& s, int place, const PortfolioRow& is) {
  using F = typename L::F;
  using I = typename L::I;
  auto& i = s.initiatives;
  const auto words = about(w, Decision::portfolio, i.opportunity[place]).block(0);
  const F weeks = is.live_weeks >= 0 ? F(is.live_weeks > 0 ? is.live_weeks : 1)
                                     : floor(F(52) * uniform<L>(words.word[1])) + F(1);
  i.nominal[place] = drawn_work(w, s, place, static_cast<int>(Stage::deployment));
  i.entered[place] = i.live[place] = I(0) - to_int(weeks);
  i.sites_live[place] = unless_off(w, Mechanism::last_mile, I(1), i.sites[place]);
  i.site_work[place] = work_of_a_site(w, s, place);
  return weeks;
}

// Chance that a hypothesis is true, given the gates that it has passed, as the council would judge it there today (Bayes).
template <class W, class L>
CHASM_FN typename L::F chance_of_truth(const W& w, const State<L>& s, int place, int passed) {
  using F = typename L::F;
  using U = typename L::U;
  const Facts<U> facts{s.initiatives.facts[place]};
  const F prior =
      clamp(w.p.hypothesis_true_share * of_kind(w.p.kind_hypothesis, facts.kind()), F(0), F(1));
  F holds = prior, fails = F(1) - prior;
  const F noise = max(gate_noise(w, s), F(0.01));
  for (int gate = 0; gate < passed && gate < gates; ++gate) {
    // The normal distribution by its logistic neighbour.
    const auto passes = [&](Facts<U> as) {
      Merit<F> merit = merit_at_gate(w, s, place, gate, as);
      merit.noise = F(0);
      const F above = merit.sum() - threshold_at(w, s, gate);
      return unless_off(w, Mechanism::gates, logistic(F(1.702) * above / noise), F(1));
    };
    holds *= passes({facts.bits | U(is_true)});
    fails *= passes(facts);
  }
  return select(holds + fails > F(0), holds / max(holds + fails, F(0x1p-100)), prior);
}

// All that lies behind an initiative, and whether its hypothesis is true.
template <class W, class L>
CHASM_FN void catch_up(W& w, State<L>& s, int row) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  const PortfolioRow& is = w.shared.portfolio[row];
  auto& i = s.initiatives;
  i.understanding[row] = shared_understanding(w, s, row);
  F weeks(0);
  for (int stage = 1; stage < is.stage; ++stage) weeks += look_back(w, s, row, stage);
  weeks += is.stage == static_cast<int>(Stage::in_use) ? take_into_use(w, s, row, is)
                                                       : take_up(w, s, row, is);
  if (is.weeks_since_start >= 0) weeks = F(is.weeks_since_start);
  i.started[row] = I(0) - to_int(min(weeks, F(5000)));
  if (is.stage > static_cast<int>(Stage::pilot))
    i.flags[row] = i.flags[row] | U(was_piloted | is_rebased);
  const auto holds = comes_true<L>(opportunity_word(w, i.opportunity[row], OpportunityWord::truth),
                                   chance_of_truth(w, s, row, is.stage - 1));
  const U truth = as_bits(holds) & U(is_true);
  i.facts[row] |= truth;
  U& facts = s.opportunities.facts[row];
  facts = select(
      holds, Facts<U>{facts | truth}.with(U(static_cast<unsigned>(Cause::lead_time))).bits, facts);
  // A false hypothesis stands in the books from the start.
  if (any(~holds)) enter(w, s, ~holds, s.opportunities.value[row], facts);
}

// The weeks in which it has been in use: sites, users, drift that is detected and retrained away as on average.
template <class W, class L>
CHASM_FN void use_so_far(W& w, State<L>& s, int row) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  const PortfolioRow& is = w.shared.portfolio[row];
  auto& i = s.initiatives;
  const auto runs = i.is(row, Stage::in_use) & (i.live[row] <= I(w.t));
  if (!any(runs)) return;
  const auto spreads = runs & (i.sites_live[row] < i.sites[row]);
  if (any(spreads)) roll_out(w, s, row, spreads, gather(s.groups.pace, bits_as<U>(i.team[row])));
  if (is.active_users < 0) {
    const F quality = i.quality[row] * data_quality(w, s, row) * i.fidelity[row];
    for (int population = 0; population < populations; ++population)
      adopt_in(w, s, row, population, runs, quality);
  }
  const F weeks = max(F(1), w.p.drift_detection - w.p.effect_mlops_detection * s.at(Lever::mlops));
  const F rate = w.p.drift_rate * of_kind(w.p.kind_drift, Facts<U>{i.facts[row]}.kind());
  const F grown = fma(rate, F(1) - i.loss[row], i.loss[row]);
  const F kept = F(1) - (F(1) - w.p.drift_after_retraining) / weeks;
  const F loss = select(grown > F(0.05), grown * kept, grown);
  i.loss[row] = select(runs & ~off(w, Mechanism::drift), loss, i.loss[row]);
}

// Users that the table gives, at as many sites as they need.
template <class W, class L>
CHASM_FN void seat_users(const W& w, State<L>& s, int row) {
  using I = typename L::I;
  const int active = w.shared.portfolio[row].active_users;
  if (active < 0) return;
  auto& i = s.initiatives;
  if (w.shared.portfolio[row].users < 0) {
    // At least those who use it.
    const I missing = max(I(active) - i.users[0][row] - i.users[1][row], I(0));
    i.users[0][row] += missing;
  }
  const I first = min(I((3 * active + 2) / 5), i.users[0][row]);
  const I second = min(I(active) - first, i.users[1][row]);
  i.active[1][row] = second;
  i.active[0][row] = I(active) - second;
  const auto crowded =
      (i.active[0][row] > reached(w, s, row, 0)) | (i.active[1][row] > reached(w, s, row, 1));
  i.sites_live[row] = select(crowded, i.sites[row], i.sites_live[row]);
}

template <class W, class L>
CHASM_FN void take_over_portfolio(W& w, State<L>& s) {
  using U = typename L::U;
  const int rows = w.shared.initiatives;
  if (rows == 0) return;
  allocate_effort(w, s);
  s.opportunities_used = s.places_used = rows;
  s.known_opportunities = U(static_cast<unsigned>(rows));
  for (int row = 0; row < rows; ++row) bring_along(w, s, row);
  count_load(w, s);
  set_pace(w, s);
  translate(w, s);
  for (int row = 0; row < rows; ++row) catch_up(w, s, row);
  // Five years back at most.
  int longest = 0;
  for (int row = 0; row < rows; ++row) {
    const PortfolioRow& is = w.shared.portfolio[row];
    if (is.stage != static_cast<int>(Stage::in_use)) continue;
    const int weeks = is.live_weeks < 0 ? 52 : is.live_weeks > 0 ? is.live_weeks : 1;
    if (weeks > longest) longest = weeks;
  }
  for (w.t = longest < 260 ? -longest : -260; w.t < 0; ++w.t)
    for (int row = 0; row < rows; ++row) use_so_far(w, s, row);
  for (int row = 0; row < rows; ++row) seat_users(w, s, row);
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
