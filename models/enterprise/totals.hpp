#pragma once

// What is summed over the worlds of an arm, exactly.

#include "models/enterprise/causes.hpp"
#include "models/enterprise/shape.hpp"

namespace chasm::enterprise {

enum class TotalOf : int {
  value_by_month = 0,
  value_by_class = 1,
  value_by_unit = 2,
  cash_by_month = 3,
  gate_decisions = 4,
  weeks_in_stage = 5,
  early_warning = 6,
  portfolio_by_month = 7,
  facts = 8,
  promises = 9,
  run_rates = 10,
};

inline constexpr int month = 4;            // weeks of a month in totals
inline constexpr int duration_cells = 40;  // of 4 weeks each
inline constexpr int warning_cells = 20;
inline constexpr const char* cash_names[] = {"budget", "levers", "development", "operation",
                                             "realised"};
inline constexpr const char* gate_names[gates] = {"framing", "data", "build", "scale_up"};
inline constexpr const char* verdict_names[] = {"passed", "stopped"};
inline constexpr const char* fact_names[] = {"never_in_production", "pilots_in_production",
                                             "insights_with_benefit", "fell_short"};
inline constexpr const char* count_names[] = {"so", "of"};
inline constexpr const char* promise_names[] = {"kept", "in_use", "all"};
// Run-rates by quarter octaves of cents a week, from 2^12 on; the first cell is below.
inline constexpr int run_rate_cells = 80;
inline constexpr int run_rate_first = 12;
inline constexpr int run_rate_steps = 4;
inline constexpr const char* outcome_names[] = {"never_in_use", "in_use"};
inline constexpr const char* portfolio_names[] = {
    "framing", "data", "build", "pilot", "deployment", "in_use", "waiting", "active_users"};

template <class Visit>
constexpr void each_total(const Shape& shape, int steps, Visit&& visit) {
  const int months = (steps + month - 1) / month;
  visit(Total{"value_by_month",
              "{currency}/100",
              "potential value by where it went, in months of four weeks",
              {{"month", months}, {"cause", causes, cause_names}}});
  visit(Total{"value_by_class",
              "{currency}/100",
              "potential value by what it is for and where it went",
              {{"class", classes, class_names}, {"cause", causes, cause_names}}});
  visit(Total{"value_by_unit",
              "{currency}/100",
              "potential value by business unit and where it went",
              {{"unit", shape.units}, {"cause", causes, cause_names}}});
  visit(Total{"cash_by_month",
              "{currency}/100",
              "budget, payments and realised value",
              {{"month", months}, {"flow", 5, cash_names}}});
  visit(Total{"gate_decisions",
              "",
              "initiatives by gate and verdict",
              {{"gate", gates, gate_names}, {"verdict", 2, verdict_names}}});
  visit(Total{"weeks_in_stage",
              "",
              "initiatives that left a stage by the weeks spent there, in cells of 4 weeks; the "
              "last one is open",
              {{"stage", stages, stage_names}, {"weeks", duration_cells}}});
  visit(Total{"early_warning",
              "",
              "initiatives 26 weeks old by their leading indicator (cells of .05) and whether they "
              "were in use by week 156",
              {{"indicator", warning_cells}, {"outcome", 2, outcome_names}}});
  visit(Total{"portfolio_by_month",
              "",
              "initiatives by stage, those that wait, and active users, summed over weeks",
              {{"month", months}, {"what", 8, portfolio_names}}});
  visit(Total{"facts",
              "",
              "cases of a stylised fact, and of how many: ratios pooled over worlds",
              {{"fact", 4, fact_names}, {"count", 2, count_names}}});
  visit(Total{"promises",
              "{currency}/100/week",
              "run-rate of initiatives in use, and what their charters, or those of all, promised",
              {{"run_rate", 3, promise_names}}});
  visit(Total{"run_rates",
              "",
              "initiatives that came into use by run-rate, in quarter octaves of cents a week from "
              "2^12 on; the first cell is below",
              {{"run_rate", run_rate_cells}}});
}

}  // namespace chasm::enterprise
