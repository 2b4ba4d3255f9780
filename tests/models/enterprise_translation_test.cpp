// S3: what teams and units understand of one another, what translators add, what happens to fidelity.

#include <gtest/gtest.h>

#include <cmath>

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

// 20 dimensions held by both, 15 alike: common (15 - 5) / 30. Team 0 is embedded in unit 0, at 18 m; unit 3 is 40 m away.
TEST(Understanding, ByCodeContactAndLiteracy) {
  Organization<EightWorlds> o({}, {{"burn_in", 0}});
  const int team = 0, unit = o.w.shape.teams;
  for (const int group : {unit, unit + 3}) {
    o.s.groups.held[group] = U(0x3fffff00u);
    o.s.groups.positive[group] = U(0x00ffff00u);
    o.s.groups.technical[group] = F(.25);
  }
  o.s.groups.held[team] = U(0x0fffffffu);
  o.s.groups.positive[team] = U(0x007ffff0u ^ 0x0f000000u);
  o.s.groups.business[team] = F(.16);
  const double common = 10 / 30.0;
  const double skill = .5 + std::sqrt(.16 * .25), code = .2 + .8 * common;
  const auto contact = [](double metres) { return .07 + .32 * std::exp(-metres / 8.1); };
  const auto direct = [&](double metres) {
    return 1.6 * code * (.4 + .6 * contact(metres) / .32) * skill;
  };
  understand_one(o.w, o.s, team, 0);
  understand_one(o.w, o.s, team, 3);
  EXPECT_NEAR(o.s.units.understanding[0].get(0), direct(18), 1e-6);
  EXPECT_NEAR(o.s.units.understanding[3].get(0), direct(40), 1e-6);
  // Literacy takes .4 and .5 of what each side does not know, dashboards add .05; opposed codes count as none in common.
  o.s.level[index(Lever::scorecard)] = F(1);
  o.s.level[index(Lever::literacy)] = F(1);
  o.s.groups.positive[team] = ~o.s.groups.positive[unit];
  const double literate = .5 + std::sqrt((.16 + .4 * .84) * (.25 + .5 * .75));
  understand_one(o.w, o.s, team, 0);
  EXPECT_NEAR(o.s.units.understanding[0].get(0),
              1.6 * .2 * (.4 + .6 * contact(18) / .32) * literate + .05, 1e-6);
}

// Misunderstanding that translators remove, mean over units, with so many initiatives in development a unit.
double removed(double translators, double developing, double cap) {
  Organization<EightWorlds> o(
      {{"translators.in_place", translators}, {"translators.load_cap", cap}}, {{"burn_in", 0}});
  double all = 0;
  for (int unit = 0; unit < 8; ++unit) o.s.units.developing[unit] = F(developing);
  translate(o.w, o.s);
  for (int unit = 0; unit < 8; ++unit)
    all += 1 - static_cast<double>(o.s.units.untranslated[unit].get(0));
  return all / 8;
}

// At fixed demand each further translator adds less, overloaded or not.
TEST(Translators, AddEverLess) {
  for (const double developing : {0.5, 1.0, 2.0, 4.0, 8.0})
    for (const double cap : {4.0, 1000.0}) {
      const double number[] = {0, 1, 2, 4, 8, 16};
      double before = 1;
      for (int k = 1; k < 6; ++k) {
        const double each =
            (removed(number[k], developing, cap) - removed(number[k - 1], developing, cap)) /
            (number[k] - number[k - 1]);
        EXPECT_GT(each, 0) << number[k] << " translators, " << developing << " initiatives a unit";
        EXPECT_LE(each, before + 1e-6)
            << number[k] << " translators, " << developing << " a unit, cap " << cap;
        before = each;
      }
    }
}

// Two units a translator: up to 2 initiatives a unit each gets full attention (.58 x .75); beyond, 4 / load of it. Without a cap
// there is no knee.
TEST(Translators, HaveAKneeAtTheLoadCap) {
  const double full = .58 * .75;
  for (const double developing : {.5, 1.0, 2.0}) EXPECT_NEAR(removed(4, developing, 4), full, 1e-6);
  for (const double developing : {2.5, 4.0, 8.0})
    EXPECT_NEAR(removed(4, developing, 4), full * 4 / (2 * developing), 1e-6);
  for (const double developing : {.5, 2.0, 2.5, 8.0, 200.0})
    EXPECT_NEAR(removed(4, developing, 1000), full, 1e-6);
}

// Two translators of one unit: what one leaves the other may remove. Half a translator removes half as much.
TEST(Translators, Combine) {
  const double full = .58 * .75;
  EXPECT_NEAR(removed(8, 1, 4), 1 - (1 - full) * (1 - full), 1e-6);
  EXPECT_NEAR(removed(.5, 1, 4), full / 2 * 2 / 8, 1e-6);
  Organization<EightWorlds> o({}, {{"burn_in", 0}});
  translate(o.w, o.s);
  o.plant(0, 0, Stage::framing);
  o.s.units.understanding[0] = F(.5);
  EXPECT_NEAR(shared_understanding(o.w, o.s, 0).get(0), 1 - .5 * (1 - .58 * .75), 1e-6);
}

// With authority a translator whom the lever adds removes .3 more. Those in place (2 of them, one a pair of units) stay as they are.
TEST(Translators, AuthorityComesWithTheLever) {
  Organization<EightWorlds> o({{"translators.authority", 1}}, {{"burn_in", 0}});
  translate(o.w, o.s);
  for (int unit = 0; unit < 4; ++unit)
    EXPECT_NEAR(1 - o.s.units.untranslated[unit].get(0), .58 * .75, 1e-6);
  o.s.level[index(Lever::translators)] = F(.15);
  translate(o.w, o.s);
  EXPECT_NEAR(1 - o.s.units.untranslated[0].get(0), .58 * .75, 1e-6);
  EXPECT_NEAR(1 - o.s.units.untranslated[4].get(0), .88 * .75, 1e-6);
  EXPECT_NEAR(1 - o.s.units.untranslated[6].get(0), .88 * .75 / 2, 1e-6);
  // Where one and a half are in place, the lever adds the other half of the second.
  o.set("translators.in_place", 1.5);
  o.s.level[index(Lever::translators)] = F(.05);
  translate(o.w, o.s);
  EXPECT_NEAR(1 - o.s.units.untranslated[2].get(0), (.58 + .88) / 2 * .75, 1e-6);
}

// A week in a stage: f += kappa h (.5 + 2 bridging) x (1 - f) / L_it, times min(rate, 1).
TEST(Fidelity, GainsInAWeekOfWork) {
  const double gain[] = {1.6, 1, .5, .3, .15};
  for (int stage = 1; stage <= stages; ++stage) {
    Organization<EightWorlds> o({}, {{"burn_in", 0}});
    o.plant(0, 0, static_cast<Stage>(stage));
    auto& i = o.s.initiatives;
    i.fidelity[0] = F(.4);
    i.understanding[0] = F(.6);
    i.left[0] = F(100);
    o.s.task[0] = F(.5);
    o.s.task[1] = F(.3);
    o.s.task[2] = F(.1);
    work_on(o.w, o.s, 0, stage, M(true), F(.8), F(.7));
    const double rate = .8 * (.5 + .5 * .7);
    const double expected = .4 + .56 * gain[stage - 1] * (.5 + .2) * .6 * .6 / 2.3 * rate;
    EXPECT_NEAR(i.fidelity[0].get(0), expected, 1e-6) << stage;
    EXPECT_NEAR(i.left[0].get(0), 100 - rate, 1e-5);
  }
}

TEST(Fidelity, OfABoughtSolutionIsCapped) {
  Organization<EightWorlds> o({}, {{"burn_in", 0}});
  o.plant(0, 0, Stage::framing, 1000000, is_true | static_cast<unsigned>(Kind::bought));
  o.s.initiatives.fidelity[0] = F(.84);
  o.s.initiatives.left[0] = F(100);
  work_on(o.w, o.s, 0, 1, M(true), F(1), F(1));
  EXPECT_FLOAT_EQ(o.s.initiatives.fidelity[0].get(0), .85f);
}

// At the end of a stage f *= 1 - eps (1 - x), less a share of .75 in cross-functional teams.
TEST(Fidelity, IsLostAtAHandoff) {
  for (const double cross_functional : {0.0, 1.0}) {
    Organization<EightWorlds> o({{"translation.handoff_loss", .1}, {"work.rework", 0}},
                                {{"burn_in", 0}});
    o.plant(0, 0, Stage::pilot);
    auto& i = o.s.initiatives;
    i.fidelity[0] = F(.8);
    i.understanding[0] = F(.4);
    o.s.level[index(Lever::cross_functional)] = F(cross_functional);
    complete(o.w, o.s, 0, 4, M(true));
    EXPECT_NEAR(i.fidelity[0].get(0), .8 * (1 - .1 * .6 * (1 - .75 * cross_functional)), 1e-6);
    EXPECT_EQ(i.waits[0].get(0), 1);
  }
}

// C12: without translators, contact and drift of requirements, understanding is 0 and nothing is gained: what goes live has lost
// eps at each of five handoffs.
TEST(Fidelity, FallsToTheHandoffFloorWithoutContact) {
  const double loss = .05, start = .55;
  Organization<EightWorlds> o({{"translators.in_place", 0},
                               {"contacts.near", 0},
                               {"contacts.floor", 0},
                               {"understanding.contact_share", 1},
                               {"translation.handoff_loss", loss},
                               {"translation.requirement_drift", 0},
                               {"translation.start_of_knowledge", 0},
                               {"mechanism.gates", 0},
                               {"mechanism.discovery", 0},
                               {"mechanism.last_mile", 0},
                               {"mechanism.friction", 0},
                               {"mechanism.technical", 0}},
                              {});
  int live = 0;
  for (int week = 0; week < 200; ++week) {
    o.step();
    for (int place = 0; place < o.s.places_used; ++place)
      for (int lane = 0; lane < EightWorlds::width; ++lane) {
        const auto& i = o.s.initiatives;
        const int stage = i.stage[place].get(lane);
        if (stage == 0) continue;
        EXPECT_EQ(i.understanding[place].get(lane), 0);
        const bool released = stage == 5 && i.waits[place].get(lane) > 0;
        const int handoffs = stage == 6 || released ? 5 : stage - 1;
        const unsigned kind = i.facts[place].get(lane) & 3u;
        const double factor[] = {1, 1, 1.4, 1.1};
        EXPECT_NEAR(i.fidelity[place].get(lane),
                    start * factor[kind] * std::pow(1 - loss, handoffs), 1e-5);
        live += stage == 6 ? 1 : 0;
      }
  }
  EXPECT_GT(live, 1000);
}

}  // namespace
}  // namespace chasm::enterprise
