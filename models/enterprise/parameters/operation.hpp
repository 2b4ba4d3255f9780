#pragma once

// S12 to S16: drift, confidence, sponsorship, trust, incidents, insights.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct OperationParams {
  F drift_rate, drift_abrupt, drift_abrupt_loss, drift_detection, drift_after_retraining,
      drift_retraining_cost, confidence_learning, confidence_start, sponsor_base, sponsor_lag,
      friction_trust, friction_dispute, friction_trust_loss, friction_trust_gain,
      friction_escalation, incidents_rate, incidents_low_risk, incidents_high_risk,
      incidents_severity_spread, incidents_pause, incidents_cost, incidents_user_loss,
      incidents_spillover, insights_acted_on, insights_in_use;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&OperationParams::drift_rate,
          Parameter{"drift.rate", "1/week", 0.0054, 0, 0.1, Grade::claim,
                    "Vela 2022: 91 % of models degrade; .1-1 % a week",
                    "value lost through gradual drift"});
    visit(&OperationParams::drift_abrupt,
          Parameter{"drift.abrupt", "1/year", 0.086, 0, 5, Grade::claim, ".05-.2",
                    "rate of abrupt failures"});
    visit(&OperationParams::drift_abrupt_loss,
          Parameter{"drift.abrupt_loss", "", 0.6, 0, 1, Grade::judgement, "judgement",
                    "share of value lost in one"});
    visit(
        &OperationParams::drift_detection,
        Parameter{"drift.detection", "week", 14.5, 1, 104, Grade::judgement,
                  "26 without, 2 with operations tooling", "mean weeks until a loss is detected"});
    visit(&OperationParams::drift_after_retraining,
          Parameter{"drift.after_retraining", "", 0.1, 0, 1, Grade::judgement, "judgement",
                    "share of the loss left after retraining"});
    visit(&OperationParams::drift_retraining_cost,
          Parameter{"drift.retraining_cost", "{currency}", 40000, 0, 1e6, Grade::judgement,
                    "judgement", "cost of one retraining"});
    visit(&OperationParams::confidence_learning,
          Parameter{"confidence.learning", "1/week", 0.029, 0, 1, Grade::judgement, "judgement",
                    "weight of the newest result in the council's confidence"});
    visit(&OperationParams::confidence_start,
          Parameter{"confidence.start", "", 0.5, 0, 1, Grade::judgement, "judgement",
                    "the council's confidence at the start"});
    visit(&OperationParams::sponsor_base,
          Parameter{"sponsor.base", "", 0.35, 0, 1, Grade::judgement, "judgement",
                    "sponsorship without a lever"});
    visit(&OperationParams::sponsor_lag,
          Parameter{"sponsor.lag", "week", 26, 1, 260, Grade::judgement, "judgement",
                    "lag of sponsorship"});
    visit(&OperationParams::friction_trust,
          Parameter{"friction.trust", "", 0.5, 0, 1, Grade::judgement, "judgement",
                    "trust between business and technology at the start"});
    visit(&OperationParams::friction_dispute,
          Parameter{"friction.dispute", "1/week", 0.042, 0, 1, Grade::judgement, "judgement",
                    "hazard of a dispute without understanding and trust"});
    visit(&OperationParams::friction_trust_loss,
          Parameter{"friction.trust_loss", "", 0.03, 0, 1, Grade::judgement, "judgement",
                    "share of trust lost in a dispute"});
    visit(&OperationParams::friction_trust_gain,
          Parameter{"friction.trust_gain", "", 0.05, 0, 1, Grade::judgement, "judgement",
                    "share of distrust removed by a success"});
    visit(&OperationParams::friction_escalation,
          Parameter{"friction.escalation", "week", 9.8, 0.5, 52, Grade::judgement,
                    "8 without, 2 with a path", "mean length of a dispute"});
    visit(&OperationParams::incidents_rate,
          Parameter{"incidents.rate", "1/year", 0.22, 0, 5, Grade::judgement, "judgement",
                    "rate of incidents of a high-risk solution in use"});
    visit(&OperationParams::incidents_low_risk,
          Parameter{"incidents.low_risk", "", 0.1, 0, 1, Grade::judgement, "judgement",
                    "the rate of others, as a share"});
    visit(&OperationParams::incidents_high_risk,
          Parameter{"incidents.high_risk", "", 0.15, 0, 1, Grade::judgement, "judgement",
                    "share of initiatives of high risk"});
    visit(&OperationParams::incidents_severity_spread,
          Parameter{"incidents.severity_spread", "", 1.15, 0, 3, Grade::judgement, "heavy tail",
                    "standard deviation of the logarithm of severity"});
    visit(&OperationParams::incidents_pause,
          Parameter{"incidents.pause", "week", 3, 0, 52, Grade::judgement, "judgement",
                    "pause after an incident of median severity"});
    visit(&OperationParams::incidents_cost,
          Parameter{"incidents.cost", "{currency}", 150000, 0, 1e8, Grade::judgement, "judgement",
                    "cost of an incident of median severity"});
    visit(&OperationParams::incidents_user_loss,
          Parameter{"incidents.user_loss", "", 0.1, 0, 1, Grade::judgement, "judgement",
                    "share of users lost in an incident of median severity"});
    visit(&OperationParams::incidents_spillover,
          Parameter{"incidents.spillover", "", 0.02, 0, 1, Grade::judgement, "judgement",
                    "share of users of other solutions lost then"});
    visit(&OperationParams::insights_acted_on,
          Parameter{"insights.acted_on", "", 0.56, 0, 1, Grade::judgement, "judgement",
                    "chance that an insight is acted on at full understanding"});
    visit(&OperationParams::insights_in_use,
          Parameter{"insights.in_use", "1/year", 1.5, 0, 52, Grade::judgement, "judgement",
                    "insights of a solution in use"});
  }
};

}  // namespace chasm::enterprise
