// Published figures of the diffusion model: Bass (1969) and Centola & Macy (2007).

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/processor.hpp"
#include "sim/statistics.hpp"
#include "tests/models/diffusion_studies.hpp"

namespace chasm {
namespace {

constexpr double p = .03, q = .38;  // a year

// Bass's closed form, equation 9 of the paper.
double bass(double years) {
  const double fallen = std::exp(-(p + q) * years);
  return (1 - fallen) / (1 + q / p * fallen);
}

// F(t + dt) = F + (1 - F)(1 - exp(-(p + q F) dt)), [period].
std::vector<double> recursion(int periods, double dt) {
  std::vector<double> share = {0};
  for (int t = 0; t < periods; ++t)
    share.push_back(share.back() - (1 - share.back()) * std::expm1(-(p + q * share.back()) * dt));
  return share;
}

Study bass_study(const std::string& kind, int agents, uint64_t worlds, int periods, double dt) {
  Study study = test::diffusion_study(kind, agents, worlds, periods);
  test::set(study, "innovation", p);
  test::set(study, "imitation", q);
  test::set(study, "step_length", dt);
  return study;
}

TEST(Bass1969, ClosedForm) {
  EXPECT_NEAR(std::log(q / p) / (p + q), 6.1926, 5e-5);
  EXPECT_NEAR((p + q) * (p + q) / (4 * q), .11059, 5e-6);
  EXPECT_NEAR(.5 - p / (2 * q), .46053, 5e-6);
  const double years[] = {1, 3, 5, 10}, shares[] = {.035758, .150500, .331199, .812803};
  for (int k = 0; k < 4; ++k) EXPECT_NEAR(bass(years[k]), shares[k], 5e-7);
}

// Weekly periods: F(1), F(3), F(5), F(10), held to 1e-6 of the recursion on lanes of float and to 1e-13 on lanes of double.
TEST(Bass1969, MeanFieldFollowsTheRecursion) {
  const double published[] = {.035608, .149744, .329554, .811322};
  const int years[] = {1, 3, 5, 10};
  const auto expected = recursion(520, 1.0 / 52);
  int programs = 0, doubles = 0;
  for (const Program& program : test::diffusion_model().programs) {
    if (!processor_runs(program.isa)) continue;
    ++programs;
    doubles += program.doubles ? 1 : 0;
    for (int k = 0; k < 4; ++k) {
      const int weeks = 52 * years[k];
      const auto worlds = test::run(bass_study("mean-field", 1000, 1, weeks, 1.0 / 52), program);
      const double ours = worlds.metrics[0][0];
      EXPECT_NEAR(ours, published[k], 1e-6) << years[k];
      EXPECT_NEAR(ours, expected[static_cast<size_t>(weeks)], program.doubles ? 1e-13 : 1e-7)
          << test::name_of(program) << ", year " << years[k];
    }
  }
  EXPECT_GE(programs, 2);
  EXPECT_GE(doubles, 1);
}

// The shorter the period the nearer to the closed form, in proportion; peak rate, share and time at the peak.
TEST(Bass1969, ShortPeriodsApproachTheClosedForm) {
  double error[3];
  const int periods_a_year[] = {52, 520, 2600};
  for (int k = 0; k < 3; ++k) {
    const int periods = 10 * periods_a_year[k];
    const double dt = 1.0 / periods_a_year[k];
    const Study study = bass_study("mean-field", 1000, 1, periods, dt);
    const auto worlds = test::run(study);
    const auto course = test::courses(study, worlds)[0];
    error[k] = 0;
    for (int t = 0; t <= periods; ++t)
      error[k] = std::max(
          error[k], std::abs(static_cast<double>(course[static_cast<size_t>(t)]) - bass(t * dt)));
    // The top is flat: rates of float, good to 1e-7, tell times apart from .003 years on.
    EXPECT_NEAR(worlds.metrics[4][0], std::log(q / p) / (p + q), 2 * dt + .003) << "peak time";
    EXPECT_NEAR(worlds.metrics[5][0], (p + q) * (p + q) / (4 * q), .03 * dt) << "peak rate";
    const auto at_peak = static_cast<size_t>(std::lround(worlds.metrics[4][0] / dt));
    EXPECT_NEAR(static_cast<double>(course[at_peak]), .5 - p / (2 * q), .2 * dt + .0004)
        << "share at the peak";
  }
  EXPECT_NEAR(error[0], .002145, 2e-6);
  EXPECT_NEAR(error[0] / error[1], 10, .2);
  EXPECT_NEAR(error[1] / error[2], 5, .2);
}

// The finite population exactly: the chances of 0, 1, ... adopters after every period, as a Markov chain with binomial steps.
struct Chain {
  std::vector<double> mean, deviation;  // of the share, [period]
};

Chain markov_chain(int agents, int periods, double dt) {
  std::vector<double> chance(static_cast<size_t>(agents) + 1, 0);
  chance[0] = 1;
  Chain out;
  const auto record = [&] {
    double mean = 0, square = 0;
    for (int n = 0; n <= agents; ++n) {
      const double share = static_cast<double>(n) / agents;
      mean += chance[static_cast<size_t>(n)] * share;
      square += chance[static_cast<size_t>(n)] * share * share;
    }
    out.mean.push_back(mean);
    out.deviation.push_back(std::sqrt(std::max(0.0, square - mean * mean)));
  };
  record();
  for (int t = 0; t < periods; ++t) {
    std::vector<double> next(chance.size(), 0);
    for (int n = 0; n <= agents; ++n) {
      const double here = chance[static_cast<size_t>(n)];
      if (here < 1e-16) continue;
      const int open = agents - n;
      const double yes = -std::expm1(-(p + q * n / agents) * dt);
      double binomial = std::pow(1 - yes, open);
      for (int k = 0; k <= open && binomial > 1e-18; ++k) {
        next[static_cast<size_t>(n + k)] += here * binomial;
        binomial *= yes / (1 - yes) * (open - k) / (k + 1);
      }
    }
    chance = next;
    record();
  }
  return out;
}

// 100 and 1,000 people, 20,000 worlds: mean and spread after 1, 3, 5 and 10 years within 4 standard errors of the exact ones. After
// ten years the mean lies below the mean field by .0179 and .00175: 31 and 10 standard errors, and in proportion to 1 / N.
TEST(Bass1969, SmallPopulationsLagBehindTheMeanField) {
  constexpr double worlds = 20000;
  const auto mean_field = recursion(520, 1.0 / 52);
  double lag[2], lag_error[2];
  for (int size = 0; size < 2; ++size) {
    const int agents = size == 0 ? 100 : 1000;
    const Chain exact = markov_chain(agents, 520, 1.0 / 52);
    const Study study =
        bass_study("well-mixed", agents, static_cast<uint64_t>(worlds), 520, 1.0 / 52);
    const auto courses = test::courses(study, test::run(study));
    for (const size_t week : {52u, 156u, 260u, 520u}) {
      Moments share;
      for (const auto& course : courses) share.add(static_cast<double>(course[week]));
      const std::string where = std::to_string(agents) + " people, week " + std::to_string(week);
      const double error = exact.deviation[week] / std::sqrt(worlds);
      EXPECT_NEAR(share.mean(), exact.mean[week], 4 * error) << where;
      // The spread has a relative standard error of .5 %, .7 % in the skewed first year.
      EXPECT_NEAR(share.standard_deviation() / exact.deviation[week], 1, .028) << where;
      lag[size] = mean_field[week] - share.mean();
      lag_error[size] = error;
    }
    EXPECT_GT(lag[size], 5 * lag_error[size]) << agents;
  }
  EXPECT_NEAR(lag[0], .017872, 4 * lag_error[0]);
  EXPECT_NEAR(lag[1], .001748, 4 * lag_error[1]);
}

// 10,000 people, 200 worlds: adopters after 1, 3, 5 and 10 years within 3 standard errors (1.6, 4.2, 6.8 and 5.4 people) of the
// recursion, whose bias at this size is at most 2 people.
TEST(Bass1969, TenThousandPeople) {
  const auto expected = recursion(520, 1.0 / 52);
  const Study study = bass_study("well-mixed", 10000, 200, 520, 1.0 / 52);
  const auto courses = test::courses(study, test::run(study));
  const double standard_error[] = {1.6, 4.2, 6.8, 5.4};
  const size_t weeks[] = {52, 156, 260, 520};
  for (int k = 0; k < 4; ++k) {
    Moments adopters;
    for (const auto& course : courses) adopters.add(1e4 * static_cast<double>(course[weeks[k]]));
    const double error = adopters.standard_deviation() / std::sqrt(200.0);
    EXPECT_NEAR(error / standard_error[k], 1, .25);
    EXPECT_NEAR(adopters.mean(), 1e4 * expected[weeks[k]], 3 * error) << weeks[k];
  }
}

constexpr int people = 500;
constexpr double rewirings[] = {0, .01, .1, .3, 1};

// A ring of 500 people with 6 neighbours each; one of them and the neighbours have adopted; ties are swapped.
Study centola_macy(int threshold, uint64_t worlds) {
  Study study = test::diffusion_study("swapped-ring", people, worlds, 400);
  study.setting.sizes[1] = 6;
  test::choose(study, "network.shared", "no");
  test::choose(study, "contagion", "threshold");
  test::choose(study, "seeds.placement", "neighbourhood");
  test::set(study, "innovation", 0);
  test::set(study, "seeds", 1);
  test::set(study, "threshold", threshold);
  study.arms.clear();
  for (const double rewiring : rewirings)
    study.arms.push_back(test::arm(test::diffusion_model(), std::to_string(rewiring),
                                   {{"network.rewiring", rewiring}}));
  study.outputs.keep = Keep::none;
  study.outputs.series = {};
  return study;
}

// Without rewiring the adopters are one stretch of the ring, which grows at both ends by 3 (threshold 1), 2 or 1 a period: from 7
// to 50, 250 and 450 people.
TEST(CentolaMacy2007, OnTheRingAdoptionIsAFront) {
  const int growth[] = {6, 4, 2};
  const int milestones[] = {50, 250, 450};
  for (int threshold = 1; threshold <= 3; ++threshold) {
    const auto worlds = test::run(centola_macy(threshold, 20));
    for (size_t w = 0; w < worlds.status.size(); w += 5) {
      EXPECT_EQ(worlds.metrics[0][w], 1);
      for (size_t k = 0; k < 3; ++k)
        EXPECT_EQ(worlds.metrics[1 + k][w],
                  std::ceil((milestones[k] - 7.0) / growth[threshold - 1]));
    }
  }
  const auto four = test::run(centola_macy(4, 20));
  for (size_t w = 0; w < four.status.size(); w += 5)
    EXPECT_FLOAT_EQ(static_cast<float>(four.metrics[0][w]), 7.f / people);
}

// Threshold 1: everybody adopts, and the sooner the more ties are rewired; 1,000 worlds, standard errors below .2 periods.
TEST(CentolaMacy2007, RewiringSpeedsSimpleContagion) {
  const auto study = centola_macy(1, 1000);
  const auto worlds = test::run(study);
  double before = 1e9;
  for (size_t arm = 0; arm < 5; ++arm) {
    for (const double share : worlds.of_arm(0, arm, 5)) EXPECT_EQ(share, 1);
    const Estimate time = estimate({worlds.of_arm(3, arm, 5), 1});
    EXPECT_LE(time.standard_error, .2);
    if (rewirings[arm] <= .3) {
      EXPECT_LT(time.mean, before - 1) << rewirings[arm];
    }
    before = time.mean;
  }
  EXPECT_LT(before, 5);
}

// Threshold 2: everybody on the ring, almost nobody at .3: 1,000 worlds, standard error of the mean share below .004 there.
TEST(CentolaMacy2007, RewiringKillsComplexContagion) {
  const auto worlds = test::run(centola_macy(2, 1000));
  const auto adopted = [&](size_t arm) { return estimate({worlds.of_arm(0, arm, 5), 1}); };
  EXPECT_EQ(adopted(0).mean, 1);
  EXPECT_GT(adopted(1).mean, .99);
  EXPECT_LT(adopted(2).mean, .9);
  EXPECT_GT(adopted(2).mean, .6);
  EXPECT_LT(adopted(3).standard_error, .004);
  EXPECT_LT(adopted(3).mean, .05);
  EXPECT_LT(adopted(4).mean, .02);
  EXPECT_GE(adopted(4).mean, 7.0 / people);
}

}  // namespace
}  // namespace chasm
