#pragma once

// Opportunities and the hypotheses behind them.

#include "models/enterprise/shape.hpp"
#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct OpportunityParams {
  F hypothesis_true_share, opportunity_value, opportunity_spread, opportunity_most,
      opportunity_discovery, opportunity_arrivals, opportunity_backlog;
  F kind_share[kinds];
  F kind_value[kinds];
  F kind_data_work[kinds];
  F kind_build_work[kinds];
  F kind_required[kinds];
  F kind_fidelity_cap[kinds];
  F kind_hypothesis[kinds];
  F kind_drift[kinds];
  F kind_abrupt[kinds];
  F kind_risk[kinds];
  F kind_adoption[kinds];
  F kind_use_cost[kinds];
  F kind_start[kinds];
  F kind_insights[kinds];

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&OpportunityParams::hypothesis_true_share,
          Parameter{"hypothesis.true_share", "", 0.375, 0, 1, Grade::measured,
                    "Kohavi 2013: less than a third; Beta(5,10)",
                    "share of value hypotheses that are true"});
    visit(&OpportunityParams::opportunity_value,
          Parameter{"opportunity.value", "M{currency}/year", 3.2, 0.01, 100, Grade::judgement,
                    "1-4", "median yearly value of an opportunity", false, 1.5, 5});
    visit(&OpportunityParams::opportunity_spread,
          Parameter{"opportunity.spread", "", 1.2, 0, 2.5, Grade::judgement, "heavy tail",
                    "standard deviation of its logarithm", false, 1, 1.6});
    visit(&OpportunityParams::opportunity_most,
          Parameter{"opportunity.most", "M{currency}/year", 1000, 0.01, 1000, Grade::judgement,
                    "judgement", "no opportunity is worth more a year: the tail ends here"});
    visit(
        &OpportunityParams::opportunity_discovery,
        Parameter{"opportunity.discovery", "1/week", 0.045, 0, 1000, Grade::judgement, "judgement",
                  "rate at which a latent opportunity would become known if all contact were with "
                  "other groups"});
    visit(&OpportunityParams::opportunity_arrivals,
          Parameter{"opportunity.arrivals", "1/week", 0.51, 0, 5, Grade::judgement, "judgement",
                    "new opportunities", false, 0.3, 0.9});
    visit(&OpportunityParams::opportunity_backlog,
          Parameter{"opportunity.backlog", "", 60, 0, 400, Grade::judgement, "judgement",
                    "mean number of latent opportunities at the start", false, 40, 90});
    visit(element(&OpportunityParams::kind_share, 0),
          Parameter{"kind.predictive.share", "", 0.35, 0, 1, Grade::input, "judgement",
                    "predictive: share of new opportunities"});
    visit(element(&OpportunityParams::kind_share, 1),
          Parameter{"kind.generative.share", "", 0.25, 0, 1, Grade::input, "judgement",
                    "generative: share of new opportunities"});
    visit(element(&OpportunityParams::kind_share, 2),
          Parameter{"kind.reporting.share", "", 0.3, 0, 1, Grade::input, "judgement",
                    "reporting: share of new opportunities"});
    visit(element(&OpportunityParams::kind_share, 3),
          Parameter{"kind.bought.share", "", 0.1, 0, 1, Grade::input, "judgement",
                    "bought: share of new opportunities"});
    visit(element(&OpportunityParams::kind_value, 0),
          Parameter{"kind.predictive.value", "", 1, 0, 10, Grade::judgement, "judgement",
                    "predictive: value of an opportunity, times"});
    visit(element(&OpportunityParams::kind_value, 1),
          Parameter{"kind.generative.value", "", 1.1, 0, 10, Grade::judgement, "judgement",
                    "generative: value of an opportunity, times"});
    visit(element(&OpportunityParams::kind_value, 2),
          Parameter{"kind.reporting.value", "", 0.5, 0, 10, Grade::judgement, "judgement",
                    "reporting: value of an opportunity, times"});
    visit(element(&OpportunityParams::kind_value, 3),
          Parameter{"kind.bought.value", "", 0.8, 0, 10, Grade::judgement, "judgement",
                    "bought: value of an opportunity, times"});
    visit(element(&OpportunityParams::kind_data_work, 0),
          Parameter{"kind.predictive.data_work", "", 1, 0, 10, Grade::judgement, "judgement",
                    "predictive: work on data, times"});
    visit(element(&OpportunityParams::kind_data_work, 1),
          Parameter{"kind.generative.data_work", "", 0.7, 0, 10, Grade::judgement, "judgement",
                    "generative: work on data, times"});
    visit(element(&OpportunityParams::kind_data_work, 2),
          Parameter{"kind.reporting.data_work", "", 1.1, 0, 10, Grade::judgement, "judgement",
                    "reporting: work on data, times"});
    visit(element(&OpportunityParams::kind_data_work, 3),
          Parameter{"kind.bought.data_work", "", 0.6, 0, 10, Grade::judgement, "judgement",
                    "bought: work on data, times"});
    visit(element(&OpportunityParams::kind_build_work, 0),
          Parameter{"kind.predictive.build_work", "", 1, 0, 10, Grade::judgement, "judgement",
                    "predictive: work of build, times"});
    visit(element(&OpportunityParams::kind_build_work, 1),
          Parameter{"kind.generative.build_work", "", 0.7, 0, 10, Grade::judgement, "judgement",
                    "generative: work of build, times"});
    visit(element(&OpportunityParams::kind_build_work, 2),
          Parameter{"kind.reporting.build_work", "", 0.6, 0, 10, Grade::judgement, "judgement",
                    "reporting: work of build, times"});
    visit(element(&OpportunityParams::kind_build_work, 3),
          Parameter{"kind.bought.build_work", "", 0.4, 0, 10, Grade::judgement, "judgement",
                    "bought: work of build, times"});
    visit(element(&OpportunityParams::kind_required, 0),
          Parameter{"kind.predictive.required", "", 1, 0, 2, Grade::judgement, "judgement",
                    "predictive: quality that a build must reach, times"});
    visit(element(&OpportunityParams::kind_required, 1),
          Parameter{"kind.generative.required", "", 1, 0, 2, Grade::judgement, "judgement",
                    "generative: quality that a build must reach, times"});
    visit(element(&OpportunityParams::kind_required, 2),
          Parameter{"kind.reporting.required", "", 0.6, 0, 2, Grade::judgement, "judgement",
                    "reporting: quality that a build must reach, times"});
    visit(element(&OpportunityParams::kind_required, 3),
          Parameter{"kind.bought.required", "", 0.8, 0, 2, Grade::judgement, "judgement",
                    "bought: quality that a build must reach, times"});
    visit(element(&OpportunityParams::kind_fidelity_cap, 0),
          Parameter{"kind.predictive.fidelity_cap", "", 1, 0.1, 1, Grade::input, "judgement",
                    "predictive: largest fidelity"});
    visit(element(&OpportunityParams::kind_fidelity_cap, 1),
          Parameter{"kind.generative.fidelity_cap", "", 1, 0.1, 1, Grade::input, "judgement",
                    "generative: largest fidelity"});
    visit(element(&OpportunityParams::kind_fidelity_cap, 2),
          Parameter{"kind.reporting.fidelity_cap", "", 1, 0.1, 1, Grade::input, "judgement",
                    "reporting: largest fidelity"});
    visit(element(&OpportunityParams::kind_fidelity_cap, 3),
          Parameter{"kind.bought.fidelity_cap", "", 0.85, 0.1, 1, Grade::judgement, "judgement",
                    "bought: largest fidelity"});
    visit(element(&OpportunityParams::kind_hypothesis, 0),
          Parameter{"kind.predictive.hypothesis", "", 1, 0, 3, Grade::judgement, "judgement",
                    "predictive: share of true hypotheses, times"});
    visit(element(&OpportunityParams::kind_hypothesis, 1),
          Parameter{"kind.generative.hypothesis", "", 1, 0, 3, Grade::judgement, "judgement",
                    "generative: share of true hypotheses, times"});
    visit(element(&OpportunityParams::kind_hypothesis, 2),
          Parameter{"kind.reporting.hypothesis", "", 2.2, 0, 3, Grade::judgement, "judgement",
                    "reporting: share of true hypotheses, times"});
    visit(element(&OpportunityParams::kind_hypothesis, 3),
          Parameter{"kind.bought.hypothesis", "", 1.2, 0, 3, Grade::judgement, "judgement",
                    "bought: share of true hypotheses, times"});
    visit(element(&OpportunityParams::kind_drift, 0),
          Parameter{"kind.predictive.drift", "", 1, 0, 10, Grade::judgement, "judgement",
                    "predictive: gradual drift, times"});
    visit(element(&OpportunityParams::kind_drift, 1),
          Parameter{"kind.generative.drift", "", 0.7, 0, 10, Grade::judgement, "judgement",
                    "generative: gradual drift, times"});
    visit(element(&OpportunityParams::kind_drift, 2),
          Parameter{"kind.reporting.drift", "", 0.1, 0, 10, Grade::judgement, "judgement",
                    "reporting: gradual drift, times"});
    visit(element(&OpportunityParams::kind_drift, 3),
          Parameter{"kind.bought.drift", "", 0.5, 0, 10, Grade::judgement, "judgement",
                    "bought: gradual drift, times"});
    visit(element(&OpportunityParams::kind_abrupt, 0),
          Parameter{"kind.predictive.abrupt", "", 1, 0, 10, Grade::judgement, "judgement",
                    "predictive: abrupt failures, times"});
    visit(element(&OpportunityParams::kind_abrupt, 1),
          Parameter{"kind.generative.abrupt", "", 2, 0, 10, Grade::judgement, "judgement",
                    "generative: abrupt failures, times"});
    visit(element(&OpportunityParams::kind_abrupt, 2),
          Parameter{"kind.reporting.abrupt", "", 0.3, 0, 10, Grade::judgement, "judgement",
                    "reporting: abrupt failures, times"});
    visit(element(&OpportunityParams::kind_abrupt, 3),
          Parameter{"kind.bought.abrupt", "", 1, 0, 10, Grade::judgement, "judgement",
                    "bought: abrupt failures, times"});
    visit(element(&OpportunityParams::kind_risk, 0),
          Parameter{"kind.predictive.risk", "", 1, 0, 10, Grade::judgement, "judgement",
                    "predictive: incidents, times"});
    visit(element(&OpportunityParams::kind_risk, 1),
          Parameter{"kind.generative.risk", "", 1.5, 0, 10, Grade::judgement, "judgement",
                    "generative: incidents, times"});
    visit(element(&OpportunityParams::kind_risk, 2),
          Parameter{"kind.reporting.risk", "", 0.2, 0, 10, Grade::judgement, "judgement",
                    "reporting: incidents, times"});
    visit(element(&OpportunityParams::kind_risk, 3),
          Parameter{"kind.bought.risk", "", 1, 0, 10, Grade::judgement, "judgement",
                    "bought: incidents, times"});
    visit(element(&OpportunityParams::kind_adoption, 0),
          Parameter{"kind.predictive.adoption", "", 1, 0, 10, Grade::judgement, "judgement",
                    "predictive: adoption hazards, times"});
    visit(element(&OpportunityParams::kind_adoption, 1),
          Parameter{"kind.generative.adoption", "", 1.2, 0, 10, Grade::judgement, "judgement",
                    "generative: adoption hazards, times"});
    visit(element(&OpportunityParams::kind_adoption, 2),
          Parameter{"kind.reporting.adoption", "", 1.1, 0, 10, Grade::judgement, "judgement",
                    "reporting: adoption hazards, times"});
    visit(element(&OpportunityParams::kind_adoption, 3),
          Parameter{"kind.bought.adoption", "", 1, 0, 10, Grade::judgement, "judgement",
                    "bought: adoption hazards, times"});
    visit(element(&OpportunityParams::kind_use_cost, 0),
          Parameter{"kind.predictive.use_cost", "", 0, 0, 100, Grade::input, "judgement",
                    "predictive: cost of an active user, times"});
    visit(element(&OpportunityParams::kind_use_cost, 1),
          Parameter{"kind.generative.use_cost", "", 1, 0, 100, Grade::judgement, "judgement",
                    "generative: cost of an active user, times"});
    visit(element(&OpportunityParams::kind_use_cost, 2),
          Parameter{"kind.reporting.use_cost", "", 0, 0, 100, Grade::input, "judgement",
                    "reporting: cost of an active user, times"});
    visit(element(&OpportunityParams::kind_use_cost, 3),
          Parameter{"kind.bought.use_cost", "", 2, 0, 100, Grade::judgement, "judgement",
                    "bought: cost of an active user, times"});
    visit(element(&OpportunityParams::kind_start, 0),
          Parameter{"kind.predictive.start", "", 1, 0.1, 3, Grade::judgement, "judgement",
                    "predictive: fidelity of a new requirement, times"});
    visit(element(&OpportunityParams::kind_start, 1),
          Parameter{"kind.generative.start", "", 1, 0.1, 3, Grade::judgement, "judgement",
                    "generative: fidelity of a new requirement, times"});
    visit(element(&OpportunityParams::kind_start, 2),
          Parameter{"kind.reporting.start", "", 1.4, 0.1, 3, Grade::judgement, "judgement",
                    "reporting: fidelity of a new requirement, times", false, 1.1, 1.7});
    visit(element(&OpportunityParams::kind_start, 3),
          Parameter{"kind.bought.start", "", 1.1, 0.1, 3, Grade::judgement, "judgement",
                    "bought: fidelity of a new requirement, times", false, 0.9, 1.4});
    visit(element(&OpportunityParams::kind_insights, 0),
          Parameter{"kind.predictive.insights", "", 1, 0, 10, Grade::judgement, "judgement",
                    "predictive: insights, times"});
    visit(element(&OpportunityParams::kind_insights, 1),
          Parameter{"kind.generative.insights", "", 0.7, 0, 10, Grade::judgement, "judgement",
                    "generative: insights, times"});
    visit(element(&OpportunityParams::kind_insights, 2),
          Parameter{"kind.reporting.insights", "", 2, 0, 10, Grade::judgement, "judgement",
                    "reporting: insights, times"});
    visit(element(&OpportunityParams::kind_insights, 3),
          Parameter{"kind.bought.insights", "", 0.7, 0, 10, Grade::judgement, "judgement",
                    "bought: insights, times"});
  }
};

}  // namespace chasm::enterprise
