// The recipe for adding a model: the engine runs it, and what the engine promises holds for it.

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

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
  study.outputs.totals = {0, 1, 2};
  study.setting.sizes[0] = 3;
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

TEST(Recipe, ARampOfOnesOwnReplacesTheLevers) {
  Study study = urns(200);
  const double registered = urn::model().levers[0].ramp;
  for (const double ramp : {0.0, registered, registered / 4}) {
    study.arms.push_back(test::arm(urn::model(), "arm", {}));
    study.arms.back().levers[0] = {.strength = 0.5, .ramp = ramp};
  }
  const auto all = run(study);
  EXPECT_EQ(all.of_arm(0, 1, 4), all.of_arm(0, 2, 4));
  const auto slow = all.of_arm(0, 1, 4), fast = all.of_arm(0, 3, 4);
  EXPECT_GT(std::accumulate(fast.begin(), fast.end(), 0.0),
            std::accumulate(slow.begin(), slow.end(), 0.0));
}

TEST(Recipe, ALeverWithAConditionStartsInTheWorldsWhereItHolds) {
  const int step = 6;
  for (const Comparison comparison :
       {Comparison::below, Comparison::at_most, Comparison::above, Comparison::at_least}) {
    Study study = urns(101);
    // A share that some worlds have exactly.
    const double share = 4.0 / 8;
    const When when{.series = 0, .comparison = comparison, .value = share, .step = step};
    study.outputs.series = {0};
    study.outputs.keep = Keep::full;
    for (const LeverSetting& setting : {LeverSetting{.strength = 1, .start = step},
                                        LeverSetting{.strength = 1, .start = step, .when = when}}) {
      study.arms.push_back(test::arm(urn::model(), "arm", {}));
      study.arms.back().levers[0] = setting;
    }
    const size_t arms = study.arms.size(), rows = 21;
    const auto plain = run(study, choose_program(urn::model(), "plain", 1));
    size_t started = 0, equal = 0;
    for (size_t i = 0; i < 101; ++i) {
      const float seen = plain.series[0][(i * arms) * rows + step];
      const bool yes = comparison == Comparison::below     ? seen < share
                       : comparison == Comparison::at_most ? seen <= share
                       : comparison == Comparison::above   ? seen > share
                                                           : seen >= share;
      for (size_t row = 0; row < rows; ++row)
        EXPECT_EQ(plain.series[0][(i * arms + 2) * rows + row],
                  plain.series[0][(i * arms + (yes ? 1 : 0)) * rows + row])
            << i << " " << row;
      started += yes;
      equal += seen == share;
    }
    EXPECT_GT(started, 0u);
    EXPECT_LT(started, 101u);
    EXPECT_GT(equal, 0u);
    for (const Program& program : urn::model().programs) {
      if (program.doubles || !processor_runs(program.isa)) continue;
      EXPECT_TRUE(same_bits(plain, run(study, program))) << test::name_of(program);
    }
  }
}

TEST(Recipe, AConditionMayHoldAtTheFirstStepAndAtTheLast) {
  Study study = urns(40);
  for (const int step : {0, 20}) {
    study.arms.push_back(test::arm(urn::model(), "arm", {}));
    study.arms.back().levers[0] = {
        .strength = 1,
        .when = {.series = 0, .comparison = Comparison::at_least, .value = 0, .step = step}};
  }
  study.arms.push_back(test::arm(urn::model(), "from the start", {}));
  study.arms.back().levers[0] = {.strength = 1};
  const auto all = run(study);
  EXPECT_EQ(all.of_arm(0, 1, 4), all.of_arm(0, 3, 4));
  EXPECT_EQ(all.of_arm(0, 2, 4), all.of_arm(0, 0, 4));
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

int64_t sum_of(const std::vector<int64_t>& cells) {
  return std::accumulate(cells.begin(), cells.end(), int64_t{0});
}

TEST(Recipe, TotalsAddUpToTheCent) {
  Study study = urns(123, 25);
  study.setting.sizes[0] = 3;
  study.arms.push_back(test::arm(urn::model(), "painted", {}));
  study.arms.back().levers[0] = {1.0, 0, 1e9};
  study.outputs.totals = {0, 1, 2};
  const auto all = run(study, choose_program(urn::model()), 2, 10);
  ASSERT_EQ(all.totals.size(), 3u);
  for (size_t arm = 0; arm < 2; ++arm) {
    const auto of_arm = [&](size_t total) {
      const auto& cells = all.totals[total];
      const auto half = static_cast<long>(cells.size() / 2), first = static_cast<long>(arm) * half;
      return std::vector<int64_t>(cells.begin() + first, cells.begin() + first + half);
    };
    const auto draws = of_arm(0), ended = of_arm(1), paid = of_arm(2);
    ASSERT_EQ(draws.size(), 2u * 3);
    ASSERT_EQ(ended.size(), 26u);
    ASSERT_EQ(paid.size(), 3u * 3);
    for (size_t ten = 0; ten < 3; ++ten)
      EXPECT_EQ(draws[ten] + draws[3 + ten], 123 * 3 * (ten < 2 ? 10 : 5)) << ten;
    EXPECT_EQ(sum_of(ended), 123 * 3);
    int64_t red = 0, cents = 0;
    for (size_t i = 0; i < ended.size(); ++i) red += static_cast<int64_t>(i) * ended[i];
    EXPECT_EQ(red, draws[3] + draws[4] + draws[5]);
    for (const double world : all.of_arm(1, arm, 2)) cents += static_cast<int64_t>(world);
    EXPECT_EQ(sum_of(paid), cents);
    EXPECT_GT(cents, int64_t{1} << 40);
  }
}

TEST(Recipe, TotalsLeaveFailedWorldsOutAndMoveNoOther) {
  Study study = urns(50);
  const auto without = run(study);
  EXPECT_TRUE(without.totals.empty());
  study.outputs.totals = {0, 2};
  auto alone = run(study);
  const auto totals = alone.totals;
  alone.totals.clear();
  EXPECT_TRUE(test::same_bits(alone, without));
  study.arms.push_back(test::arm(urn::model(), "small urns", {{"balls.most", 10}}));
  const auto both = run(study).totals;
  ASSERT_EQ(both.size(), 2u);
  for (size_t k = 0; k < 2; ++k) {
    const size_t cells = totals[k].size();
    ASSERT_EQ(both[k].size(), 2 * cells);
    for (size_t i = 0; i < cells; ++i) {
      EXPECT_EQ(both[k][i], totals[k][i]);
      EXPECT_EQ(both[k][cells + i], 0);
    }
  }
}

TEST(Recipe, OuterCellsOfATotalTakeWhatLiesBeyond) {
  Study study = urns(1000, 20);
  study.base[static_cast<size_t>(test::parameter(urn::model(), "balls.red"))] = 1;
  study.outputs.totals = {1};
  const auto whole = run(study).totals.at(0);
  Model narrow = urn::model();
  narrow.totals = [](const Setting& setting, int steps) {
    auto totals = urn::model().totals(setting, steps);
    totals[1].axes[0].size = 5;
    return totals;
  };
  study.model = &narrow;
  for (const Program& program : narrow.programs) {
    if (!processor_runs(program.isa)) continue;
    const auto cut = run(study, program).totals.at(0);
    ASSERT_EQ(cut.size(), 5u);
    for (size_t i = 0; i < 4; ++i) EXPECT_EQ(cut[i], whole[i]) << test::name_of(program);
    EXPECT_EQ(sum_of(cut), 1000) << test::name_of(program);
  }
}

TEST(Recipe, ATracedWorldTellsItsEventsAndKeepsItsBits) {
  const int draws = 20;
  const long urns_of_world = 3;
  Study study = urns(5, draws);
  study.setting.sizes[0] = urns_of_world;
  study.arms.push_back(test::arm(urn::model(), "painted", {}));
  study.arms.back().levers[0] = {.strength = 0.5, .start = 3};
  study.outputs.series = {0};
  study.outputs.keep = Keep::full;
  study.outputs.totals = {0, 1, 2};
  const Model& model = urn::model();
  ASSERT_NE(model.traced, nullptr);
  EXPECT_STREQ(model.traced->isa, "trace");
  EXPECT_TRUE(same_bits(run(study, choose_program(model)), run(study, *model.traced)));

  const Partition parts = partition(study, 2);
  const CpuBackend backend(study, parts, *model.traced, 1);
  std::vector<Note> notes;
  const BlockResult listened = backend.run_block(1, &notes), alone = backend.run_block(1);
  EXPECT_EQ(listened.metrics, alone.metrics);
  EXPECT_EQ(listened.totals, alone.totals);
  ASSERT_EQ(notes.size(), static_cast<size_t>(2 * draws * urns_of_world));  // both arms
  int64_t red = 0;
  for (size_t i = 0; i < notes.size(); ++i) {
    const Note& note = notes[i];
    const auto at = static_cast<long>(i);
    EXPECT_EQ(note.event, model.events[0].number);
    EXPECT_EQ(note.count, model.events[0].value_count());
    EXPECT_EQ(note.entity, at % urns_of_world);
    EXPECT_EQ(note.step, at / urns_of_world % draws + 1);
    EXPECT_TRUE(note.values[0] == 0 || note.values[0] == 1);
    if (note.step == 1) {
      EXPECT_EQ(note.values[1], 0.5);
    }
    red += static_cast<int64_t>(note.values[0]);
  }
  const auto& counted = listened.totals[0];  // [arm][colour][ten]
  EXPECT_EQ(red, counted[2] + counted[3] + counted[6] + counted[7]);
}

TEST(Recipe, NoProgramThatIsChosenTells) {
  for (const Program& program : urn::model().programs) {
    if (!processor_runs(program.isa)) continue;
    const Study study = urns(20);
    const CpuBackend backend(study, partition(study), program, 1);
    std::vector<Note> notes;
    backend.run_block(0, &notes);
    EXPECT_TRUE(notes.empty()) << test::name_of(program);
  }
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
