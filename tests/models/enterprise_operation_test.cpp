// S12, S15, S16 and the last mile: drift, disputes, incidents, limbo.

#include <gtest/gtest.h>

#include <cmath>

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
using U = EightWorlds::U;

constexpr int lanes = EightWorlds::width;
constexpr int places = 96;

// C15: gradual drift alone: flow x (1 - Gamma)^t, by kind.
TEST(Drift, DecaysTheFlow) {
  const Named alone = {
      {"drift.abrupt", 0}, {"drift.rate", .02}, {"use.abandonment", 0}, {"drift.detection", 1e30}};
  const double kinds_drift[] = {1, .5, .3, .5};
  for (unsigned kind = 0; kind < 4; ++kind) {
    Organization<EightWorlds> o(alone, {{"burn_in", 0}});
    const std::string names[] = {"predictive", "generative", "reporting", "bought"};
    o.set("kind." + names[kind] + ".drift", kinds_drift[kind]);
    o.plant(0, 0, Stage::in_use, 1000000000, is_true | kind);
    o.s.initiatives.active[0][0] = o.s.initiatives.active[1][0] = I(1);
    const double first = .92e9;  // as far as it is in the workflow
    for (int t = 1; t <= 200; ++t) {
      ++o.w.t;
      drift(o.w, o.s);
      WeekOfValue<EightWorlds> week;
      for (auto& amount : week.by_cause) amount = Wide<lanes>(0);
      flow_in_use(o.w, o.s, week, account_of(o.w, o.s, 0), M(true));
      const double flow =
          static_cast<double>(week.by_cause[static_cast<int>(Cause::realised)].get(3));
      EXPECT_NEAR(flow / (first * std::pow(1 - .02 * kinds_drift[kind], t)), 1, 2e-5) << t;
    }
    EXPECT_FALSE(any(o.w.failure != U(0u)));
  }
}

// A loss is seen with chance 1 / weeks a week: 14.5 without, 2 with operations tooling; then a tenth is left. Below .05 nobody looks.
TEST(Drift, IsSeenAfterAWhile) {
  for (const double mlops : {0.0, 1.0}) {
    Organization<EightWorlds> o({{"drift.abrupt", 0}, {"use.abandonment", 0}, {"drift.rate", 0}},
                                {{"burn_in", 0}});
    for (int place = 0; place < places; ++place) o.plant(place, place, Stage::in_use);
    o.s.level[index(Lever::mlops)] = F(mlops);
    const double chance = 1 / (14.5 - 12.5 * mlops);
    int seen = 0;
    constexpr int weeks = 40;
    for (int week = 0; week < weeks; ++week) {
      ++o.w.t;
      for (int place = 0; place < places; ++place)
        o.s.initiatives.loss[place] = F(place == 0 ? .04 : .5);
      drift(o.w, o.s);
      for (int place = 0; place < places; ++place)
        for (int lane = 0; lane < lanes; ++lane) {
          const double loss = o.s.initiatives.loss[place].get(lane);
          EXPECT_TRUE(place > 0 || loss == static_cast<double>(.04f));
          if (place == 0 || loss > .4) continue;
          EXPECT_NEAR(loss, .05, 1e-6);
          ++seen;
        }
    }
    const double trials = weeks * (places - 1) * lanes;
    EXPECT_NEAR(seen / trials, chance, 4 * std::sqrt(chance * (1 - chance) / trials));
  }
}

TEST(Drift, BreaksAbruptly) {
  Organization<EightWorlds> o(
      {{"drift.abrupt", 5}, {"use.abandonment", 0}, {"drift.rate", 0}, {"drift.detection", 1e30}},
      {{"burn_in", 0}});
  int broken = 0;
  constexpr int weeks = 40;
  for (int week = 0; week < weeks; ++week) {
    ++o.w.t;
    for (int place = 0; place < places; ++place) o.plant(place, place, Stage::in_use);
    drift(o.w, o.s);
    for (int place = 0; place < places; ++place)
      for (int lane = 0; lane < lanes; ++lane) {
        if (o.s.initiatives.loss[place].get(lane) == 0) continue;
        EXPECT_FLOAT_EQ(o.s.initiatives.loss[place].get(lane), .6f);
        ++broken;
      }
  }
  const double trials = weeks * places * lanes, chance = 5.0 / 52;
  EXPECT_NEAR(broken / trials, chance, 4 * std::sqrt(chance * (1 - chance) / trials));
}

// Severity without spread is 1: 4 weeks of pause, the cost is paid, a tenth of the users leaves, and a fiftieth of everybody else's.
TEST(Incidents, PauseCostAndSpill) {
  Organization<EightWorlds> o({{"incidents.rate", 5}, {"incidents.severity_spread", 0}},
                              {{"burn_in", 0}});
  const auto users = [&](int place) -> I& { return o.s.initiatives.active[0][place]; };
  int hits = 0;
  for (int week = 0; week < 60; ++week) {
    ++o.w.t;
    for (int place = 0; place < 2; ++place) {
      o.plant(place, place, Stage::in_use, 1000000, is_true | (place == 0 ? is_high_risk : 0));
      users(place) = I(1000);
    }
    o.s.balance = Wide<lanes>(1000000000ll);
    // What is not of high risk has a tenth of the rate; here none at all.
    o.set("incidents.low_risk", 0);
    incidents(o.w, o.s);
    for (int lane = 0; lane < lanes; ++lane) {
      const bool hit = o.s.initiatives.pause[0].get(lane) > 0;
      hits += hit ? 1 : 0;
      EXPECT_EQ(o.s.initiatives.pause[0].get(lane), hit ? 4 : 0);
      EXPECT_EQ(users(0).get(lane), hit ? 900 : 1000);
      EXPECT_EQ(users(1).get(lane), hit ? 980 : 1000);
      EXPECT_EQ(o.s.balance.get(lane), 1000000000 - (hit ? 15000000 : 0));
    }
  }
  const double chance = 5.0 / 52, trials = 60 * lanes;
  EXPECT_NEAR(hits / trials, chance, 4 * std::sqrt(chance * (1 - chance) / trials));
}

TEST(Incidents, SeverityHasAHeavyTail) {
  Organization<EightWorlds> o({{"incidents.rate", 5}, {"incidents.cost", 100}}, {{"burn_in", 0}});
  Moments log_severity;
  for (int week = 0; week < 100; ++week)
    for (int number = 0; number < 60; number += 1) {
      o.w.t = week + 1;
      o.plant(0, number, Stage::in_use, 1000000, is_true | is_high_risk);
      o.s.balance = Wide<lanes>(1000000000ll);
      incidents(o.w, o.s);
      for (int lane = 0; lane < lanes; ++lane) {
        const auto paid = static_cast<double>(1000000000 - o.s.balance.get(lane));
        if (o.s.initiatives.pause[0].get(lane) > 0) log_severity.add(std::log(paid / 10000));
      }
    }
  const auto n = static_cast<double>(log_severity.count());
  EXPECT_GT(n, 3000);
  EXPECT_NEAR(log_severity.mean(), 0, 4 * 1.15 / std::sqrt(n));
  EXPECT_NEAR(log_severity.standard_deviation(), 1.15, 4 * 1.15 / std::sqrt(2 * n));
}

// A pilot that ended so many weeks ago is given up with chance h0 (1 - sponsorship) weeks / 26; one that did not end is not.
TEST(Limbo, HazardGrowsWithTheWeeks) {
  for (const int weeks : {4, 26, 60}) {
    int lost = 0;
    constexpr int rounds = 40;
    for (uint32_t round = 0; round < rounds; ++round) {
      Organization<EightWorlds> o(
          {{"last_mile.limbo", .1}, {"friction.dispute", 0}, {"people.patience", 1000}},
          {{"burn_in", 0}}, lanes * round);
      o.w.t = 100;
      for (int place = 0; place < places; ++place) {
        o.plant(place, place, Stage::deployment);
        o.s.initiatives.started[place] = I(90);
        o.s.initiatives.pilot[place] = I(place == 0 ? 0 : 100 - weeks);
      }
      quarrel_and_give_up(o.w, o.s);
      for (int place = 0; place < places; ++place)
        for (int lane = 0; lane < lanes; ++lane) {
          const bool gone = o.s.initiatives.stage[place].get(lane) == 0;
          EXPECT_FALSE(place == 0 && gone);
          lost += gone ? 1 : 0;
        }
    }
    const double chance = .1 * (1 - .35) * weeks / 26.0, trials = rounds * (places - 1) * lanes;
    EXPECT_NEAR(lost / trials, chance, 4 * std::sqrt(chance * (1 - chance) / trials)) << weeks;
  }
}

// disp (1 - x)(1 - T) a week; it lasts 1 + Exp(tau) weeks, rounded down, less with a council; trust falls by 3 %.
TEST(Disputes, HazardLengthAndTrust) {
  for (const double council : {0.0, 1.0}) {
    int disputes = 0;
    Moments length;
    constexpr int rounds = 40;
    for (uint32_t round = 0; round < rounds; ++round) {
      Organization<EightWorlds> o({{"friction.dispute", .5}, {"people.patience", 1000}},
                                  {{"burn_in", 0}, {"units", 64}, {"business_staff", 140}},
                                  lanes * round);
      o.s.level[index(Lever::council)] = F(council);
      o.w.t = 10;
      for (int place = 0; place < 64; ++place) {
        o.plant(place, place, Stage::data, 1000000, is_true | static_cast<unsigned>(place) << 5);
        o.s.initiatives.understanding[place] = F(.3);
        o.s.units.trust[place] = F(.6);
      }
      quarrel_and_give_up(o.w, o.s);
      for (int place = 0; place < 64; ++place)
        for (int lane = 0; lane < lanes; ++lane) {
          const int weeks = o.s.initiatives.stall[place].get(lane);
          EXPECT_FLOAT_EQ(o.s.units.trust[place].get(lane), weeks > 0 ? .6f * .97f : .6f);
          if (weeks == 0) continue;
          ++disputes;
          length.add(weeks);
        }
    }
    const double chance = .5 * .7 * .4, trials = rounds * 64 * lanes;
    EXPECT_NEAR(disputes / trials, chance, 4 * std::sqrt(chance * (1 - chance) / trials));
    // Mean of 1 + floor(X) for X exponential with mean tau: 1 / (1 - e^(-1 / tau)).
    const double tau = 9.8 * (1 - .75 * council), mean = 1 / (1 - std::exp(-1 / tau));
    EXPECT_NEAR(length.mean(), mean, 4 * length.standard_deviation() / std::sqrt(length.count()));
  }
}

// Two initiatives of one unit: what one's dispute takes from trust does not make the other quarrel in the same week.
TEST(Disputes, OfOneWeekSeeTheSameTrust) {
  int both = 0;
  constexpr int rounds = 200;
  for (uint32_t round = 0; round < rounds; ++round) {
    Organization<EightWorlds> o({{"friction.dispute", .5}, {"friction.trust_loss", 1}},
                                {{"burn_in", 0}}, lanes * round);
    o.w.t = 10;
    for (int place = 0; place < 2; ++place) {
      o.plant(place, place, Stage::data);
      o.s.initiatives.understanding[place] = F(0);
    }
    o.s.units.trust[0] = F(.5);
    quarrel_and_give_up(o.w, o.s);
    for (int lane = 0; lane < lanes; ++lane) {
      const int disputes = static_cast<int>(o.s.tally.disputes.get(lane));
      EXPECT_EQ(o.s.units.trust[0].get(lane), disputes > 0 ? 0 : .5f);
      both += disputes == 2 ? 1 : 0;
    }
  }
  // Each with chance .25; .5 for the second if it saw what the first did.
  const double trials = rounds * lanes, chance = .25 * .25;
  EXPECT_NEAR(both / trials, chance, 4 * std::sqrt(chance * (1 - chance) / trials));
}

}  // namespace
}  // namespace chasm::enterprise
