// The enterprise's own submodels at the parameters where they are a published model.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "sim/statistics.hpp"
#include "tests/models/enterprise_organization.hpp"

namespace chasm::enterprise {
namespace {

using test::EightWorlds;
using test::Named;
using test::Organization;

using F = EightWorlds::F;
using I = EightWorlds::I;
using M = EightWorlds::M;

constexpr int lanes = EightWorlds::width;

// One team of 50 that meets nobody, is judged by the technical reality alone and learns every week. Contact: one that vanishes
// in the 200 m to the one-man unit.
Named march(double socialisation, double code_learning, double noise) {
  return {{"contacts.floor", 0},
          {"contacts.near", 1},
          {"contacts.decay", 1},
          {"contacts.distance_in_unit", 200},
          {"contacts.distance_elsewhere", 200},
          {"beliefs.technical_business_weight", 0},
          {"beliefs.socialisation", socialisation},
          {"beliefs.code_learning", code_learning},
          {"measurement.noise", noise},
          {"mechanism.turnover", 0}};
}

// Correct minus wrong beliefs of the code once nothing changes any more, 2,000 worlds.
Estimate code_knowledge(double socialisation, double code_learning, double noise = 0) {
  const int periods = socialisation < .2 ? 500 : 150;
  std::vector<double> knowledge;
  for (uint32_t future = 0; future < 2000; future += lanes) {
    Organization<EightWorlds> o(march(socialisation, code_learning, noise),
                                {{"teams", 1},
                                 {"technical_staff", 50},
                                 {"units", 1},
                                 {"business_staff", 1},
                                 {"translator_posts", 0},
                                 {"belief_cadence", 1},
                                 {"burn_in", 0}},
                                future);
    for (int t = 0; t < periods; ++t) {
      ++o.w.t;
      learn(o.w, o.s);
    }
    const I right =
        score<EightWorlds>({o.s.groups.held[0], o.s.groups.positive[0]}, o.s.technical_reality);
    for (int lane = 0; lane < lanes; ++lane) knowledge.push_back(right.get(lane) / 30.0);
  }
  return estimate({knowledge, 1});
}

// March 1991, Figure 1: means of 8,000 runs of an independent program of his rules, each with a standard error of at most .0012.
TEST(EnterpriseAsMarch1991, Figure1) {
  const struct {
    double p1, p2, reference, published;
  } cells[] = {
      {.1, .9, .973, .977}, {.5, .5, .809, .796}, {.9, .9, .727, .751}, {.9, .1, .810, .794}};
  for (const auto& cell : cells) {
    const std::string where = "p1 " + std::to_string(cell.p1) + ", p2 " + std::to_string(cell.p2);
    const Estimate ours = code_knowledge(cell.p1, cell.p2);
    EXPECT_LT(ours.standard_error, .0027) << where;
    EXPECT_NEAR(ours.mean, cell.reference, 4 * std::hypot(ours.standard_error, .0012)) << where;
    EXPECT_NEAR(ours.mean, cell.published, .035) << where;
  }
}

TEST(EnterpriseAsMarch1991, AMeasureWithNoiseIsNotHis) {
  const Estimate noisy = code_knowledge(.5, .5, .5);
  EXPECT_LT(noisy.mean, .809 - 6 * std::hypot(noisy.standard_error, .0012));
}

constexpr double p = .03, q = .38;  // a year

// Share of adopters of one population after each of `weeks`, a world a row.
std::vector<std::vector<double>> adoption(int people, uint32_t worlds,
                                          const std::vector<int>& weeks) {
  std::vector<std::vector<double>> share;
  for (uint32_t future = 0; future < worlds; future += lanes) {
    Organization<EightWorlds> o({{"adoption.innovation", p},
                                 {"adoption.imitation", q},
                                 {"adoption.threshold", -10},
                                 {"adoption.steepness", 50},
                                 {"adoption.disadoption", 0}},
                                {{"burn_in", 0}}, future);
    o.plant(0, 0, Stage::in_use);
    o.s.initiatives.users[0][0] = I(people);
    size_t row = share.size();
    share.resize(row + lanes);
    size_t next = 0;
    while (next < weeks.size()) {
      ++o.w.t;
      adopt_in(o.w, o.s, 0, 0, M(true), F(1));
      if (o.w.t != weeks[next]) continue;
      for (size_t lane = 0; lane < lanes; ++lane)
        share[row + lane].push_back(
            static_cast<double>(o.s.initiatives.active[0][0].get(static_cast<int>(lane))) / people);
      ++next;
    }
  }
  return share;
}

// F + (1 - F)(1 - exp(-(p + q F) / 52)), by weeks: Bass's curve in steps of a week (.035608, .149744, .329554, .811322 after
// 1, 3, 5 and 10 years).
double bass(int weeks) {
  double share = 0;
  for (int t = 0; t < weeks; ++t) share -= (1 - share) * std::expm1(-(p + q * share) / 52);
  return share;
}

Moments of_column(const std::vector<std::vector<double>>& rows, size_t column) {
  Moments m;
  for (const auto& row : rows) m.add(row[column]);
  return m;
}

TEST(EnterpriseAsBass1969, TenThousandPeople) {
  const std::vector<int> weeks = {52, 156, 260, 520};
  const double published[] = {.035608, .149744, .329554, .811322};
  const auto shares = adoption(10000, 200, weeks);
  for (size_t k = 0; k < weeks.size(); ++k) {
    EXPECT_NEAR(bass(weeks[k]), published[k], 1e-6);
    const Moments m = of_column(shares, k);
    const double error = m.standard_deviation() / std::sqrt(200.0);
    EXPECT_LT(error, .001);
    EXPECT_NEAR(m.mean(), published[k], 3 * error) << "week " << weeks[k];
  }
}

// After ten years the mean of 100 and of 1,000 people lies below the curve by .01787 and .00175 (exact Markov chain).
TEST(EnterpriseAsBass1969, SmallPopulationsLagBehind) {
  const double lag[] = {.017872, .001748};
  for (int size = 0; size < 2; ++size) {
    const Moments m = of_column(adoption(size == 0 ? 100 : 1000, 4000, {520}), 0);
    const double error = m.standard_deviation() / std::sqrt(4000.0);
    EXPECT_NEAR(bass(520) - m.mean(), lag[size], 4 * error);
    EXPECT_GT(bass(520) - m.mean(), 3 * error);
  }
}

// Holmstrom & Milgrom 1991: effort t = C^-1 b, with C = 1 on the diagonal and the substitution g beside it.
TEST(EnterpriseAsHolmstromMilgrom1991, EffortEqualisesMarginalCostAndReward) {
  const F reward[3] = {F(.30), F(.28), F(.25)};
  for (const double g : {0.0, .2, .39, .6}) {
    F task[3];
    divide_effort(reward, F(g), task);
    for (int k = 0; k < 3; ++k) {
      double marginal_cost = 0;
      for (int other = 0; other < 3; ++other)
        marginal_cost += (k == other ? 1 : g) * static_cast<double>(task[other].get(0));
      EXPECT_GT(task[k].get(0), 0) << g;
      EXPECT_NEAR(marginal_cost, reward[k].get(0), 1e-6) << g;
    }
  }
}

// b* = (I + r C S)^-1 b of the paper for two tasks, g = .5, r = 1, s1^2 = .25, b = (1, 3), and what the agent then does. A third
// task is given the reward at which it is just not worth doing; everything a tenth, to stay within capacity.
TEST(EnterpriseAsHolmstromMilgrom1991, OptimalRewardsAndWhatTheyBuy) {
  const double g = .5, r = 1, b1 = 1, b2 = 3, noise = .25;
  const double a = 1 + r * noise, c = g * r * noise;
  const double first = (a * b1 - c * b2) / (a * a - c * c),
               second = (a * b2 - c * b1) / (a * a - c * c);
  EXPECT_NEAR(first, .5657, 5e-5);
  EXPECT_NEAR(second, 2.3434, 5e-5);
  EXPECT_NEAR((b1 - g * b2) / (1 + r * noise * (1 - g * g)), -.4211, 5e-5);
  // The first task is crowded out altogether: its effort would be below zero.
  const double t1 = (first - g * second) / (1 - g * g), t2 = (second - g * first) / (1 - g * g);
  EXPECT_LT(t1, 0);
  EXPECT_GT(t2, 0);
  // With equal noise and b = (2, 3) both are worth doing.
  const double one = (a * 2 - c * 3) / (a * a - c * c), two = (a * 3 - c * 2) / (a * a - c * c);
  const double e1 = (one - g * two) / (1 - g * g), e2 = (two - g * one) / (1 - g * g);
  const F reward[3] = {F(.1 * one), F(.1 * two), F(.1 * g * (e1 + e2))};
  F task[3];
  divide_effort(reward, F(g), task);
  EXPECT_NEAR(task[0].get(0), .1 * e1, 1e-6);
  EXPECT_NEAR(task[1].get(0), .1 * e2, 1e-6);
  EXPECT_NEAR(task[2].get(0), 0, 1e-6);
}

// Where the other tasks are measured without noise, the paper's b2* is b2 / (1 + r s^2): what the model gives for business results.
// As s grows business work ends, whatever is paid for it; with the measure it comes back.
TEST(EnterpriseAsHolmstromMilgrom1991, AnUnmeasuredGoalIsNotWorthPayingFor) {
  Organization<EightWorlds> o({{"effort.substitution", 0},
                               {"effort.technical_reward", .2},
                               {"effort.bridging_reward", .1},
                               {"effort.business_reward", .6},
                               {"effort.risk_aversion", 2}},
                              {{"burn_in", 0}});
  for (const double noise : {0.0, .3, 1.0, 2.5}) {
    o.set("measurement.noise", noise);
    allocate_effort(o.w, o.s);
    EXPECT_NEAR(o.s.task[1].get(0), .6 / (1 + 2 * noise * noise), 1e-6) << noise;
    EXPECT_NEAR(o.s.task[0].get(0), .2, 1e-6);
  }
  o.set("effort.substitution", .5);
  o.set("measurement.noise", 3);
  allocate_effort(o.w, o.s);
  EXPECT_EQ(o.s.task[1].get(0), 0);
}

// Where some effort would be below zero or all effort above 1 the rest is no longer C^-1 b: whoever works on a task is paid its
// marginal cost and, where effort runs out, one price a unit of it; nobody works on what pays less.
TEST(EnterpriseAsHolmstromMilgrom1991, TheBestEffortWithinItsLimits) {
  int idle = 0, full = 0;
  for (const double g : {0.0, .2, .39, .6, .9})
    for (const double technical : {.1, .4, .8, 1.2, 3.0})
      for (const double business : {0.0, .18, .6, 1.5})
        for (const double bridging : {.05, .165, .5}) {
          const double reward[] = {technical, business, bridging};
          const F rewards[] = {F(technical), F(business), F(bridging)};
          F task[3];
          divide_effort(rewards, F(g), task);
          double all = 0, price = 0;
          for (const F& t : task) all += t.get(0);
          EXPECT_LE(all, 1 + 1e-6);
          const auto margin = [&](int k) {
            return reward[k] - (1 - g) * static_cast<double>(task[k].get(0)) - g * all;
          };
          if (all > 1 - 1e-5) {
            ++full;
            for (int k = 0; k < 3; ++k) price = std::max(price, margin(k));
          }
          for (int k = 0; k < 3; ++k) {
            ASSERT_GE(task[k].get(0), 0);
            if (task[k].get(0) > 0) {
              EXPECT_NEAR(margin(k), price, 1e-5);
            } else {
              EXPECT_LE(margin(k), price + 1e-5);
              ++idle;
            }
          }
        }
  EXPECT_GT(idle, 100);
  EXPECT_GT(full, 100);
}

// Cohen, March & Olsen 1972: attention is short, problems queue. Of 24 that wait, a meeting with 9 slots decides on 9.
class Attention : public testing::Test {
 protected:
  // Every gate stops whatever it sees: who is gone was seen.
  Organization<EightWorlds> o{{{"council.cadence", 1},
                               {"council.slots", 9},
                               {"gates.framing", 20},
                               {"gates.data", 20},
                               {"gates.build", 20},
                               {"gates.pilot", 20}},
                              {{"burn_in", 0}}};
  // Initiative k, of opportunity 100 - k, has waited that long.
  void queue(const std::vector<int>& waited) {
    for (size_t k = 0; k < waited.size(); ++k) {
      const int place = static_cast<int>(k);
      o.plant(place, 100 - place, static_cast<Stage>(1 + place % gates));
      o.s.initiatives.waits[place] = I(waited[k]);
    }
  }
  std::vector<int> seen(int lane = 0) {
    std::vector<int> gone;
    for (int place = 0; place < o.s.places_used; ++place)
      if (o.s.initiatives.stage[place].get(lane) == 0) gone.push_back(place);
    return gone;
  }
  void meet() {
    ++o.w.t;
    meet_if_due(o.w, o.s);
  }
};

TEST_F(Attention, TheLongestWaitingComeFirst) {
  // Weeks 5, 8, 1, 4, 7, 0, 3, 6, 2 and so on: the nine that waited at least 17 of 24 weeks; who does not wait is not seen.
  std::vector<int> waited;
  for (int k = 0; k < 26; ++k) waited.push_back(k == 25 ? 0 : 1 + (k * 7 + 4) % 25);
  queue(waited);
  meet();
  std::vector<int> expected;
  for (int k = 0; k < 26; ++k)
    if (waited[static_cast<size_t>(k)] >= 17) expected.push_back(k);
  ASSERT_EQ(expected.size(), 9u);
  for (int lane = 0; lane < lanes; ++lane) EXPECT_EQ(seen(lane), expected);
  EXPECT_EQ((o.s.tally.seen[0] + o.s.tally.seen[1] + o.s.tally.seen[2] + o.s.tally.seen[3]).get(0),
            9);
}

TEST_F(Attention, OfTwoThatWaitAlikeTheOlderOpportunity) {
  queue(std::vector<int>(24, 3));
  meet();
  // The nine smallest opportunity numbers are the last nine places.
  EXPECT_EQ(seen(), (std::vector<int>{15, 16, 17, 18, 19, 20, 21, 22, 23}));
}

TEST_F(Attention, AQueueOfNTakesNOverSlotsMeetings) {
  queue(std::vector<int>(24, 1));
  meet();
  EXPECT_EQ(seen().size(), 9u);
  meet();
  EXPECT_EQ(seen().size(), 18u);
  meet();
  EXPECT_EQ(seen().size(), 24u);
}

TEST_F(Attention, WorldsHaveSlotsOfTheirOwn) {
  for (int lane = 0; lane < lanes; ++lane)
    o.w.p.council_slots.set(lane, static_cast<float>(4 * lane));
  queue(std::vector<int>(24, 1));
  meet();
  for (int lane = 0; lane < lanes; ++lane)
    EXPECT_EQ(seen(lane).size(), std::min(4u * static_cast<unsigned>(lane), 24u)) << lane;
}

TEST_F(Attention, BetweenMeetingsNobodyIsSeen) {
  o.set("council.cadence", 4.3);
  queue(std::vector<int>(24, 1));
  // Meetings fall due every 4.3 weeks: in weeks 5, 9, 13, 18.
  std::vector<size_t> gone;
  for (int week = 1; week <= 18; ++week) {
    o.set("council.slots", 1);
    meet();
    gone.push_back(seen().size());
  }
  EXPECT_EQ(gone, (std::vector<size_t>{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4}));
}

}  // namespace
}  // namespace chasm::enterprise
