#pragma once

// S8 and S9: gates, council, proposals, portfolio, budget, strategy.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct GovernanceParams {
  F gates_noise, gates_sunk_cost, council_literacy, gates_framing, gates_data, gates_build,
      gates_pilot, gates_framing_evidence, gates_data_evidence, gates_build_evidence,
      gates_pilot_evidence, gates_false_value, gates_mum, council_cadence, council_slots,
      gates_ignorance, proposals_optimism, proposals_noise, proposals_hype, portfolio_wip,
      portfolio_starts, portfolio_explore, portfolio_fit, portfolio_cadence, portfolio_reserve,
      portfolio_cost_noise, budget_yearly, budget_least, budget_most, strategy_churn,
      money_discount_rate, money_ebit, rival_share, rival_lag;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&GovernanceParams::gates_noise,
          Parameter{"gates.noise", "", 0.7, 0, 3, Grade::judgement, "judgement",
                    "noise of a gate's judgement (log value)"});
    visit(&GovernanceParams::gates_sunk_cost,
          Parameter{"gates.sunk_cost", "", 0.36, 0, 2, Grade::judgement, "judgement",
                    "weight of what was spent"});
    visit(&GovernanceParams::council_literacy,
          Parameter{"council.literacy", "", 0.11, 0, 1, Grade::judgement, "judgement",
                    "AI literacy of the council"});
    visit(&GovernanceParams::gates_framing,
          Parameter{"gates.framing", "", 0.18, -20, 20, Grade::judgement,
                    "fitted to stage survival", "least log value over cost at the framing gate"});
    visit(&GovernanceParams::gates_data,
          Parameter{"gates.data", "", 1.1, -20, 20, Grade::judgement, "fitted to stage survival",
                    "the same at the data gate"});
    visit(&GovernanceParams::gates_build,
          Parameter{"gates.build", "", 1.8, -20, 20, Grade::judgement, "fitted to stage survival",
                    "the same at the build gate"});
    visit(&GovernanceParams::gates_pilot,
          Parameter{"gates.pilot", "", 2.2, -20, 20, Grade::judgement, "fitted to stage survival",
                    "the same at the scale-up gate"});
    visit(&GovernanceParams::gates_framing_evidence,
          Parameter{"gates.framing_evidence", "", 0.06, 0, 1, Grade::judgement, "judgement",
                    "weight of truth against promise at the framing gate"});
    visit(&GovernanceParams::gates_data_evidence,
          Parameter{"gates.data_evidence", "", 0.35, 0, 1, Grade::judgement, "judgement",
                    "the same at the data gate"});
    visit(&GovernanceParams::gates_build_evidence,
          Parameter{"gates.build_evidence", "", 0.32, 0, 1, Grade::judgement, "judgement",
                    "the same at the build gate"});
    visit(&GovernanceParams::gates_pilot_evidence,
          Parameter{"gates.pilot_evidence", "", 0.7, 0, 1, Grade::judgement, "judgement",
                    "the same at the scale-up gate"});
    visit(&GovernanceParams::gates_false_value,
          Parameter{"gates.false_value", "", 0.045, 0.0001, 1, Grade::judgement, "judgement",
                    "apparent value of a false hypothesis once looked at, as a share"});
    visit(&GovernanceParams::gates_mum,
          Parameter{"gates.mum", "", 0.16, 0, 1, Grade::claim, "mum effect (Keil and others)",
                    "share of evidence that fear keeps from the council"});
    visit(&GovernanceParams::council_cadence,
          Parameter{"council.cadence", "week", 4.3, 1, 52, Grade::judgement, "judgement",
                    "weeks between two meetings"});
    visit(&GovernanceParams::council_slots,
          Parameter{"council.slots", "initiative", 9, 0, 1000, Grade::judgement, "judgement",
                    "initiatives that a meeting looks at"});
    visit(&GovernanceParams::gates_ignorance,
          Parameter{"gates.ignorance", "", 0.55, 0.05, 1, Grade::judgement, "judgement",
                    "chance of success that is assumed where nothing is known"});
    visit(&GovernanceParams::proposals_optimism,
          Parameter{"proposals.optimism", "", 0.11, -1, 1.5, Grade::claim, "planning fallacy",
                    "optimism of estimates (log)"});
    visit(&GovernanceParams::proposals_noise,
          Parameter{"proposals.noise", "", 0.45, 0, 2, Grade::claim,
                    ".4-1; Kohavi: prioritising poor", "noise of estimates (log)"});
    visit(&GovernanceParams::proposals_hype,
          Parameter{"proposals.hype", "", 0.42, 0, 3, Grade::judgement, "judgement",
                    "weight of novelty in an estimate (log)"});
    visit(&GovernanceParams::portfolio_wip,
          Parameter{"portfolio.wip", "initiative", 16, 0, 1000, Grade::claim,
                    "BCG 2025: leaders pursue fewer", "initiatives in development at once"});
    visit(&GovernanceParams::portfolio_starts,
          Parameter{"portfolio.starts", "initiative", 6, 0, 16, Grade::judgement, "judgement",
                    "starts at one funding round"});
    visit(&GovernanceParams::portfolio_explore,
          Parameter{"portfolio.explore", "", 0.31, 0, 1, Grade::judgement, "judgement",
                    "share of starts that are chosen at random"});
    visit(&GovernanceParams::portfolio_fit,
          Parameter{"portfolio.fit", "", 0.77, 0, 5, Grade::judgement, "judgement",
                    "weight of strategic priority in the ranking (log)"});
    visit(&GovernanceParams::portfolio_cadence,
          Parameter{"portfolio.cadence", "week", 13, 1, 104, Grade::judgement, "judgement",
                    "weeks between two funding rounds"});
    visit(&GovernanceParams::portfolio_reserve,
          Parameter{"portfolio.reserve", "week", 8, 0, 52, Grade::judgement, "judgement",
                    "weeks of bills kept in reserve at a start"});
    visit(&GovernanceParams::portfolio_cost_noise,
          Parameter{"portfolio.cost_noise", "", 0.3, 0, 1.5, Grade::claim, "Flyvbjerg",
                    "noise of the estimated cost (log)"});
    visit(&GovernanceParams::budget_yearly,
          Parameter{"budget.yearly", "M{currency}/year", 15, 0, 1000, Grade::input, "judgement",
                    "budget for AI work before the council's confidence moves it"});
    visit(&GovernanceParams::budget_least,
          Parameter{"budget.least", "", 0.6, 0, 5, Grade::judgement, "judgement",
                    "least yearly budget, as a share", false, 0.4, 0.8});
    visit(&GovernanceParams::budget_most,
          Parameter{"budget.most", "", 1.4, 0, 5, Grade::judgement, "judgement",
                    "largest yearly budget, as a share", false, 1.2, 1.7});
    visit(&GovernanceParams::strategy_churn,
          Parameter{"strategy.churn", "1/week", 0.0098, 0, 1, Grade::judgement, "judgement",
                    "chance a week that the strategic priorities change"});
    visit(&GovernanceParams::money_discount_rate,
          Parameter{"money.discount_rate", "1/year", 0.08, 0, 1, Grade::input, "input",
                    "discount rate"});
    visit(&GovernanceParams::money_ebit,
          Parameter{"money.ebit", "M{currency}/year", 0, 0, 1e6, Grade::input, "input",
                    "earnings of the organization before interest and taxes (0: not given)"});
    visit(&GovernanceParams::rival_share,
          Parameter{"rival.share", "", 0, 0, 1, Grade::input, "input",
                    "share of the same true potential that a rival realises in the end (0: no "
                    "rival is given)"});
    visit(&GovernanceParams::rival_lag,
          Parameter{"rival.lag", "week", 104, 1, 1000, Grade::input, "input",
                    "weeks in which the rival comes to 1 - 1/e of it"});
  }
};

}  // namespace chasm::enterprise
