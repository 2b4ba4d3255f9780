#pragma once

// What one can do: 27 levers. A lever acts on parameters of mechanisms only (`effect.*`), costs money and staff, and has no
// term in any value.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

enum class Lever : int {
  sponsorship,
  value_mapping,
  feasibility,
  roadmap,
  translators,
  literacy,
  framing,
  cross_functional,
  portfolio,
  council,
  strictness,
  joint_reviews,
  scorecard,
  responsible_review,
  data_governance,
  catalog,
  platform,
  connectors,
  mlops,
  incentives,
  safety,
  experimentation,
  change,
  training,
  knowledge,
  decisions,
  responsible_architecture,
};
inline constexpr int levers = 27;

CHASM_FN constexpr int index(Lever lever) { return static_cast<int>(lever); }

// Levers of culture work as far as there is a sponsor.
CHASM_FN constexpr bool needs_sponsor(Lever lever) {
  return lever == Lever::literacy || lever == Lever::incentives || lever == Lever::safety ||
         lever == Lever::experimentation;
}

// Ramp and half-life in weeks (grade D: culture lags are 52 to 104 weeks by judgement).
inline constexpr chasm::Lever lever_table[levers] = {
    {.name = "sponsorship",
     .meaning = "executives say what AI is for, and stand behind it",
     .ramp = 8,
     .half_life = 26},
    {.name = "value_mapping",
     .meaning = "pain points are mapped and their value estimated",
     .ramp = 12,
     .half_life = 52},
    {.name = "feasibility",
     .meaning = "feasibility, data and build-or-buy are assessed before the build",
     .ramp = 8,
     .half_life = 52},
    {.name = "roadmap",
     .meaning = "integration is planned from the start",
     .ramp = 8,
     .half_life = 26},
    {.name = "translators",
     .meaning = "people who know both sides, with a formal role",
     .ramp = 26,
     .half_life = 13,
     .count = 10,
     .counted = "translators",
     .most = 5,
     .settings = "authority"},
    {.name = "literacy",
     .meaning = "literacy programmes, rotation and communities",
     .ramp = 39,
     .half_life = 78},
    {.name = "framing",
     .meaning = "framing workshops that state the value hypothesis",
     .ramp = 4,
     .half_life = 26},
    {.name = "cross_functional",
     .meaning = "cross-functional teams with end-to-end responsibility",
     .ramp = 26,
     .half_life = 104},
    {.name = "portfolio",
     .meaning = "fewer initiatives at once, and a managed share of exploration",
     .ramp = 8,
     .half_life = 26},
    {.name = "council",
     .meaning = "an AI council that meets, decides and resolves",
     .ramp = 13,
     .half_life = 52},
    {.name = "strictness", .meaning = "stricter gates", .ramp = 4, .half_life = 13},
    {.name = "joint_reviews",
     .meaning = "business and technology review together",
     .ramp = 8,
     .half_life = 26},
    {.name = "scorecard",
     .meaning = "a balanced scorecard with value tracking and early warning",
     .ramp = 26,
     .half_life = 52},
    {.name = "responsible_review",
     .meaning = "ethical review of high-risk initiatives",
     .ramp = 26,
     .half_life = 78},
    {.name = "data_governance",
     .meaning = "outcome-based governance of data quality and privacy",
     .ramp = 52,
     .half_life = 104},
    {.name = "catalog",
     .meaning = "catalogue, self-service and pipelines for data",
     .ramp = 39,
     .half_life = 104},
    {.name = "platform",
     .meaning = "platform, reusable components and feature store",
     .ramp = 52,
     .half_life = 156},
    {.name = "connectors", .meaning = "interfaces to legacy systems", .ramp = 52, .half_life = 156},
    {.name = "mlops",
     .meaning = "continuous delivery and monitoring of models",
     .ramp = 39,
     .half_life = 104},
    {.name = "incentives",
     .meaning = "pay and recognition for business results and bridging",
     .ramp = 13,
     .half_life = 26},
    {.name = "safety",
     .meaning = "psychological safety and blameless retrospectives",
     .ramp = 52,
     .half_life = 52},
    {.name = "experimentation",
     .meaning = "cheap early experiments decide",
     .ramp = 39,
     .half_life = 78},
    {.name = "change",
     .meaning = "engagement of those whom a solution concerns",
     .ramp = 13,
     .half_life = 26},
    {.name = "training",
     .meaning = "user-centred design, training and peer support",
     .ramp = 13,
     .half_life = 26},
    {.name = "knowledge",
     .meaning = "repositories, lessons and a case library",
     .ramp = 39,
     .half_life = 104},
    {.name = "decisions",
     .meaning = "workflows and decisions are redesigned around solutions",
     .ramp = 26,
     .half_life = 78},
    {.name = "responsible_architecture",
     .meaning = "explanations, human in the loop, audit trails",
     .ramp = 39,
     .half_life = 104},
};

template <class F>
struct Levers {
  F strength[levers];

  CHASM_OP F operator[](Lever lever) const { return strength[index(lever)]; }

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    each_number<levers>([&](auto number) {
      constexpr chasm::Lever entry = lever_table[number.value];
      visit(element(&Levers::strength, number.value), entry);
    });
  }
};

}  // namespace chasm::enterprise
