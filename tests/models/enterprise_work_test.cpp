// S4, S5, S7: speed of teams, rework, builds that fall short.

#include <gtest/gtest.h>

#include <cmath>

#include "sim/statistics.hpp"
#include "tests/models/enterprise_organization.hpp"

namespace chasm::enterprise {
namespace {

using test::EightWorlds;
using test::Organization;

using F = EightWorlds::F;
using I = EightWorlds::I;
using M = EightWorlds::M;
using U = EightWorlds::U;

constexpr int lanes = EightWorlds::width;
constexpr int places = 96;

// The chance that a finished stage is done again: 1 - exp(-k c (1 - f)); then U(.2, .8) of its work. 4 standard errors of 12,288.
TEST(Rework, ChanceAndShare) {
  const struct {
    double rework, complexity, fidelity;
  } cases[] = {{.6, 1.5, .4}, {2, 2, .1}, {.1, 1, .55}, {.5, 1, 1}};
  for (const auto& c : cases) {
    const double chance = 1 - std::exp(-c.rework * c.complexity * (1 - c.fidelity));
    Moments again, share;
    for (uint32_t future = 0; future < 16 * lanes; future += lanes) {
      Organization<EightWorlds> o({{"work.rework", c.rework}}, {{"burn_in", 0}}, future);
      auto& i = o.s.initiatives;
      for (int place = 0; place < places; ++place) {
        o.plant(place, place, Stage::framing);
        i.complexity[place] = F(c.complexity);
        i.fidelity[place] = F(c.fidelity);
        complete(o.w, o.s, place, 1, M(true));
        const F work = drawn_work(o.w, o.s, place, 1);
        for (int lane = 0; lane < lanes; ++lane) {
          const bool reworked = (i.flags[place].get(lane) & reworks) != 0;
          again.add(reworked ? 1 : 0);
          EXPECT_NE(reworked, i.waits[place].get(lane) == 1);
          if (reworked) share.add(i.left[place].get(lane) / work.get(lane));
        }
      }
    }
    const double error = std::sqrt(chance * (1 - chance) / 12288);
    EXPECT_NEAR(again.mean(), chance, 4 * error) << c.rework;
    if (chance == 0) continue;
    EXPECT_NEAR(share.mean(), .5, 4 * .6 / std::sqrt(12. * static_cast<double>(share.count())));
    EXPECT_NEAR(share.standard_deviation(), .6 / std::sqrt(12.), .03);
    EXPECT_GE(share.minimum(), .2 - 1e-5);
    EXPECT_LE(share.maximum(), .8 + 1e-5);
  }
}

TEST(Rework, ComesAtMostTwice) {
  Organization<EightWorlds> o({{"work.rework", 1e6}}, {{"burn_in", 0}});
  o.plant(0, 0, Stage::data);
  auto& i = o.s.initiatives;
  i.fidelity[0] = F(.5);
  for (int attempt = 1; attempt <= 2; ++attempt) {
    complete(o.w, o.s, 0, 2, M(true));
    EXPECT_EQ(i.attempts[0].get(0), attempt);
    EXPECT_EQ(i.flags[0].get(0), reworks);
  }
  complete(o.w, o.s, 0, 2, M(true));
  EXPECT_EQ(i.flags[0].get(0), 0u);
  EXPECT_EQ(i.waits[0].get(0), 1);
  EXPECT_EQ(o.s.tally.rework.get(0), 2);
}

class Build : public testing::Test {
 protected:
  Organization<EightWorlds> o{{{"work.rework", 0}}, {{"burn_in", 0}}};
  Initiatives<EightWorlds>& i = o.s.initiatives;
  Build() {
    o.plant(0, 7, Stage::build);
    i.required[0] = F(.5);
    i.quality[0] = F(.8);
    i.readiness[0] = F(.6);
    i.understanding[0] = F(.5);
  }
  // quality x data x context, where context takes .4 (1 - x) away.
  double reached() const { return .8 * std::pow(.6, .33) * (1 - .4 * .5); }
};

TEST_F(Build, PassesWhatReachesWhatIsRequired) {
  i.required[0] = F(reached() - 1e-4);
  complete(o.w, o.s, 0, 3, M(true));
  EXPECT_EQ(i.waits[0].get(0), 1);
  EXPECT_EQ(i.flags[0].get(0), 0u);
}

TEST_F(Build, TriesTwiceMoreThenFails) {
  i.required[0] = F(reached() + 1e-4);
  const double work = drawn_work(o.w, o.s, 0, 3).get(0);
  for (int build = 1; build <= 2; ++build) {
    complete(o.w, o.s, 0, 3, M(true));
    EXPECT_EQ(i.stage[0].get(0), 3);
    EXPECT_EQ(i.flags[0].get(0), rebuilds);
    EXPECT_FLOAT_EQ(i.left[0].get(0), static_cast<float>(.5 * work));
  }
  complete(o.w, o.s, 0, 3, M(true));
  EXPECT_EQ(i.stage[0].get(0), 0);
  EXPECT_EQ(o.s.tally.failed_builds.get(0), 1);
  const Facts<U> facts{o.s.opportunities.facts[7]};
  EXPECT_EQ(facts.cause().get(0), static_cast<unsigned>(Cause::technical));
  EXPECT_EQ(o.s.standing[static_cast<int>(Cause::technical)].get(0), 1000000);
}

TEST_F(Build, QualityFollowsTechnicalEffort) {
  i.quality[0] = F(0);
  i.left[0] = F(100);
  o.s.task[0] = F(.5);
  double effort = 0;
  for (int week = 0; week < 5; ++week) {
    work_on(o.w, o.s, 0, 3, M(true), F(.9), F(1));
    effort += .9 * .5;
    EXPECT_NEAR(i.quality[0].get(0), .98 * (1 - std::exp(-effort / 1.87)), 1e-6);
  }
}

// Lognormal with that median and spread; builds and integrations of black swans take 1.7 times as long.
TEST(Work, AsDrawn) {
  Moments logs[stages], ratio;
  for (uint32_t future = 0; future < 8 * lanes; future += lanes) {
    Organization<EightWorlds> o({{"work.black_swan", 0}}, {{"burn_in", 0}}, future);
    for (int place = 0; place < places; ++place) {
      o.plant(place, place, Stage::framing);
      for (int stage = 1; stage <= stages; ++stage) {
        o.set("work.black_swan", 0);
        const F usual = drawn_work(o.w, o.s, place, stage);
        o.set("work.black_swan", 1);
        const F swan = drawn_work(o.w, o.s, place, stage);
        for (int lane = 0; lane < lanes; ++lane) {
          logs[stage - 1].add(std::log(usual.get(lane)));
          EXPECT_NEAR(swan.get(lane) / usual.get(lane), stage == 3 || stage == 5 ? 1.7 : 1, 1e-5);
        }
      }
    }
  }
  const double median[] = {4.9, 10, 9.3, 6, 2.7};
  for (int stage = 0; stage < stages; ++stage) {
    EXPECT_NEAR(logs[stage].mean(), std::log(median[stage]), 4 * .55 / std::sqrt(6144.));
    EXPECT_NEAR(logs[stage].standard_deviation(), .55, 4 * .55 / std::sqrt(2 * 6144.));
  }
}

// People at work, coordination, switching, experience, shared by the team's initiatives.
TEST(Work, SpeedOfATeam) {
  Organization<EightWorlds> o({}, {{"burn_in", 0}});
  o.plant(0, 0, Stage::data);
  o.s.groups.size[0] = F(7);
  o.s.groups.energy[0] = F(5.5);
  o.s.groups.upkeep[0] = F(.36);
  o.s.groups.experience[0] = F(12);
  o.s.groups.load[0] = F(2.25);
  o.s.staff = F(.1);
  o.s.dip = F(.05);
  o.s.level[index(Lever::cross_functional)] = F(.5);
  const double at_work = 5.5 / 7 * .64 * .9 * (1 - .04 * .5) * .95;
  const double exponent = -std::log2(.88);
  const double expected =
      at_work * (1 - .0085 * 6) * (1 - .3 * 1.25) * std::pow(13, exponent) / 2.25;
  const auto pace = [&] {
    set_pace(o.w, o.s);
    return o.s.groups.pace[0].get(0);
  };
  EXPECT_NEAR(pace(), expected, 1e-6);
  // A team that has less than one initiative is not faster for it, and a crowded one keeps .3 of its speed in all.
  o.s.groups.load[0] = F(.25);
  EXPECT_NEAR(pace(), expected * 2.25 / (1 - .3 * 1.25), 1e-6);
  o.s.groups.load[0] = F(10);
  EXPECT_NEAR(pace(), expected * 2.25 / (1 - .3 * 1.25) * .3 / 10, 1e-6);
}

TEST(Work, EffortThatMeetsTheNeedsOfAStage) {
  const F task[3] = {F(.5), F(.3), F(.1)};
  const double met[] = {.2 + .3 + .1, .4 + .3, .5 + .2, .3 + .3 + .1, .3 + .3};
  for (int stage = 1; stage <= stages; ++stage)
    EXPECT_NEAR(effort_met(task, stage).get(0), met[stage - 1], 1e-6) << stage;
}

// C3: the people of every group are its posts, filled or vacant; productive ones are never more than those present, by the end
// of four years of turnover.
TEST(Staff, FilledAndVacantAreAllPosts) {
  Organization<EightWorlds> o({{"people.turnover", 1}});
  for (int week = 0; week < 208; ++week) {
    o.step();
    for (int group = 0; group < o.w.shape.groups(); ++group)
      for (int lane = 0; lane < lanes; ++lane) {
        int filled = 0, vacant = 0;
        for (int post = o.w.shared.group_first[group]; post < o.w.shared.group_first[group + 1];
             ++post)
          (o.s.people.filled(post).get(lane) ? filled : vacant) += 1;
        ASSERT_EQ(filled, o.s.groups.filled[group].get(lane));
        ASSERT_EQ(filled + vacant, o.s.groups.size[group].get(lane));
        ASSERT_LE(o.s.groups.energy[group].get(lane), filled + 1e-4);
        ASSERT_GE(o.s.groups.energy[group].get(lane), 0);
      }
  }
}

// C3, hours: what a team gives to its initiatives, to upkeep and to levers, and what coordination and switching cost, is never more
// than the people it has.
TEST(Staff, TeamsDoNotWorkMoreThanTheyAre) {
  Organization<EightWorlds> o({{"work.progress_ratio", 1}});
  for (int week = 0; week < 150; ++week) {
    o.step();
    for (int team = 0; team < o.w.shape.teams; ++team)
      for (int lane = 0; lane < lanes; ++lane) {
        double given = 0;
        for (int place = 0; place < o.s.places_used; ++place) {
          const auto& i = o.s.initiatives;
          if (i.stage[place].get(lane) == 0 || i.team[place].get(lane) != team) continue;
          const bool works =
              o.s.initiatives.developing(place).get(lane) && !is_waiting(o.s, place).get(lane);
          if (works) given += o.s.groups.pace[team].get(lane);
        }
        const double people = o.s.groups.energy[team].get(lane) / o.s.groups.size[team].get(lane);
        const double upkeep = std::min(1.f, o.s.groups.upkeep[team].get(lane));
        // Who starts to wait in the course of the week held the team when its load was counted.
        ASSERT_LE(given, people * (1 - upkeep) * 1.0001) << week;
      }
  }
}

}  // namespace
}  // namespace chasm::enterprise
