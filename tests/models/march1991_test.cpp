// The model against an oracle of the same rules, and against what must hold whatever the numbers.

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "models/models.hpp"
#include "sim/processor.hpp"
#include "sim/statistics.hpp"
#include "tests/models/march1991_oracle.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

using test::run;
using test::same_bits;

const Model& march() { return march1991::model(); }

Study march_study(uint64_t futures, int periods, std::vector<Arm> arms) {
  Study study = test::study_of(march(), futures, 1, periods);
  study.arms = std::move(arms);
  return study;
}

struct Case {
  const char* name;
  test::MarchSetting p;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class MarchOracle : public testing::TestWithParam<Case> {};

// Means of code and individual knowledge, both sides with their standard errors: within 4 of the two combined.
TEST_P(MarchOracle, MeansAgree) {
  const test::MarchSetting& p = GetParam().p;
  Study study = march_study(20000, p.periods,
                            {test::arm(march(), "case",
                                       {{"socialisation", p.p1},
                                        {"socialisation_fast", p.p1_fast},
                                        {"fast_share", p.fast_share},
                                        {"code_learning", p.p2},
                                        {"turnover", p.p3},
                                        {"turbulence", p.p4}})});
  study.setting.sizes = {p.individuals, p.dimensions};
  const auto ours = run(study);
  std::mt19937_64 luck(7);
  Moments code, individual;
  for (int i = 0; i < 1000; ++i) {
    const auto world = test::march_oracle(p, luck);
    code.add(world.code_knowledge);
    individual.add(world.individual_knowledge);
  }
  const auto agree = [](const Moments& oracle, const std::vector<double>& values) {
    const Estimate mean = estimate({values, 1});
    const double error =
        std::hypot(mean.standard_error, oracle.standard_deviation() / std::sqrt(oracle.count()));
    EXPECT_LE(std::abs(mean.mean - oracle.mean()), 4 * error)
        << mean.mean << " against " << oracle.mean() << ", standard error " << error;
    Moments spread;
    for (const double v : values) spread.add(v);
    EXPECT_NEAR(spread.standard_deviation() / oracle.standard_deviation(), 1, 0.12);
  };
  agree(code, ours.metrics[0]);
  agree(individual, ours.metrics[1]);
}

INSTANTIATE_TEST_SUITE_P(
    Settings, MarchOracle,
    testing::Values(Case{"paper", {}}, Case{"early", {.periods = 5}},
                    Case{"slow", {.periods = 40, .p1 = 0.1, .p2 = 0.9}},
                    Case{"mixed_learners", {.periods = 20, .p1 = 0.1, .fast_share = 0.45}},
                    Case{"turnover", {.periods = 20, .p1 = 0.9, .p3 = 0.3}},
                    Case{"turbulence", {.periods = 60, .p3 = 0.1, .p4 = 0.02}},
                    Case{"one_member", {.individuals = 1, .periods = 20}},
                    Case{"seven_members", {.individuals = 7, .dimensions = 32, .periods = 20}},
                    Case{"one_dimension", {.individuals = 3, .dimensions = 1, .periods = 3}},
                    Case{"many_members",
                         {.individuals = 203, .dimensions = 11, .periods = 1, .p2 = .01}}),
    [](const auto& info) { return std::string(info.param.name); });

// Closed and open worlds, equal and mixed learners side by side in one tile: nobody's bits depend on the neighbours, so a
// draw that is skipped for one width and made for another changes nothing, and neither does an early end.
TEST(March, EveryProgramGivesTheSameBits) {
  Study study = march_study(
      23, 60,
      {test::arm(march(), "closed", {}), test::arm(march(), "slow", {{"socialisation", 0.1}}),
       test::arm(march(), "mixed", {{"fast_share", 0.31}, {"socialisation", 0.137}}),
       test::arm(march(), "open", {{"turnover", 0.05}, {"turbulence", 0.01}}),
       test::arm(march(), "extreme", {{"socialisation", 1}, {"code_learning", 1}}),
       test::arm(march(), "still", {{"socialisation", 0}, {"code_learning", 0}})});
  study.outputs.series = {0, 1};
  study.outputs.keep = Keep::full;
  const auto reference = run(study, choose_program(march(), "plain", 1));
  int compared = 0;
  for (const Program& program : march().programs) {
    if (program.doubles || !processor_runs(program.isa)) continue;
    EXPECT_TRUE(same_bits(reference, run(study, program))) << test::name_of(program);
    ++compared;
  }
  EXPECT_GE(compared, 2);
}

TEST(March, TheEndOfAClosedSystemIsTheEnd) {
  const auto arms = std::vector<Arm>{test::arm(march(), "closed", {})};
  const auto early = run(march_study(500, 300, arms)), late = run(march_study(500, 900, arms));
  EXPECT_TRUE(same_bits(early, late));
  for (size_t i = 0; i < 500; ++i) {
    EXPECT_FALSE(std::isnan(early.metrics[3][i]));
    EXPECT_EQ(early.metrics[2][i], 1.0) << "beliefs differ from the code at rest, world " << i;
  }
}

TEST(March, NobodyLearnsWithoutLearning) {
  Study study = march_study(
      100, 30, {test::arm(march(), "still", {{"socialisation", 0}, {"code_learning", 0}})});
  study.outputs.series = {1};
  study.outputs.keep = Keep::full;
  const auto all = run(study);
  for (size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(all.metrics[0][i], 0.0);
    for (size_t t = 0; t <= 30; ++t) EXPECT_EQ(all.series[0][i * 31 + t], all.series[0][i * 31]);
  }
}

TEST(March, FastLearnersAloneAreAllFast) {
  const auto a = run(march_study(
      64, 40, {test::arm(march(), "all fast", {{"fast_share", 1}, {"socialisation", 0.2}})}));
  const auto b = run(march_study(64, 40, {test::arm(march(), "fast", {{"socialisation", 0.9}})}));
  EXPECT_TRUE(same_bits(a, b));
}

}  // namespace
}  // namespace chasm
