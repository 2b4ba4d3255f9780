// The same bits from every compiled program; double precision beside float; organizations of any size.

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "models/models.hpp"
#include "sim/processor.hpp"
#include "sim/statistics.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

const Model& model() { return enterprise::model(); }

void use(Arm& arm, const std::string& lever, LeverSetting setting) {
  arm.levers[static_cast<size_t>(test::lever(model(), lever))] = setting;
}

// Arms that differ in everything that is skipped or taken lane by lane: neighbours in a tile are as unlike as can be.
Study unlike_arms(uint64_t futures, int weeks) {
  Study study = test::study_of(model(), futures, 1, weeks);
  study.arms.push_back(test::arm(model(), "no money", {{"budget.yearly", 0}}));
  study.arms.push_back(
      test::arm(model(), "open gates",
                {{"mechanism.gates", 0}, {"portfolio.wip", 40}, {"budget.yearly", 60}}));
  study.arms.push_back(test::arm(model(), "small steps",
                                 {{"council.slots", 1},
                                  {"council.cadence", 7.7},
                                  {"portfolio.cadence", 1},
                                  {"adoption.complex", 1}}));
  study.arms.push_back(test::arm(model(), "ideal",
                                 {{"mechanism.data", 0},
                                  {"mechanism.learning", 0},
                                  {"mechanism.misunderstanding", 0},
                                  {"mechanism.turnover", 0}}));
  Arm all = test::arm(model(), "every lever", {{"budget.yearly", 60}});
  for (size_t lever = 0; lever < all.levers.size(); ++lever)
    all.levers[lever] = {.strength = .3 + .025 * static_cast<double>(lever),
                         .start = static_cast<double>(lever)};
  study.arms.push_back(all);
  Arm brief = test::arm(model(), "brief", {});
  use(brief, "translators", {.strength = 1, .start = 10, .until = 60});
  use(brief, "mlops", {.strength = .7, .start = 20});
  study.arms.push_back(brief);
  study.outputs.series.resize(model().series.size());
  for (size_t k = 0; k < model().series.size(); ++k) study.outputs.series[k] = static_cast<int>(k);
  study.outputs.keep = Keep::full;
  study.outputs.every = 4;
  for (int total = 0; total < static_cast<int>(all_totals(study).size()); ++total)
    study.outputs.totals.push_back(total);
  return study;
}

TEST(EnterpriseLanes, EveryProgramGivesTheSameBits) {
  const Study study = unlike_arms(3, 160);
  const auto reference = test::run(study, choose_program(model(), "plain", 1));
  int compared = 0;
  for (const Program& program : model().programs) {
    if (program.doubles || !processor_runs(program.isa)) continue;
    EXPECT_TRUE(test::same_bits(reference, test::run(study, program))) << test::name_of(program);
    ++compared;
  }
  EXPECT_GE(compared, 2);
  for (const auto failed : reference.failure) EXPECT_EQ(failed, 0);
}

// A world is the same alone as among others.
TEST(EnterpriseLanes, NeighboursDoNotMatter) {
  Study study = unlike_arms(2, 120);
  const auto together = test::run(study);
  for (size_t arm = 0; arm < study.arms.size(); ++arm) {
    Study alone = study;
    alone.arms = {study.arms[arm]};
    alone.outputs.totals = {};
    const auto one = test::run(alone);
    for (size_t k = 0; k < one.metrics.size(); ++k) {
      const auto among = together.of_arm(k, arm, study.arms.size());
      for (size_t w = 0; w < among.size(); ++w)
        EXPECT_TRUE(one.metrics[k][w] == among[w] ||
                    (std::isnan(one.metrics[k][w]) && std::isnan(among[w])))
            << model().metrics[k].name;
    }
  }
}

const Program& doubles() {
  for (const Program& program : model().programs)
    if (program.doubles && processor_runs(program.isa) && program.width > 1) return program;
  return choose_program(model(), "plain", 1, true);
}

// A worlds' weeks in double precision follow the same draws: after one week, to 1e-5, but for what fell on the other side of a
// threshold (a float has 23 digits of a uniform number): at most 1 % of the worlds.
TEST(EnterpriseLanes, AWeekInDoublePrecision) {
  Study study = test::study_of(model(), 300, 1, 1);
  study.outputs.series = {6, 7, 8, 9};
  study.outputs.keep = Keep::full;
  const auto floats = test::run(study), in_double = test::run(study, doubles());
  for (size_t k = 0; k < 4; ++k) {
    int apart = 0;
    for (size_t w = 0; w < floats.series[k].size(); ++w)
      apart += std::abs(floats.series[k][w] - in_double.series[k][w]) > 1e-5 ? 1 : 0;
    EXPECT_LE(apart, 6) << model().series[static_cast<size_t>(study.outputs.series[k])].name;
  }
  for (const char* name :
       {"believed_value", "waterfall.undiscovered", "waterfall.false_hypothesis"}) {
    const auto k = static_cast<size_t>(test::metric(model(), name));
    int apart = 0;
    for (size_t w = 0; w < 300; ++w)
      apart += std::abs(floats.metrics[k][w] / in_double.metrics[k][w] - 1) > 1e-5 ? 1 : 0;
    EXPECT_LE(apart, 3) << name;
  }
}

// Five years: worlds part at the first decision that falls differently, means do not. Paired differences, 4 standard errors.
TEST(EnterpriseLanes, MeansInDoublePrecision) {
  const Study study = test::study_of(model(), 240, 1, 260);
  const auto floats = test::run(study), in_double = test::run(study, doubles());
  int compared = 0;
  for (size_t k = 0; k < model().metrics.size(); ++k) {
    const Paired difference = paired({in_double.metrics[k], 1}, {floats.metrics[k], 1});
    if (difference.difference.units < 200) continue;
    const double scale = std::abs(estimate({floats.metrics[k], 1}).mean);
    EXPECT_LE(std::abs(difference.difference.mean),
              4 * difference.difference.standard_error + 1e-6 * scale)
        << model().metrics[k].name;
    ++compared;
  }
  EXPECT_GT(compared, 50);
}

Study of_size(std::vector<std::pair<std::string, long>> sizes, uint64_t worlds, int weeks) {
  Study study = test::study_of(model(), worlds, 1, weeks);
  for (const auto& [name, value] : sizes)
    study.setting.sizes[static_cast<size_t>(test::size(model(), name))] = value;
  return study;
}

void expect_sound(const Study& study, bool starts) {
  const auto all = test::run(study);
  const auto narrow = test::run(study, choose_program(model(), "plain", 1));
  EXPECT_TRUE(test::same_bits(all, narrow));
  double started = 0;
  for (size_t w = 0; w < all.failure.size(); ++w) {
    EXPECT_EQ(all.failure[w], 0);
    started += all.metrics[static_cast<size_t>(test::metric(model(), "started"))][w];
  }
  EXPECT_EQ(started > 0, starts);
}

TEST(EnterpriseShapes, TwentyPeople) {
  Study study = of_size({{"technical_staff", 8},
                         {"business_staff", 12},
                         {"teams", 1},
                         {"units", 1},
                         {"assets", 1},
                         {"translator_posts", 1}},
                        17, 160);
  study.arms[0] = test::arm(model(), "small",
                            {{"budget.yearly", 2},
                             {"opportunity.backlog", 6},
                             {"opportunity.arrivals", .05},
                             {"portfolio.wip", 2}});
  expect_sound(study, true);
}

TEST(EnterpriseShapes, FiveThousandPeopleAndAThousandPlaces) {
  Study study = of_size({{"technical_staff", 2000},
                         {"business_staff", 3000},
                         {"teams", 300},
                         {"units", 60},
                         {"assets", 800},
                         {"places", 1000},
                         {"opportunities", 4000},
                         {"translator_posts", 120}},
                        2, 40);
  study.arms[0] = test::arm(model(), "large",
                            {{"budget.yearly", 400},
                             {"opportunity.backlog", 400},
                             {"opportunity.arrivals", 5},
                             {"portfolio.wip", 400},
                             {"portfolio.cadence", 2},
                             {"portfolio.starts", 16},
                             {"translators.in_place", 16}});
  expect_sound(study, true);
}

TEST(EnterpriseShapes, OddSizes) {
  expect_sound(of_size({{"technical_staff", 37},
                        {"business_staff", 11},
                        {"teams", 5},
                        {"units", 3},
                        {"assets", 7},
                        {"translator_posts", 3},
                        {"dimensions", 32},
                        {"belief_cadence", 3},
                        {"burn_in", 7}},
                       5, 120),
               true);
  expect_sound(of_size({{"technical_staff", 5},
                        {"business_staff", 9},
                        {"teams", 5},
                        {"units", 9},
                        {"assets", 1},
                        {"translator_posts", 0},
                        {"dimensions", 1},
                        {"belief_cadence", 52},
                        {"burn_in", 0}},
                       5, 120),
               true);
}

// A burn-in may be as long as it likes; a horizon of a week is one.
TEST(EnterpriseShapes, OneWeek) { expect_sound(of_size({{"burn_in", 520}}, 3, 1), false); }

TEST(EnterpriseShapes, WhatDoesNotFitFails) {
  const auto full = test::run(of_size({{"opportunities", 20}}, 4, 10));
  const auto crowded = test::run(of_size({{"places", 2}}, 4, 40));
  for (size_t w = 0; w < 4; ++w) {
    EXPECT_EQ(full.failure[w], 1);
    EXPECT_EQ(crowded.failure[w], 2);
  }
}

// Bytes of state: of each kind of thing its own number of them, and of pairs of a team and a unit.
TEST(EnterpriseShapes, StateGrowsInProportion) {
  const Program& program = choose_program(model());
  const auto bytes = [&](std::vector<std::pair<std::string, long>> sizes) {
    const Study study = of_size(sizes, 1, 1);
    const Ground ground = prepare(study);
    return static_cast<double>(program.memory(ground.shape.get(), ground.shared.get())) /
           program.width;
  };
  for (const char* size :
       {"technical_staff", "business_staff", "assets", "places", "opportunities"}) {
    const double step1 = bytes({{size, 600}}) - bytes({{size, 300}}),
                 step2 = bytes({{size, 900}}) - bytes({{size, 600}});
    EXPECT_GT(step1, 0);
    EXPECT_NEAR(step1, step2, 64 * 60.0 / program.width) << size;  // columns are padded to 64 bytes
  }
  EXPECT_LT(bytes({}), 60000) << "a world of the reference organization";
  // And so does the time that blocks are cut by.
  const auto cost = [&](std::vector<std::pair<std::string, long>> sizes) {
    return model().cost(of_size(sizes, 1, 1).setting, 100);
  };
  EXPECT_NEAR(cost({{"places", 900}}) - cost({{"places", 600}}),
              cost({{"places", 600}}) - cost({{"places", 300}}), 1e-12);
}

}  // namespace
}  // namespace chasm
