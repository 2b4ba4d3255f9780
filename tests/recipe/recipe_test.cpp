// The recipe for adding a model: the engine runs it, and what the engine promises holds for it.

#include <gtest/gtest.h>

#include <cmath>

#include "sim/processor.hpp"
#include "tests/recipe/urn.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

using test::run;
using test::same_bits;
using test::study_of;

Study urns(uint64_t futures, int draws = 20) { return study_of(urn::model(), futures, 1, draws); }

TEST(Recipe, EveryShareOfRedBallsIsEquallyLikely) {
  const int draws = 9;
  const uint64_t worlds = 100000;
  const auto all = run(urns(worlds, draws));
  std::vector<double> seen(draws + 1);
  for (const double share : all.metrics[0])
    seen[static_cast<size_t>(std::lround(share * (draws + 2)) - 1)] += 1;
  const double expected = static_cast<double>(worlds) / (draws + 1);
  double chi_square = 0;
  for (const double n : seen) chi_square += (n - expected) * (n - expected) / expected;
  EXPECT_LT(chi_square, 27.9);  // 9 degrees of freedom, p = .001
}

TEST(Recipe, EveryProgramGivesTheSameBits) {
  Study study = urns(37);
  study.outputs.series = {0};
  study.outputs.keep = Keep::full;
  const auto reference = run(study, choose_program(urn::model(), "plain", 1));
  int compared = 0;
  for (const Program& program : urn::model().programs) {
    if (program.doubles || !processor_runs(program.isa)) continue;
    EXPECT_TRUE(same_bits(reference, run(study, program))) << test::name_of(program);
    ++compared;
  }
  EXPECT_GE(compared, 2);
}

TEST(Recipe, DoublesFollowTheSameRules) {
  const auto single = run(urns(1000), choose_program(urn::model(), "plain", 1));
  const auto twice = run(urns(1000), choose_program(urn::model(), "plain", 1, true));
  int apart = 0;
  for (size_t i = 0; i < 1000; ++i)
    apart += std::abs(single.metrics[0][i] - twice.metrics[0][i]) > 1e-6;
  EXPECT_LE(apart, 1);  // a draw between the two roundings of a share
}

TEST(Recipe, ThreadsBlocksAndTheSizeOfTheStudyDoNotMoveAWorld) {
  const Study study = urns(501);
  const Program& program = choose_program(urn::model());
  const auto reference = run(study, program);
  for (const int threads : {2, 5}) EXPECT_TRUE(same_bits(reference, run(study, program, threads)));
  for (const uint64_t block : {1, 7, 100})
    EXPECT_TRUE(same_bits(reference, run(study, program, 2, block)));
  const auto larger = run(urns(777));
  for (size_t i = 0; i < 501; ++i) EXPECT_EQ(reference.metrics[0][i], larger.metrics[0][i]);
}

TEST(Recipe, ArmsShareTheirLuckAndFuturesDoNot) {
  Study study = urns(200);
  study.arms.push_back(test::arm(urn::model(), "twin", {}));
  const auto all = run(study);
  int different = 0;
  for (size_t i = 0; i < 200; ++i) {
    EXPECT_EQ(all.metrics[0][2 * i], all.metrics[0][2 * i + 1]);
    if (i > 0) different += all.metrics[0][2 * i] != all.metrics[0][2 * i - 2];
  }
  EXPECT_GT(different, 150);
}

TEST(Recipe, ALeverOfNoStrengthOrBeyondTheHorizonIsTheBaseline) {
  Study study = urns(100);
  const LeverSetting settings[] = {{0.0, 0, 1e9}, {1.0, 20, 1e9}, {1.0, 500, 1e9}, {1.0, 5, 5},
                                   {1.0, 0, 1e9}, {1.0, 0, 10},   {0.5, 0, 1e9}};
  for (const LeverSetting& setting : settings) {
    study.arms.push_back(test::arm(urn::model(), "arm", {}));
    study.arms.back().levers[0] = setting;
  }
  const auto all = run(study);
  const size_t arms = study.arms.size();
  const auto baseline = all.of_arm(0, 0, arms);
  for (size_t arm = 1; arm <= 4; ++arm) EXPECT_EQ(all.of_arm(0, arm, arms), baseline) << arm;
  double full = 0, stopped = 0, half = 0, none = 0;
  for (size_t i = 0; i < 100; ++i) {
    none += baseline[i];
    full += all.of_arm(0, 5, arms)[i];
    stopped += all.of_arm(0, 6, arms)[i];
    half += all.of_arm(0, 7, arms)[i];
  }
  EXPECT_GT(full, stopped);
  EXPECT_GT(stopped, none);
  EXPECT_GT(full, half);
  EXPECT_GT(half, none);
}

TEST(Recipe, AFailedWorldIsRecordedAndHidesNoOther) {
  Study study = urns(50);
  study.arms.push_back(test::arm(urn::model(), "small urns", {{"balls.most", 10}}));
  const auto all = run(study);
  for (size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(all.status[2 * i], static_cast<uint8_t>(Status::ok));
    EXPECT_EQ(all.failure[2 * i], 0);
    EXPECT_EQ(all.status[2 * i + 1], static_cast<uint8_t>(Status::failed));
    EXPECT_EQ(all.failure[2 * i + 1], 1);
    EXPECT_TRUE(std::isnan(all.metrics[0][2 * i + 1]));
  }
  const auto alone = run(urns(50));
  EXPECT_EQ(all.of_arm(0, 0, 2), alone.metrics[0]);
}

TEST(Recipe, BandsCountEveryWorldInEveryRowOnce) {
  Study study = urns(123);
  study.outputs.series = {0};
  study.outputs.every = 5;
  study.outputs.keep = Keep::bands;
  const auto bands = run(study, choose_program(urn::model()), 2, 10).bands.at(0);
  study.outputs.keep = Keep::full;
  const auto series = run(study).series.at(0);
  const size_t rows = 5;
  ASSERT_EQ(bands.size(), rows * band_bins);
  std::vector<uint32_t> expected(bands.size());
  for (size_t world = 0; world < 123; ++world)
    for (size_t row = 0; row < rows; ++row) {
      const double share = series[world * rows + row];
      ++expected[row * band_bins + std::min<size_t>(static_cast<size_t>(share * band_bins), 63)];
    }
  EXPECT_EQ(bands, expected);
}

TEST(Recipe, OddSizesRun) {
  for (const uint64_t worlds : {1, 7, 15, 16, 17}) {
    Study study = urns(worlds);
    study.setting.sizes[0] = 3;
    EXPECT_EQ(run(study).status, std::vector<uint8_t>(worlds, static_cast<uint8_t>(Status::ok)));
  }
}

}  // namespace
}  // namespace chasm
