#pragma once

// What is kept of a world. Money of the waterfall is in whole cents and re-adds exactly: believed_value is the sum of all bars.

#include "models/enterprise/causes.hpp"
#include "models/enterprise/state.hpp"

namespace chasm::enterprise {

inline constexpr Metric waterfall_table[causes] = {
    {"waterfall.false_hypothesis", "{currency}/100",
     "potential value lost to: hypotheses that are false", 0, 1e12, Storage::f64, "waterfall"},
    {"waterfall.undiscovered", "{currency}/100",
     "potential value lost to: opportunities that nobody knows", 0, 1e12, Storage::f64,
     "waterfall"},
    {"waterfall.misprioritised", "{currency}/100",
     "potential value lost to: known, not started, though the best portfolio of this size would "
     "hold it",
     0, 1e12, Storage::f64, "waterfall"},
    {"waterfall.capacity", "{currency}/100",
     "potential value lost to: known, not started, and rightly so", 0, 1e12, Storage::f64,
     "waterfall"},
    {"waterfall.lead_time", "{currency}/100", "potential value lost to: nominal work", 0, 1e12,
     Storage::f64, "waterfall"},
    {"waterfall.gate_wait", "{currency}/100", "potential value lost to: waits for the council", 0,
     1e12, Storage::f64, "waterfall"},
    {"waterfall.killed", "{currency}/100", "potential value lost to: stopped at a gate", 0, 1e12,
     Storage::f64, "waterfall"},
    {"waterfall.data_wait", "{currency}/100", "potential value lost to: waits for data", 0, 1e12,
     Storage::f64, "waterfall"},
    {"waterfall.technical", "{currency}/100",
     "potential value lost to: builds done again or failed", 0, 1e12, Storage::f64, "waterfall"},
    {"waterfall.silo", "{currency}/100", "potential value lost to: misunderstanding and disputes",
     0, 1e12, Storage::f64, "waterfall"},
    {"waterfall.last_mile", "{currency}/100",
     "potential value lost to: legacy, release windows, pilot limbo", 0, 1e12, Storage::f64,
     "waterfall"},
    {"waterfall.abandoned", "{currency}/100", "potential value lost to: given up or withdrawn", 0,
     1e12, Storage::f64, "waterfall"},
    {"waterfall.incident", "{currency}/100", "potential value lost to: paused after incidents", 0,
     1e12, Storage::f64, "waterfall"},
    {"waterfall.data_quality", "{currency}/100", "potential value lost to: data quality in use", 0,
     1e12, Storage::f64, "waterfall"},
    {"waterfall.technical_quality", "{currency}/100",
     "potential value lost to: technical quality in use", 0, 1e12, Storage::f64, "waterfall"},
    {"waterfall.fidelity", "{currency}/100", "potential value lost to: fidelity in use", 0, 1e12,
     Storage::f64, "waterfall"},
    {"waterfall.rollout", "{currency}/100",
     "potential value lost to: sites not reached, place in the workflow", 0, 1e12, Storage::f64,
     "waterfall"},
    {"waterfall.adoption", "{currency}/100", "potential value lost to: users who do not use it", 0,
     1e12, Storage::f64, "waterfall"},
    {"waterfall.drift", "{currency}/100", "potential value lost to: drift", 0, 1e12, Storage::f64,
     "waterfall"},
    {"waterfall.review", "{currency}/100", "potential value lost to: human review", 0, 1e12,
     Storage::f64, "waterfall"},
    {"waterfall.realised", "{currency}/100", "potential value realised", 0, 1e12, Storage::f64,
     "waterfall"},
};

template <class F>
struct Metrics {
  F net_present_value, realised_value, spending, lever_spending, net_value, return_on_investment,
      payback_weeks, realised_share, net_value_by_ebit, spent_on_nothing, spent_off_priority,
      advantage, never_in_production, pilots_in_production, insights_with_benefit, fell_short,
      kept_promise, kept_promise_all, started, pilots, went_live, weeks_to_production, gate_wait,
      stopped_at_framing, stopped_at_data, stopped_at_build, stopped_at_scale_up, waiting_share,
      data_wait, limbo_weeks, lost_in_limbo, disputes, rework, funded_share, gave_up, withdrawn,
      quality_in_use, data_quality_in_use, drift_in_use, short_in_production, failed_builds,
      incidents, retrainings, fidelity_in_use, adoption_in_use, shared_understanding,
      business_knowledge, reused_data, insights, confidence, sponsorship, pyramid;
  Wide<F::width> believed_value, realised_by_users;
  Wide<F::width> waterfall[causes];

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Metrics::net_present_value,
          Metric{"net_present_value", "{currency}",
                 "realised value less spending, discounted to the first week", -200000000.0,
                 800000000.0, Storage::f32, "business"});
    visit(&Metrics::realised_value,
          Metric{"realised_value", "{currency}", "value realised over the horizon", 0, 1000000000.0,
                 Storage::f32, "business"});
    visit(&Metrics::spending, Metric{"spending", "{currency}", "money spent over the horizon", 0,
                                     200000000.0, Storage::f32, "business"});
    visit(&Metrics::lever_spending, Metric{"lever_spending", "{currency}", "of it, on levers", 0,
                                           100000000.0, Storage::f32, "business"});
    visit(&Metrics::net_value, Metric{"net_value", "{currency}", "realised value less spending",
                                      -200000000.0, 800000000.0, Storage::f32, "business"});
    visit(&Metrics::return_on_investment,
          Metric{"return_on_investment", "", "net value by spending", -1, 10, Storage::f32,
                 "business", true});
    visit(&Metrics::payback_weeks,
          Metric{
              "payback_weeks", "week",
              "week after which cumulative net value stays above zero (absent where it ends below)",
              0, 520, Storage::f32, "business", true});
    visit(&Metrics::realised_share,
          Metric{"realised_share", "", "realised value by true potential (F4b)", 0, 1, Storage::f32,
                 "business", true});
    visit(&Metrics::net_value_by_ebit,
          Metric{"net_value_by_ebit", "",
                 "yearly net value by earnings (F5; absent without money.ebit)", -1, 5,
                 Storage::f32, "business", true});
    visit(
        &Metrics::spent_on_nothing,
        Metric{
            "spent_on_nothing", "",
            "share of spending that went into making what never came into use, or realises nothing",
            0, 1, Storage::f32, "business", true});
    visit(&Metrics::spent_off_priority,
          Metric{"spent_off_priority", "",
                 "share of spending on development beside the strategic priorities", 0, 1,
                 Storage::f32, "business", true});
    visit(&Metrics::advantage,
          Metric{"advantage", "",
                 "realised value less what a rival of the same potential realises, by the rival's "
                 "(absent without rival.share)",
                 -1, 5, Storage::f32, "business", true});
    visit(&Metrics::never_in_production, Metric{"never_in_production", "",
                                                "F1: predictive and generative initiatives not in "
                                                "production 156 weeks after their start",
                                                0, 1, Storage::f32, "facts", true});
    visit(&Metrics::pilots_in_production,
          Metric{"pilots_in_production", "", "F1p: in production, of those that entered a pilot", 0,
                 1, Storage::f32, "facts", true});
    visit(
        &Metrics::insights_with_benefit,
        Metric{"insights_with_benefit", "", "F2: insights with a measured benefit within 52 weeks",
               0, 1, Storage::f32, "facts", true});
    visit(
        &Metrics::fell_short,
        Metric{"fell_short", "", "F3: ended projects that missed half of their charter's run-rate",
               0, 1, Storage::f32, "facts", true});
    visit(&Metrics::kept_promise,
          Metric{"kept_promise", "",
                 "F4a_surv: realised by promised run-rate of initiatives that reached production",
                 0, 2, Storage::f32, "facts", true});
    visit(&Metrics::kept_promise_all,
          Metric{"kept_promise_all", "", "F4a_all: the same over all that started", 0, 2,
                 Storage::f32, "facts", true});
    visit(&Metrics::started,
          Metric{"started", "", "initiatives started", 0, 200, Storage::f32, "process"});
    visit(&Metrics::pilots, Metric{"pilots", "", "initiatives that entered a pilot", 0, 100,
                                   Storage::f32, "process"});
    visit(&Metrics::went_live, Metric{"went_live", "", "initiatives that came into use", 0, 100,
                                      Storage::f32, "process"});
    visit(&Metrics::weeks_to_production,
          Metric{"weeks_to_production", "week", "mean weeks from start to use", 0, 260,
                 Storage::f32, "process", true});
    visit(&Metrics::gate_wait,
          Metric{"gate_wait", "week", "mean weeks that an initiative waits for a gate", 0, 26,
                 Storage::f32, "process", true});
    visit(&Metrics::stopped_at_framing,
          Metric{"stopped_at_framing", "", "share stopped at the framing gate", 0, 1, Storage::f32,
                 "process", true});
    visit(&Metrics::stopped_at_data, Metric{"stopped_at_data", "", "share stopped at the data gate",
                                            0, 1, Storage::f32, "process", true});
    visit(&Metrics::stopped_at_build,
          Metric{"stopped_at_build", "", "share stopped at the build gate", 0, 1, Storage::f32,
                 "process", true});
    visit(&Metrics::stopped_at_scale_up,
          Metric{"stopped_at_scale_up", "", "share stopped at the scale-up gate", 0, 1,
                 Storage::f32, "process", true});
    visit(&Metrics::waiting_share,
          Metric{"waiting_share", "", "share of development weeks in which an initiative waits", 0,
                 1, Storage::f32, "process", true});
    visit(&Metrics::data_wait,
          Metric{"data_wait", "week", "weeks that an initiative waits for data, by start", 0, 52,
                 Storage::f32, "process", true});
    visit(&Metrics::limbo_weeks,
          Metric{"limbo_weeks", "week", "weeks between pilot and use, by pilot", 0, 104,
                 Storage::f32, "process", true});
    visit(&Metrics::lost_in_limbo,
          Metric{"lost_in_limbo", "", "pilots given up in limbo", 0, 50, Storage::f32, "process"});
    visit(&Metrics::disputes, Metric{"disputes", "", "disputes", 0, 200, Storage::f32, "process"});
    visit(&Metrics::rework,
          Metric{"rework", "", "stages done again in part", 0, 200, Storage::f32, "process"});
    visit(&Metrics::funded_share,
          Metric{"funded_share", "", "share of the bills of development that the budget covered", 0,
                 1, Storage::f32, "process", true});
    visit(&Metrics::gave_up, Metric{"gave_up", "", "initiatives given up as patience ran out", 0,
                                    50, Storage::f32, "process"});
    visit(&Metrics::withdrawn,
          Metric{"withdrawn", "", "solutions withdrawn from use", 0, 50, Storage::f32, "process"});
    visit(&Metrics::quality_in_use,
          Metric{"quality_in_use", "", "technical quality of solutions in use", 0, 1, Storage::f32,
                 "technical", true});
    visit(&Metrics::data_quality_in_use,
          Metric{"data_quality_in_use", "", "what their data let through", 0, 1, Storage::f32,
                 "technical", true});
    visit(&Metrics::drift_in_use, Metric{"drift_in_use", "", "value that drift takes from them", 0,
                                         1, Storage::f32, "technical", true});
    visit(&Metrics::short_in_production,
          Metric{"short_in_production", "",
                 "share of solutions that came into use worse than their builds had to be", 0, 1,
                 Storage::f32, "technical", true});
    visit(&Metrics::failed_builds, Metric{"failed_builds", "", "builds that failed for good", 0, 50,
                                          Storage::f32, "technical"});
    visit(&Metrics::incidents,
          Metric{"incidents", "", "incidents", 0, 50, Storage::f32, "technical"});
    visit(&Metrics::retrainings,
          Metric{"retrainings", "", "retrainings", 0, 200, Storage::f32, "technical"});
    visit(&Metrics::fidelity_in_use,
          Metric{"fidelity_in_use", "", "fidelity of solutions in use to what was needed", 0, 1,
                 Storage::f32, "learning", true});
    visit(&Metrics::adoption_in_use, Metric{"adoption_in_use", "", "share of users who use them", 0,
                                            1, Storage::f32, "learning", true});
    visit(&Metrics::shared_understanding,
          Metric{"shared_understanding", "", "shared understanding of initiatives in development",
                 0, 1, Storage::f32, "learning", true});
    visit(&Metrics::business_knowledge,
          Metric{"business_knowledge", "",
                 "correct minus wrong beliefs of the codes about business reality", -1, 1,
                 Storage::f32, "learning"});
    visit(&Metrics::reused_data,
          Metric{"reused_data", "", "share of needed data that were prepared before", 0, 1,
                 Storage::f32, "learning", true});
    visit(&Metrics::insights,
          Metric{"insights", "", "insights delivered", 0, 1000, Storage::f32, "learning"});
    visit(&Metrics::confidence, Metric{"confidence", "", "the council's confidence at the end", 0,
                                       1, Storage::f32, "learning"});
    visit(&Metrics::sponsorship,
          Metric{"sponsorship", "", "sponsorship at the end", 0, 1, Storage::f32, "learning"});
    visit(&Metrics::pyramid,
          Metric{"pyramid", "",
                 "completeness of the alignment pyramid: the weakest of strategy, value, solution, "
                 "roadmap and realisation, by levels of levers at the end",
                 0, 1, Storage::f32, "learning"});
    visit(&Metrics::believed_value, Metric{"believed_value", "{currency}/100",
                                           "potential value if every hypothesis were true", 0, 1e12,
                                           Storage::f64, "waterfall"});
    visit(&Metrics::realised_by_users, Metric{"realised_by_users", "{currency}/100",
                                              "realised value, accumulated by users and benefit", 0,
                                              1e12, Storage::f64, "waterfall"});
    each_number<causes>([&](auto number) {
      constexpr Metric entry = waterfall_table[number.value];
      visit(element(&Metrics::waterfall, number.value), entry);
    });
  }
};

template <class F>
struct Series {
  F realised_value, spending, net_value, in_development, in_production, active_users,
      shared_understanding, confidence, sponsorship, business_knowledge;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Series::realised_value,
          Metric{"realised_value", "{currency}/week", "value realised this week", 0, 8e6,
                 Storage::f32, "business"});
    visit(&Series::spending,
          Metric{"spending", "{currency}", "spent so far", 0, 2e8, Storage::f32, "business"});
    visit(&Series::net_value,
          Metric{"net_value", "{currency}", "realised value less spending so far", -1e8, 4e8,
                 Storage::f32, "business"});
    visit(&Series::in_development, Metric{"in_development", "", "initiatives in development", 0, 64,
                                          Storage::f32, "process"});
    visit(&Series::in_production,
          Metric{"in_production", "", "solutions in use", 0, 64, Storage::f32, "process"});
    visit(&Series::active_users, Metric{"active_users", "", "users of solutions in use", 0, 16000,
                                        Storage::f32, "business"});
    visit(&Series::shared_understanding,
          Metric{"shared_understanding", "", "direct understanding, mean over teams and units", 0,
                 1, Storage::f32, "learning"});
    visit(&Series::confidence,
          Metric{"confidence", "", "the council's confidence", 0, 1, Storage::f32, "learning"});
    visit(&Series::sponsorship,
          Metric{"sponsorship", "", "sponsorship", 0, 1, Storage::f32, "learning"});
    visit(&Series::business_knowledge,
          Metric{"business_knowledge", "",
                 "correct minus wrong beliefs of the codes about business reality", -1, 1,
                 Storage::f32, "learning"});
  }
};

}  // namespace chasm::enterprise
