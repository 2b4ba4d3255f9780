#pragma once

// What a lever at full strength does to a mechanism. No causal estimate was found for any of these (grade D): they are swept in
// every forecast.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct EffectParams {
  F effect_sponsorship_noise, effect_sponsorship_churn, effect_sponsorship_sponsor,
      effect_sponsorship_hype, effect_sponsorship_gate, effect_value_mapping_discovery,
      effect_value_mapping_noise, effect_feasibility_information, effect_feasibility_buy,
      effect_roadmap_late, effect_translators_authority, effect_literacy_technical,
      effect_literacy_business, effect_literacy_distance, effect_literacy_hype,
      effect_literacy_council, effect_literacy_act, effect_framing_start, effect_framing_evidence,
      effect_cross_functional_handoff, effect_cross_functional_distance,
      effect_cross_functional_bridging, effect_cross_functional_overhead,
      effect_cross_functional_dip, effect_portfolio_wip, effect_portfolio_explore,
      effect_portfolio_starts, effect_council_cadence, effect_council_funding,
      effect_council_escalation, effect_strictness_threshold, effect_joint_reviews_gate,
      effect_joint_reviews_evidence, effect_joint_reviews_fidelity, effect_scorecard_noise,
      effect_scorecard_attribution, effect_scorecard_understanding, effect_scorecard_evidence,
      effect_scorecard_gate, effect_scorecard_weight, effect_scorecard_warning,
      effect_responsible_review_hazard, effect_responsible_review_delay,
      effect_data_governance_stewardship, effect_data_governance_representativeness,
      effect_data_governance_privacy, effect_catalog_service, effect_catalog_time,
      effect_platform_maturity, effect_connectors_legacy, effect_connectors_service,
      effect_mlops_deploy, effect_mlops_detection, effect_mlops_debt, effect_mlops_release,
      effect_incentives_technical, effect_incentives_business, effect_incentives_bridging,
      effect_incentives_weight, effect_safety_psi, effect_safety_lessons,
      effect_experimentation_evidence_framing, effect_experimentation_evidence_data,
      effect_experimentation_evidence_build, effect_experimentation_evidence_pilot,
      effect_experimentation_optimism, effect_experimentation_gate, effect_change_innovation,
      effect_change_support, effect_change_resistance, effect_training_innovation,
      effect_training_imitation, effect_training_ease, effect_training_support,
      effect_knowledge_code, effect_knowledge_kept, effect_knowledge_reuse,
      effect_knowledge_lessons, effect_decisions_embedding, effect_decisions_act,
      effect_decisions_sites, effect_responsible_architecture_trust,
      effect_responsible_architecture_severity, effect_responsible_architecture_hazard,
      effect_responsible_architecture_flow;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&EffectParams::effect_sponsorship_noise,
          Parameter{"effect.sponsorship.noise", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "noise of proposals removed"});
    visit(&EffectParams::effect_sponsorship_churn,
          Parameter{"effect.sponsorship.churn", "", 0.7, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "churn of priorities removed"});
    visit(&EffectParams::effect_sponsorship_sponsor,
          Parameter{"effect.sponsorship.sponsor", "", 0.5, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "sponsorship added"});
    visit(&EffectParams::effect_sponsorship_hype,
          Parameter{"effect.sponsorship.hype", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "weight of novelty removed"});
    visit(&EffectParams::effect_sponsorship_gate,
          Parameter{"effect.sponsorship.gate", "", 0.4, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "precision of gates added"});
    visit(&EffectParams::effect_value_mapping_discovery,
          Parameter{"effect.value_mapping.discovery", "", 1.5, 0, 3.0, Grade::judgement,
                    "judgement; no causal estimate was found", "discovery added, in shares"});
    visit(&EffectParams::effect_value_mapping_noise,
          Parameter{"effect.value_mapping.noise", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "noise of proposals removed"});
    visit(&EffectParams::effect_feasibility_information,
          Parameter{"effect.feasibility.information", "", 0.7, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "knowledge of feasibility before the build"});
    visit(&EffectParams::effect_feasibility_buy,
          Parameter{"effect.feasibility.buy", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "chance that a complex solution is bought instead of built"});
    visit(&EffectParams::effect_roadmap_late,
          Parameter{"effect.roadmap.late", "", 1, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "share of the late-plan surplus removed"});
    visit(&EffectParams::effect_translators_authority,
          Parameter{"effect.translators.authority", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "effectiveness added by decision rights"});
    visit(&EffectParams::effect_literacy_technical,
          Parameter{"effect.literacy.technical", "", 0.5, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "technical illiteracy of business staff removed"});
    visit(&EffectParams::effect_literacy_business,
          Parameter{"effect.literacy.business", "", 0.4, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "business illiteracy of technical staff removed"});
    visit(&EffectParams::effect_literacy_distance,
          Parameter{"effect.literacy.distance", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "distance removed"});
    visit(&EffectParams::effect_literacy_hype,
          Parameter{"effect.literacy.hype", "", 0.2, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "weight of novelty removed"});
    visit(&EffectParams::effect_literacy_council,
          Parameter{"effect.literacy.council", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "literacy of the council added"});
    visit(&EffectParams::effect_literacy_act,
          Parameter{"effect.literacy.act", "", 0.08, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "chance that an insight is acted on, added"});
    visit(&EffectParams::effect_framing_start,
          Parameter{"effect.framing.start", "", 0.25, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "fidelity added at the start"});
    visit(&EffectParams::effect_framing_evidence,
          Parameter{"effect.framing.evidence", "", 0.25, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "evidence at the framing gate, added"});
    visit(&EffectParams::effect_cross_functional_handoff,
          Parameter{"effect.cross_functional.handoff", "", 0.75, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "handoff loss removed"});
    visit(&EffectParams::effect_cross_functional_distance,
          Parameter{"effect.cross_functional.distance", "", 0.7, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "distance removed"});
    visit(&EffectParams::effect_cross_functional_bridging,
          Parameter{"effect.cross_functional.bridging", "", 0.15, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "reward for bridging added"});
    visit(&EffectParams::effect_cross_functional_overhead,
          Parameter{"effect.cross_functional.overhead", "", 0.04, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "productivity lost to two bosses"});
    visit(
        &EffectParams::effect_cross_functional_dip,
        Parameter{"effect.cross_functional.dip", "", 0.1, 0, 1, Grade::judgement,
                  "judgement; no causal estimate was found", "productivity lost while teams form"});
    visit(&EffectParams::effect_portfolio_wip,
          Parameter{"effect.portfolio.wip", "", 0.35, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "initiatives in development removed, as a share"});
    visit(
        &EffectParams::effect_portfolio_explore,
        Parameter{"effect.portfolio.explore", "", 0.4, 0, 1, Grade::judgement,
                  "judgement; no causal estimate was found", "random starts removed, as a share"});
    visit(
        &EffectParams::effect_portfolio_starts,
        Parameter{"effect.portfolio.starts", "", 0.33, 0, 1, Grade::judgement,
                  "judgement; no causal estimate was found", "starts a round removed, as a share"});
    visit(&EffectParams::effect_council_cadence,
          Parameter{"effect.council.cadence", "", 0.5, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "time between meetings removed"});
    visit(&EffectParams::effect_council_funding,
          Parameter{"effect.council.funding", "", 0.7, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "time between funding rounds removed"});
    visit(&EffectParams::effect_council_escalation,
          Parameter{"effect.council.escalation", "", 0.75, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "length of disputes removed"});
    visit(&EffectParams::effect_strictness_threshold,
          Parameter{"effect.strictness.threshold", "", 1, 0, 2, Grade::judgement,
                    "judgement; no causal estimate was found", "added to every gate's threshold"});
    visit(&EffectParams::effect_joint_reviews_gate,
          Parameter{"effect.joint_reviews.gate", "", 1, 0, 2, Grade::judgement,
                    "judgement; no causal estimate was found", "precision of gates added"});
    visit(&EffectParams::effect_joint_reviews_evidence,
          Parameter{"effect.joint_reviews.evidence", "", 0.35, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "remaining promise replaced by evidence"});
    visit(
        &EffectParams::effect_joint_reviews_fidelity,
        Parameter{"effect.joint_reviews.fidelity", "", 0.15, 0, 1, Grade::judgement,
                  "judgement; no causal estimate was found", "gain of fidelity added, in shares"});
    visit(&EffectParams::effect_scorecard_noise,
          Parameter{"effect.scorecard.noise", "", 0.7, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "noise of measured business results removed"});
    visit(
        &EffectParams::effect_scorecard_attribution,
        Parameter{"effect.scorecard.attribution", "", 0.7, 0, 1, Grade::judgement,
                  "judgement; no causal estimate was found", "attribution noise and bias removed"});
    visit(&EffectParams::effect_scorecard_understanding,
          Parameter{"effect.scorecard.understanding", "", 0.05, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "direct understanding added"});
    visit(&EffectParams::effect_scorecard_evidence,
          Parameter{"effect.scorecard.evidence", "", 0.12, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "evidence at the build and scale-up gates, added"});
    visit(&EffectParams::effect_scorecard_gate,
          Parameter{"effect.scorecard.gate", "", 0.7, 0, 1.4, Grade::judgement,
                    "judgement; no causal estimate was found", "precision of gates added"});
    visit(&EffectParams::effect_scorecard_weight,
          Parameter{"effect.scorecard.weight", "", 0.2, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "weight of the business metric added for technical groups"});
    visit(&EffectParams::effect_scorecard_warning,
          Parameter{"effect.scorecard.warning", "", 0.1, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "fidelity gap closed a month where the indicators warn"});
    visit(&EffectParams::effect_responsible_review_hazard,
          Parameter{"effect.responsible_review.hazard", "", 0.6, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "incidents removed, as a share"});
    visit(&EffectParams::effect_responsible_review_delay,
          Parameter{"effect.responsible_review.delay", "week", 5, 0, 20, Grade::judgement,
                    "judgement; no causal estimate was found", "weeks of review for high risk"});
    visit(&EffectParams::effect_data_governance_stewardship,
          Parameter{"effect.data_governance.stewardship", "", 2, 0, 4, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "growth of data quality added, in shares"});
    visit(&EffectParams::effect_data_governance_representativeness,
          Parameter{"effect.data_governance.representativeness", "", 0.6, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "unrepresentativeness removed"});
    visit(&EffectParams::effect_data_governance_privacy,
          Parameter{"effect.data_governance.privacy", "", 0.6, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "privacy work removed"});
    visit(&EffectParams::effect_catalog_service,
          Parameter{"effect.catalog.service", "", 1.5, 0, 3.0, Grade::judgement,
                    "judgement; no causal estimate was found", "data service added, in shares"});
    visit(&EffectParams::effect_catalog_time,
          Parameter{"effect.catalog.time", "", 0.7, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "loss of batch data removed"});
    visit(&EffectParams::effect_platform_maturity,
          Parameter{"effect.platform.maturity", "", 1, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "platform maturity"});
    visit(&EffectParams::effect_connectors_legacy,
          Parameter{"effect.connectors.legacy", "", 0.8, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "legacy complexity removed"});
    visit(&EffectParams::effect_connectors_service,
          Parameter{"effect.connectors.service", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "data service added, in shares"});
    visit(&EffectParams::effect_mlops_deploy,
          Parameter{"effect.mlops.deploy", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "integration work removed"});
    visit(&EffectParams::effect_mlops_detection,
          Parameter{"effect.mlops.detection", "week", 12.5, 0, 20, Grade::judgement,
                    "judgement; no causal estimate was found", "weeks of detection removed"});
    visit(&EffectParams::effect_mlops_debt,
          Parameter{"effect.mlops.debt", "", 0.5, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "upkeep removed"});
    visit(&EffectParams::effect_mlops_release,
          Parameter{"effect.mlops.release", "", 0.75, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "time between releases removed"});
    visit(&EffectParams::effect_incentives_technical,
          Parameter{"effect.incentives.technical", "", 0.25, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "technical reward removed"});
    visit(&EffectParams::effect_incentives_business,
          Parameter{"effect.incentives.business", "", 1, 0, 2, Grade::judgement,
                    "judgement; no causal estimate was found", "business reward added, in shares"});
    visit(&EffectParams::effect_incentives_bridging,
          Parameter{"effect.incentives.bridging", "", 0.35, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "bridging reward added"});
    visit(&EffectParams::effect_incentives_weight,
          Parameter{"effect.incentives.weight", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "weight of the business metric added for technical groups"});
    visit(&EffectParams::effect_safety_psi,
          Parameter{"effect.safety.psi", "", 0.5, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "safety added"});
    visit(&EffectParams::effect_safety_lessons,
          Parameter{"effect.safety.lessons", "", 0.5, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "lessons of failures added, in shares"});
    visit(&EffectParams::effect_experimentation_evidence_framing,
          Parameter{"effect.experimentation.evidence_framing", "", 0.45, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "evidence at the framing gate, added"});
    visit(&EffectParams::effect_experimentation_evidence_data,
          Parameter{"effect.experimentation.evidence_data", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "evidence at the data gate, added"});
    visit(
        &EffectParams::effect_experimentation_evidence_build,
        Parameter{"effect.experimentation.evidence_build", "", 0.2, 0, 1, Grade::judgement,
                  "judgement; no causal estimate was found", "evidence at the build gate, added"});
    visit(&EffectParams::effect_experimentation_evidence_pilot,
          Parameter{"effect.experimentation.evidence_pilot", "", 0.03, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "evidence at the scale-up gate, added"});
    visit(&EffectParams::effect_experimentation_optimism,
          Parameter{"effect.experimentation.optimism", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "optimism removed"});
    visit(&EffectParams::effect_experimentation_gate,
          Parameter{"effect.experimentation.gate", "", 1, 0, 2, Grade::judgement,
                    "judgement; no causal estimate was found", "precision of gates added"});
    visit(&EffectParams::effect_change_innovation,
          Parameter{"effect.change.innovation", "", 1, 0, 2, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "adoption without peers added, in shares"});
    visit(&EffectParams::effect_change_support,
          Parameter{"effect.change.support", "", 0.2, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "support added"});
    visit(&EffectParams::effect_change_resistance,
          Parameter{"effect.change.resistance", "", 0.6, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "reluctance of the second population removed"});
    visit(&EffectParams::effect_training_innovation,
          Parameter{"effect.training.innovation", "", 0.6, 0, 1.2, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "adoption without peers added, in shares"});
    visit(&EffectParams::effect_training_imitation,
          Parameter{"effect.training.imitation", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "adoption through peers added, in shares"});
    visit(&EffectParams::effect_training_ease,
          Parameter{"effect.training.ease", "", 0.4, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "ease of use added"});
    visit(&EffectParams::effect_training_support,
          Parameter{"effect.training.support", "", 0.5, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "support added"});
    visit(&EffectParams::effect_knowledge_code,
          Parameter{"effect.knowledge.code", "", 0.3, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "code learning added, of what is missing"});
    visit(&EffectParams::effect_knowledge_kept,
          Parameter{"effect.knowledge.kept", "", 0.7, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "knowledge kept when a person leaves"});
    visit(&EffectParams::effect_knowledge_reuse,
          Parameter{"effect.knowledge.reuse", "", 0.7, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "use made of prepared data"});
    visit(&EffectParams::effect_knowledge_lessons,
          Parameter{"effect.knowledge.lessons", "", 0.5, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "lessons of failures added, in shares"});
    visit(&EffectParams::effect_decisions_embedding,
          Parameter{"effect.decisions.embedding", "", 0.8, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "missing place in the workflow removed"});
    visit(&EffectParams::effect_decisions_act,
          Parameter{"effect.decisions.act", "", 0.2, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found",
                    "chance that an insight is acted on, added"});
    visit(&EffectParams::effect_decisions_sites,
          Parameter{"effect.decisions.sites", "", 0.4, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "work of further sites removed"});
    visit(&EffectParams::effect_responsible_architecture_trust,
          Parameter{"effect.responsible_architecture.trust", "", 0.1, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "usefulness added by trust"});
    visit(&EffectParams::effect_responsible_architecture_severity,
          Parameter{"effect.responsible_architecture.severity", "", 0.5, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "severity of incidents removed"});
    visit(&EffectParams::effect_responsible_architecture_hazard,
          Parameter{"effect.responsible_architecture.hazard", "", 0.2, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "incidents removed, as a share"});
    visit(&EffectParams::effect_responsible_architecture_flow,
          Parameter{"effect.responsible_architecture.flow", "", 0.02, 0, 1, Grade::judgement,
                    "judgement; no causal estimate was found", "flow lost to human review"});
  }
};

}  // namespace chasm::enterprise
