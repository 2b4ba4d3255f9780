#pragma once

// S4, S5 and S14: effort, progress, rework, experience, cost of work.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct WorkParams {
  F effort_substitution, effort_technical_reward, effort_business_reward, effort_bridging_reward,
      effort_risk_aversion, work_coordination_loss, work_progress_ratio, work_forgetting,
      work_rework, work_debt, work_switching, work_waiting_holds, work_reuse_saving,
      work_prepared_data_saving, work_framing, work_data, work_build, work_pilot, work_deployment,
      work_spread, work_black_swan, work_black_swan_work, work_black_swan_cost, work_team,
      work_complexity_spread, cost_person, cost_run, cost_use, work_complexity_by_value;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&WorkParams::effort_substitution,
          Parameter{"effort.substitution", "", 0.39, 0, 0.95, Grade::judgement,
                    "Holmstrom & Milgrom 1991", "cost interaction between tasks"});
    visit(&WorkParams::effort_technical_reward,
          Parameter{"effort.technical_reward", "", 0.8, 0, 3, Grade::judgement, "judgement",
                    "reward for technical work"});
    visit(&WorkParams::effort_business_reward,
          Parameter{"effort.business_reward", "", 0.3, 0, 3, Grade::judgement, "judgement",
                    "reward for integration and business work"});
    visit(&WorkParams::effort_bridging_reward,
          Parameter{"effort.bridging_reward", "", 0.165, 0, 3, Grade::judgement, "judgement",
                    "reward for bridging work"});
    visit(&WorkParams::effort_risk_aversion,
          Parameter{"effort.risk_aversion", "", 0.76, 0, 10, Grade::judgement, "judgement",
                    "risk aversion toward an uncertain measure"});
    visit(&WorkParams::work_coordination_loss,
          Parameter{"work.coordination_loss", "", 0.0085, 0, 0.05, Grade::claim,
                    "Brooks: .0025-.02 a member", "productivity lost for each further member"});
    visit(&WorkParams::work_progress_ratio,
          Parameter{"work.progress_ratio", "", 0.88, 0.6, 1, Grade::measured,
                    "Dutton & Thomas 1984; Argote & Epple 1990",
                    "time of a stage after a doubling of experience"});
    visit(&WorkParams::work_forgetting,
          Parameter{"work.forgetting", "1/month", 0.02, 0, 0.2, Grade::survey,
                    "Argote: 0 to 5 % a month", "experience lost"});
    visit(&WorkParams::work_rework,
          Parameter{"work.rework", "", 0.1, 0, 2, Grade::claim, "VDT .05-.6",
                    "rework hazard of a stage for complexity 1 without fidelity"});
    visit(&WorkParams::work_debt,
          Parameter{"work.debt", "", 0.18, 0, 0.6, Grade::claim, "15-40 % of capacity; Stripe 2018",
                    "share of a team that one initiative in use takes for upkeep"});
    visit(&WorkParams::work_switching,
          Parameter{"work.switching", "", 0.3, 0, 1, Grade::judgement, "judgement",
                    "speed lost for each further initiative of a team"});
    visit(&WorkParams::work_waiting_holds,
          Parameter{"work.waiting_holds", "", 0.25, 0, 1, Grade::judgement, "judgement",
                    "share of its team that a waiting initiative holds"});
    visit(&WorkParams::work_reuse_saving,
          Parameter{"work.reuse_saving", "", 0.31, 0, 0.8, Grade::judgement, "10-50 %",
                    "share of data and deployment work saved by a full platform"});
    visit(&WorkParams::work_prepared_data_saving,
          Parameter{"work.prepared_data_saving", "", 0.3, 0, 0.8, Grade::judgement, "judgement",
                    "share of data work saved where all needed assets were prepared before, with "
                    "knowledge management"});
    visit(&WorkParams::work_framing,
          Parameter{"work.framing", "week", 4.9, 0.5, 30, Grade::judgement, "2-8",
                    "median work of framing", false, 2, 8});
    visit(&WorkParams::work_data,
          Parameter{"work.data", "week", 10, 0.5, 60, Grade::survey,
                    "4-26; data work 45-80 % of time", "median work on data"});
    visit(&WorkParams::work_build, Parameter{"work.build", "week", 9.3, 0.5, 60, Grade::survey,
                                             "Algorithmia 2021", "median work of build"});
    visit(&WorkParams::work_pilot, Parameter{"work.pilot", "week", 6, 0.5, 60, Grade::judgement,
                                             "8-16 with waits", "median work of a pilot"});
    visit(&WorkParams::work_deployment,
          Parameter{"work.deployment", "week", 2.7, 0.2, 60, Grade::survey, "Algorithmia 2020",
                    "median work of integration at one site without legacy"});
    visit(&WorkParams::work_spread,
          Parameter{"work.spread", "", 0.55, 0, 1.5, Grade::claim, "lognormal .5-.9",
                    "standard deviation of the logarithm of a stage's work"});
    visit(
        &WorkParams::work_black_swan,
        Parameter{"work.black_swan", "", 0.1667, 0, 1, Grade::measured, "Flyvbjerg & Budzier 2011",
                  "share of initiatives whose build and integration run away"});
    visit(
        &WorkParams::work_black_swan_work,
        Parameter{"work.black_swan_work", "", 1.7, 1, 10, Grade::measured,
                  "Flyvbjerg & Budzier 2011: +70 % schedule", "work of such an initiative, times"});
    visit(&WorkParams::work_black_swan_cost,
          Parameter{"work.black_swan_cost", "", 1.76, 1, 10, Grade::measured,
                    "Flyvbjerg & Budzier 2011: +200 % cost over +70 % schedule",
                    "cost a week of such an initiative, times"});
    visit(&WorkParams::work_team, Parameter{"work.team", "person", 6.8, 1, 30, Grade::claim, "5-9",
                                            "people on an initiative"});
    visit(&WorkParams::work_complexity_spread,
          Parameter{"work.complexity_spread", "", 0.4, 0, 1.5, Grade::judgement, "judgement",
                    "standard deviation of the logarithm of complexity (median 1)"});
    visit(&WorkParams::cost_person,
          Parameter{"cost.person", "{currency}/week", 4200, 500, 20000, Grade::input,
                    "loaded 200-250 k a year", "cost of a person"});
    visit(&WorkParams::cost_run,
          Parameter{"cost.run", "{currency}/week", 1500, 0, 50000, Grade::judgement, "judgement",
                    "run cost of an initiative in use"});
    visit(&WorkParams::cost_use,
          Parameter{"cost.use", "{currency}/week", 4, 0, 500, Grade::judgement, "judgement",
                    "cost of one active user of a bought or generative solution"});
    visit(&WorkParams::work_complexity_by_value,
          Parameter{"work.complexity_by_value", "", 0.13, 0, 2, Grade::judgement, "judgement",
                    "exponent with which complexity grows with value"});
  }
};

}  // namespace chasm::enterprise
