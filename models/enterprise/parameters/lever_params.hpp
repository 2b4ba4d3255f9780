#pragma once

// What levers cost and take, and what is in place already, by lever.

#include "models/enterprise/levers.hpp"
#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct LeverParams {
  F once[levers], yearly[levers], staff[levers], practice[levers];

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(element(&LeverParams::once, index(Lever::sponsorship)),
          Parameter{"cost.sponsorship.once", "k{currency}", 100, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::sponsorship)),
          Parameter{"cost.sponsorship.yearly", "k{currency}/year", 300, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::sponsorship)),
          Parameter{"staff.sponsorship", "person", 0.3, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::sponsorship)),
          Parameter{"practice.sponsorship", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::value_mapping)),
          Parameter{"cost.value_mapping.once", "k{currency}", 150, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::value_mapping)),
          Parameter{"cost.value_mapping.yearly", "k{currency}/year", 100, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::value_mapping)),
          Parameter{"staff.value_mapping", "person", 0.5, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::value_mapping)),
          Parameter{"practice.value_mapping", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::feasibility)),
          Parameter{"cost.feasibility.once", "k{currency}", 50, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::feasibility)),
          Parameter{"cost.feasibility.yearly", "k{currency}/year", 150, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::feasibility)),
          Parameter{"staff.feasibility", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::feasibility)),
          Parameter{"practice.feasibility", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::roadmap)),
          Parameter{"cost.roadmap.once", "k{currency}", 50, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::roadmap)),
          Parameter{"cost.roadmap.yearly", "k{currency}/year", 150, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::roadmap)),
          Parameter{"staff.roadmap", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::roadmap)),
          Parameter{"practice.roadmap", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::translators)),
          Parameter{"cost.translators.once", "k{currency}", 300, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::translators)),
          Parameter{"cost.translators.yearly", "k{currency}/year", 2200, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::translators)),
          Parameter{"staff.translators", "person", 0, 0, 200, Grade::input,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::translators)),
          Parameter{"practice.translators", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::literacy)),
          Parameter{"cost.literacy.once", "k{currency}", 200, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::literacy)),
          Parameter{"cost.literacy.yearly", "k{currency}/year", 300, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::literacy)),
          Parameter{"staff.literacy", "person", 3, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::literacy)),
          Parameter{"practice.literacy", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::framing)),
          Parameter{"cost.framing.once", "k{currency}", 30, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::framing)),
          Parameter{"cost.framing.yearly", "k{currency}/year", 80, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::framing)),
          Parameter{"staff.framing", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::framing)),
          Parameter{"practice.framing", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(
        element(&LeverParams::once, index(Lever::cross_functional)),
        Parameter{"cost.cross_functional.once", "k{currency}", 300, 0, 1000000.0, Grade::judgement,
                  "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::cross_functional)),
          Parameter{"cost.cross_functional.yearly", "k{currency}/year", 100, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::cross_functional)),
          Parameter{"staff.cross_functional", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::cross_functional)),
          Parameter{"practice.cross_functional", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::portfolio)),
          Parameter{"cost.portfolio.once", "k{currency}", 20, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::portfolio)),
          Parameter{"cost.portfolio.yearly", "k{currency}/year", 60, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::portfolio)),
          Parameter{"staff.portfolio", "person", 0.2, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::portfolio)),
          Parameter{"practice.portfolio", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::council)),
          Parameter{"cost.council.once", "k{currency}", 50, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::council)),
          Parameter{"cost.council.yearly", "k{currency}/year", 250, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::council)),
          Parameter{"staff.council", "person", 0.5, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::council)),
          Parameter{"practice.council", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::strictness)),
          Parameter{"cost.strictness.once", "k{currency}", 10, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(
        element(&LeverParams::yearly, index(Lever::strictness)),
        Parameter{"cost.strictness.yearly", "k{currency}/year", 80, 0, 1000000.0, Grade::judgement,
                  "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::strictness)),
          Parameter{"staff.strictness", "person", 0.3, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::strictness)),
          Parameter{"practice.strictness", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::joint_reviews)),
          Parameter{"cost.joint_reviews.once", "k{currency}", 10, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::joint_reviews)),
          Parameter{"cost.joint_reviews.yearly", "k{currency}/year", 120, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::joint_reviews)),
          Parameter{"staff.joint_reviews", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::joint_reviews)),
          Parameter{"practice.joint_reviews", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::scorecard)),
          Parameter{"cost.scorecard.once", "k{currency}", 200, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(
        element(&LeverParams::yearly, index(Lever::scorecard)),
        Parameter{"cost.scorecard.yearly", "k{currency}/year", 200, 0, 1000000.0, Grade::judgement,
                  "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::scorecard)),
          Parameter{"staff.scorecard", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::scorecard)),
          Parameter{"practice.scorecard", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::responsible_review)),
          Parameter{"cost.responsible_review.once", "k{currency}", 100, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::responsible_review)),
          Parameter{"cost.responsible_review.yearly", "k{currency}/year", 250, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::responsible_review)),
          Parameter{"staff.responsible_review", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::responsible_review)),
          Parameter{"practice.responsible_review", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::data_governance)),
          Parameter{"cost.data_governance.once", "k{currency}", 400, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::data_governance)),
          Parameter{"cost.data_governance.yearly", "k{currency}/year", 500, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::data_governance)),
          Parameter{"staff.data_governance", "person", 2, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::data_governance)),
          Parameter{"practice.data_governance", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::catalog)),
          Parameter{"cost.catalog.once", "k{currency}", 500, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::catalog)),
          Parameter{"cost.catalog.yearly", "k{currency}/year", 250, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::catalog)),
          Parameter{"staff.catalog", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::catalog)),
          Parameter{"practice.catalog", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::platform)),
          Parameter{"cost.platform.once", "k{currency}", 1500, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::platform)),
          Parameter{"cost.platform.yearly", "k{currency}/year", 700, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::platform)),
          Parameter{"staff.platform", "person", 3, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::platform)),
          Parameter{"practice.platform", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::connectors)),
          Parameter{"cost.connectors.once", "k{currency}", 800, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(
        element(&LeverParams::yearly, index(Lever::connectors)),
        Parameter{"cost.connectors.yearly", "k{currency}/year", 300, 0, 1000000.0, Grade::judgement,
                  "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::connectors)),
          Parameter{"staff.connectors", "person", 2, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::connectors)),
          Parameter{"practice.connectors", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::mlops)),
          Parameter{"cost.mlops.once", "k{currency}", 500, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::mlops)),
          Parameter{"cost.mlops.yearly", "k{currency}/year", 350, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::mlops)),
          Parameter{"staff.mlops", "person", 2, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::mlops)),
          Parameter{"practice.mlops", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::incentives)),
          Parameter{"cost.incentives.once", "k{currency}", 50, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(
        element(&LeverParams::yearly, index(Lever::incentives)),
        Parameter{"cost.incentives.yearly", "k{currency}/year", 150, 0, 1000000.0, Grade::judgement,
                  "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::incentives)),
          Parameter{"staff.incentives", "person", 0.2, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::incentives)),
          Parameter{"practice.incentives", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::safety)),
          Parameter{"cost.safety.once", "k{currency}", 50, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::safety)),
          Parameter{"cost.safety.yearly", "k{currency}/year", 100, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::safety)),
          Parameter{"staff.safety", "person", 0.8, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::safety)),
          Parameter{"practice.safety", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::experimentation)),
          Parameter{"cost.experimentation.once", "k{currency}", 150, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::experimentation)),
          Parameter{"cost.experimentation.yearly", "k{currency}/year", 150, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::experimentation)),
          Parameter{"staff.experimentation", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::experimentation)),
          Parameter{"practice.experimentation", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::change)),
          Parameter{"cost.change.once", "k{currency}", 100, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::change)),
          Parameter{"cost.change.yearly", "k{currency}/year", 400, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::change)),
          Parameter{"staff.change", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::change)),
          Parameter{"practice.change", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::training)),
          Parameter{"cost.training.once", "k{currency}", 100, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::training)),
          Parameter{"cost.training.yearly", "k{currency}/year", 400, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::training)),
          Parameter{"staff.training", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::training)),
          Parameter{"practice.training", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::knowledge)),
          Parameter{"cost.knowledge.once", "k{currency}", 100, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(
        element(&LeverParams::yearly, index(Lever::knowledge)),
        Parameter{"cost.knowledge.yearly", "k{currency}/year", 150, 0, 1000000.0, Grade::judgement,
                  "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::knowledge)),
          Parameter{"staff.knowledge", "person", 1.5, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::knowledge)),
          Parameter{"practice.knowledge", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::decisions)),
          Parameter{"cost.decisions.once", "k{currency}", 150, 0, 1000000.0, Grade::judgement,
                    "placeholder, for a programme of 200 people", "one-off cost at full strength"});
    visit(
        element(&LeverParams::yearly, index(Lever::decisions)),
        Parameter{"cost.decisions.yearly", "k{currency}/year", 350, 0, 1000000.0, Grade::judgement,
                  "placeholder, for a programme of 200 people", "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::decisions)),
          Parameter{"staff.decisions", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::decisions)),
          Parameter{"practice.decisions", "", 0, 0, 1, Grade::input, "the organization",
                    "level already in place"});
    visit(element(&LeverParams::once, index(Lever::responsible_architecture)),
          Parameter{"cost.responsible_architecture.once", "k{currency}", 250, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "one-off cost at full strength"});
    visit(element(&LeverParams::yearly, index(Lever::responsible_architecture)),
          Parameter{"cost.responsible_architecture.yearly", "k{currency}/year", 200, 0, 1000000.0,
                    Grade::judgement, "placeholder, for a programme of 200 people",
                    "yearly cost at full strength"});
    visit(element(&LeverParams::staff, index(Lever::responsible_architecture)),
          Parameter{"staff.responsible_architecture", "person", 1, 0, 200, Grade::judgement,
                    "placeholder, for a programme of 200 people",
                    "technical staff taken at full strength"});
    visit(element(&LeverParams::practice, index(Lever::responsible_architecture)),
          Parameter{"practice.responsible_architecture", "", 0, 0, 1, Grade::input,
                    "the organization", "level already in place"});
  }
};

}  // namespace chasm::enterprise
