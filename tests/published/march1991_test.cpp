// The figures of March (1991). "Published" numbers of Figure 1 are read off the printed figure (+- .005; means of 80
// runs there); "reference" are means of 8,000 runs of an independent program of the same rules.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "models/models.hpp"
#include "sim/statistics.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

const Model& march() { return march1991::model(); }

constexpr double socialisation[9] = {.1, .2, .3, .4, .5, .6, .7, .8, .9};
constexpr double code_learning[3] = {.1, .5, .9};
constexpr double published[3][9] = {{.857, .813, .803, .787, .801, .816, .805, .803, .794},
                                    {.954, .918, .873, .835, .796, .778, .781, .753, .746},
                                    {.977, .950, .912, .888, .853, .803, .770, .744, .751}};
constexpr double reference[3][9] = {{.862, .819, .805, .800, .801, .803, .806, .807, .810},
                                    {.954, .909, .868, .836, .809, .788, .767, .754, .741},
                                    {.973, .941, .907, .873, .840, .811, .780, .755, .727}};
constexpr double spread[3][9] = {{.086, .099, .103, .104, .101, .102, .100, .103, .101},
                                 {.050, .067, .077, .087, .093, .094, .096, .098, .104},
                                 {.039, .055, .068, .081, .090, .093, .102, .106, .110}};
constexpr double equilibrium[9] = {108, 54, 35, 26, 20, 16, 13, 11, 9};  // periods, p2 = .5

// Mean of a metric and its standard error, by arm.
std::vector<Estimate> means(const Study& study, size_t metric) {
  const auto all = test::run(study);
  std::vector<Estimate> out;
  for (size_t arm = 0; arm < study.arms.size(); ++arm)
    out.push_back(estimate({all.of_arm(metric, arm, study.arms.size()), 1}));
  return out;
}

Study study_of_arms(uint64_t runs, int periods, std::vector<Arm> arms) {
  Study study = test::study_of(march(), runs, 1, periods);
  study.arms = std::move(arms);
  return study;
}

Study figure1(uint64_t runs) {
  std::vector<Arm> arms;
  for (const double p2 : code_learning)
    for (const double p1 : socialisation)
      arms.push_back(test::arm(march(), std::to_string(p1) + " " + std::to_string(p2),
                               {{"socialisation", p1}, {"code_learning", p2}}));
  return study_of_arms(runs, 2000, std::move(arms));
}

// 8,000 runs: the standard error of a cell is at most .0012, and .0012 again in the reference.
TEST(March1991, Figure1) {
  const auto knowledge = means(figure1(8000), 0);
  double z_squared = 0;
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 9; ++column) {
      const Estimate& cell = knowledge[static_cast<size_t>(9 * row + column)];
      const std::string where = "p1 " + std::to_string(socialisation[column]) + ", p2 " +
                                std::to_string(code_learning[row]);
      EXPECT_LT(cell.standard_error, .0013) << where;
      EXPECT_NEAR(cell.mean, reference[row][column], .006) << where;
      EXPECT_NEAR(cell.mean, published[row][column], .035) << where;
      const double z =
          (published[row][column] - cell.mean) / (spread[row][column] / std::sqrt(80.0));
      EXPECT_LT(std::abs(z), 3) << where;
      z_squared += z * z;
      RecordProperty("z " + where, std::to_string(z));
    }
  EXPECT_LT(z_squared, 55.5) << "chi-square of 27 published cells, p = .001";
}

TEST(March1991, SlowSocialisationKnowsMore) {
  const auto k = means(figure1(8000), 0);
  for (size_t row = 1; row < 3; ++row)
    for (size_t column = 1; column < 9; ++column)
      EXPECT_LT(k[9 * row + column].mean, k[9 * row + column - 1].mean);
  // A fast code is worse where socialisation is fast: the curve of p2 = .1 crosses the others between .5 and .7.
  for (size_t row = 1; row < 3; ++row) {
    EXPECT_GT(k[9 * row + 3].mean, k[3].mean);
    EXPECT_LT(k[9 * row + 7].mean, k[7].mean);
  }
}

TEST(March1991, PeriodsToEquilibrium) {
  const auto periods = means(figure1(4000), 3);
  for (size_t column = 0; column < 9; ++column) {
    EXPECT_EQ(periods[9 + column].absent, 0u);
    EXPECT_NEAR(periods[9 + column].mean, equilibrium[column],
                0.5 + 4 * periods[9 + column].standard_error);
  }
}

// Figure 2: of the same average rate, a mix of fast (.9) and slow (.1) learners knows more than equals do, from .3 on.
TEST(March1991, Figure2MixedLearnersKnowMore) {
  for (const double average : {.3, .5, .7}) {
    const auto study = study_of_arms(4000, 2000,
                                     {test::arm(march(), "equal", {{"socialisation", average}}),
                                      test::arm(march(), "mixed",
                                                {{"socialisation", .1},
                                                 {"socialisation_fast", .9},
                                                 {"fast_share", (average - .1) / .8}})});
    const auto all = test::run(study);
    const Paired gain = paired({all.of_arm(0, 1, 2), 1}, {all.of_arm(0, 0, 2), 1});
    EXPECT_GT(gain.difference.mean, 4 * gain.difference.standard_error) << "average " << average;
  }
}

// Figure 3: after 20 periods the code knows most, and individuals know less than the code except where all are fast; as the
// share of fast learners grows the code loses.
TEST(March1991, Figure3SlowLearnersTeachTheCode) {
  std::vector<Arm> arms;
  for (const double share : {.1, .3, .5, .7, .9})
    arms.push_back(
        test::arm(march(), std::to_string(share),
                  {{"socialisation", .1}, {"socialisation_fast", .9}, {"fast_share", share}}));
  const auto study = study_of_arms(4000, 20, arms);
  const auto code = means(study, 0), individual = means(study, 1);
  for (size_t arm = 0; arm < arms.size(); ++arm)
    EXPECT_GT(code[arm].mean, individual[arm].mean + 4 * code[arm].standard_error);
  for (size_t arm = 2; arm < arms.size(); ++arm) EXPECT_LT(code[arm].mean, code[arm - 1].mean);
  // Individuals gain from fast learning at first.
  EXPECT_GT(individual[1].mean, individual[0].mean + 4 * individual[0].standard_error);
}

// Figure 4, 20 periods: with fast socialisation some turnover helps the code, with slow socialisation it only hurts.
TEST(March1991, Figure4TurnoverHelpsWhereSocialisationIsFast) {
  const double turnover[] = {0, .1, .2, .3, .4, .5, .6, .7, .8, .9};
  std::vector<Arm> arms;
  for (const double p1 : {.1, .9})
    for (const double p3 : turnover)
      arms.push_back(test::arm(march(), std::to_string(p1) + " " + std::to_string(p3),
                               {{"socialisation", p1}, {"turnover", p3}}));
  const auto k = means(study_of_arms(4000, 20, arms), 0);
  for (size_t i = 1; i < 10; ++i) EXPECT_LT(k[i].mean, k[i - 1].mean);
  size_t best = 10;
  for (size_t i = 11; i < 20; ++i)
    if (k[i].mean > k[best].mean) best = i;
  EXPECT_GE(turnover[best - 10], .2);
  EXPECT_LE(turnover[best - 10], .5);
  EXPECT_GT(k[best].mean, k[10].mean + 4 * k[10].standard_error);
  EXPECT_GT(k[best].mean, k[19].mean + 4 * k[19].standard_error);
}

// Figure 5, p1 = p2 = .5 and reality turning over at .02: without turnover the code learns, then everybody agrees and
// knowledge decays to nothing; with turnover .1 it settles.
TEST(March1991, Figure5TurnoverUnderTurbulence) {
  const int periods = 200;
  Study study =
      study_of_arms(2000, periods,
                    {test::arm(march(), "no turnover", {{"turbulence", .02}}),
                     test::arm(march(), "turnover", {{"turbulence", .02}, {"turnover", .1}})});
  study.outputs.series = {0};
  study.outputs.keep = Keep::full;
  const auto all = test::run(study);
  const auto mean_at = [&](size_t arm, int t) {
    Moments m;
    for (size_t world = arm; world < all.status.size(); world += 2)
      m.add(all.series[0][world * static_cast<size_t>(periods + 1) + static_cast<size_t>(t)]);
    return m.mean();
  };
  EXPECT_GT(mean_at(0, 10), .5);
  EXPECT_GT(mean_at(0, 10), mean_at(0, 50));
  EXPECT_GT(mean_at(0, 50), mean_at(0, 100));
  EXPECT_NEAR(mean_at(0, 200), 0, .04);
  EXPECT_GT(mean_at(1, 100), .4);
  EXPECT_NEAR(mean_at(1, 200), mean_at(1, 100), .02);
}

}  // namespace
}  // namespace chasm
