// S6: requests for data are served first come, first served by each owner; readiness and quality.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/models/enterprise_organization.hpp"

namespace chasm::enterprise {
namespace {

using test::EightWorlds;
using test::Organization;

using F = EightWorlds::F;
using M = EightWorlds::M;
using U = EightWorlds::U;

constexpr int lanes = EightWorlds::width;

unsigned needs(unsigned a, unsigned b = 1023, unsigned c = 1023) { return a | b << 10 | c << 20; }

class DataRequests : public testing::Test {
 protected:
  Organization<EightWorlds> o{
      {{"data.other_requests", 0}, {"data.privacy", 0}, {"data.service", .57}}, {{"burn_in", 0}}};

  void ask(int place, unsigned needed, M where = M(true)) {
    o.plant(place, place, Stage::data);
    o.s.initiatives.needs[place] = U(needed);
    request_data(o.w, o.s, place, where);
  }
  bool waits(int place, int lane = 0) {
    return (o.s.initiatives.flags[place].get(lane) & waits_for_data) != 0;
  }
  void serve() {
    ++o.w.t;
    serve_data(o.w, o.s);
  }
  // Weeks until each of the first places is served.
  std::vector<int> weeks_of(int places) {
    std::vector<int> out(static_cast<size_t>(places), 0);
    for (int week = 1; week <= 60; ++week) {
      serve();
      for (int place = 0; place < places; ++place)
        if (auto& at = out[static_cast<size_t>(place)]; at == 0 && !waits(place)) at = week;
    }
    return out;
  }
};

// Assets 0, 8 and 16 belong to unit 0, asset 1 to unit 1. The k-th request of an owner is done after k / .57 weeks.
TEST_F(DataRequests, AreServedInOrderByTheirOwner) {
  const unsigned asked[] = {0, 8, 1, 16, 0, 1};
  for (int place = 0; place < 6; ++place) ask(place, needs(asked[place]));
  EXPECT_EQ(weeks_of(6), (std::vector<int>{2, 4, 2, 6, 8, 4}));
}

TEST_F(DataRequests, AnInitiativeWaitsForTheLastOfItsOwners) {
  ask(0, needs(0));
  ask(1, needs(8));
  ask(2, needs(16, 1, 9));  // third with unit 0, first and second with unit 1
  EXPECT_EQ(weeks_of(3), (std::vector<int>{2, 4, 6}));
}

// Of two that ask in one week the one whose opportunity arose first is served first, wherever they are kept.
TEST_F(DataRequests, OfOneWeekAreTakenInTheOrderOfOpportunities) {
  const int numbers[] = {7, 3, 5};
  for (int place = 0; place < 3; ++place) {
    o.plant(place, numbers[place], Stage::framing);
    o.s.initiatives.needs[place] = U(needs(0));
    begin_stage(o.w, o.s, place, 2, M(true));
  }
  EXPECT_FALSE(waits(0));
  EXPECT_EQ(weeks_of(3), (std::vector<int>{6, 2, 4}));
  EXPECT_EQ(o.s.assets.demand[0].get(0), 3);
}

// Under privacy rules a request is 3 ordinary ones; what was prepared before is .3 of one; governance takes .6 of the privacy work.
TEST_F(DataRequests, PrivacyIsWorkAndPreparedDataAreNot) {
  o.s.assets.flags[0] = U(is_private);
  o.s.assets.flags[8] = U(was_prepared);
  ask(0, needs(0));
  ask(1, needs(8));
  EXPECT_EQ(weeks_of(2), (std::vector<int>{6, 6}));  // 3 / .57 = 5.3, 3.3 / .57 = 5.8
  o.s.level[index(Lever::data_governance)] = F(1);
  ask(2, needs(0));  // 1.2 / .57 = 2.1
  EXPECT_EQ(weeks_of(3)[2], 3);
}

TEST_F(DataRequests, ServiceIsNotSavedUp) {
  for (int week = 0; week < 30; ++week) serve();
  ask(0, needs(0));
  EXPECT_EQ(weeks_of(1)[0], 2);
}

// Other requests of the owner, drawn week by week, come first come, first served too: an exact queue beside it.
TEST_F(DataRequests, OtherRequestsStandInTheSameQueue) {
  o.set("data.other_requests", .5);
  double asked[lanes] = {}, done[lanes] = {}, ticket[lanes];
  bool open[lanes] = {};
  std::mt19937_64 luck(3);
  int compared = 0;
  for (int week = 1; week <= 400; ++week) {
    if (week % 40 == 1) {
      ask(0, needs(0));
      for (int lane = 0; lane < lanes; ++lane) {
        asked[lane] += 1;
        ticket[lane] = asked[lane];
        open[lane] = true;
      }
    }
    serve();
    auto words = this_week(o.w, Decision::requests, U(0u));
    const F luck_of_the_week = uniform<EightWorlds>(words.word());
    for (int lane = 0; lane < lanes; ++lane) {
      asked[lane] += .5 * 2 * static_cast<double>(luck_of_the_week.get(lane));
      done[lane] = std::min(asked[lane], done[lane] + .57);
      if (open[lane] && done[lane] >= ticket[lane] - 1e-3) {
        // Equal but for the rounding of sums of floats.
        EXPECT_FALSE(waits(0, lane) && done[lane] > ticket[lane] + 1e-3) << week;
        open[lane] = false;
        ++compared;
      } else if (open[lane]) {
        EXPECT_TRUE(waits(0, lane)) << week;
      }
    }
  }
  EXPECT_GT(compared, 40);
}

// Many initiatives ask at random times for random assets: of two requests to one owner the later is never done first.
TEST_F(DataRequests, NobodyOvertakes) {
  o.set("data.other_requests", .3);
  o.set("data.privacy_work", 3);
  std::mt19937_64 luck(11);
  std::vector<int> asked_in(90, 0), owner(90, 0);
  std::vector<std::vector<int>> done(90, std::vector<int>(lanes, 0));
  int places = 0;
  for (int week = 1; week <= 400; ++week) {
    for (int k = 0; k < 3 && places < 90 && week % 3 == 0; ++k) {
      const auto asset = static_cast<unsigned>(luck() % 40);
      o.s.assets.flags[static_cast<int>(asset)] = U(luck() % 4 == 0 ? is_private : 0u);
      owner[static_cast<size_t>(places)] = static_cast<int>(asset % 8);
      asked_in[static_cast<size_t>(places)] = places;  // places ask one after another
      ask(places++, needs(asset));
    }
    serve();
    for (size_t place = 0; place < static_cast<size_t>(places); ++place)
      for (int lane = 0; lane < lanes; ++lane)
        if (done[place][static_cast<size_t>(lane)] == 0 && !waits(static_cast<int>(place), lane))
          done[place][static_cast<size_t>(lane)] = week;
  }
  int pairs = 0;
  for (size_t first = 0; first < 90; ++first)
    for (size_t second = first + 1; second < 90; ++second)
      for (size_t lane = 0; lane < lanes; ++lane) {
        if (owner[first] != owner[second]) continue;
        ASSERT_GT(done[second][lane], 0);
        EXPECT_LE(done[first][lane], done[second][lane]) << first << " " << second;
        pairs += done[first][lane] < done[second][lane] ? 1 : 0;
      }
  EXPECT_GT(pairs, 1000);
}

// The worst of what is needed, q sqrt(rho); with full governance rho = .95 + .6 (1 - .95).
TEST_F(DataRequests, ReadinessIsTheWorstOfWhatIsNeeded) {
  o.plant(0, 0, Stage::build);
  o.s.assets.quality[3] = F(.9);
  o.s.assets.quality[5] = F(.5);
  o.s.assets.quality[7] = F(.7);
  o.s.initiatives.needs[0] = U(needs(3, 7));
  EXPECT_NEAR(data_readiness(o.w, o.s, 0).get(0), .7 * std::sqrt(.95), 1e-6);
  o.s.initiatives.needs[0] = U(needs(3, 5, 7));
  EXPECT_NEAR(data_readiness(o.w, o.s, 0).get(0), .5 * std::sqrt(.95), 1e-6);
  o.s.level[index(Lever::data_governance)] = F(1);
  EXPECT_NEAR(data_readiness(o.w, o.s, 0).get(0), .5 * std::sqrt(.98), 1e-6);
  // In use: r^alpha, a quarter less where real-time data come in batches; a catalogue takes .7 of that loss.
  o.s.initiatives.readiness[0] = F(.5);
  EXPECT_NEAR(data_quality(o.w, o.s, 0).get(0), std::pow(.5, .33), 1e-6);
  o.s.initiatives.facts[0] = U(is_true | is_real_time);
  EXPECT_NEAR(data_quality(o.w, o.s, 0).get(0), std::pow(.5, .33) * .75, 1e-6);
  o.s.level[index(Lever::catalog)] = F(1);
  EXPECT_NEAR(data_quality(o.w, o.s, 0).get(0), std::pow(.5, .33) * (1 - .25 * .3), 1e-6);
}

// q += eta (1 - q) - d q; governance adds twice the growth, at full strength by demand, at most thrice its fair share.
TEST_F(DataRequests, QualityGrowsAndDecays) {
  const double eta = .0056, decay = .0012;
  o.s.assets.quality[2] = F(.6);
  keep_data(o.w, o.s);
  EXPECT_NEAR(o.s.assets.quality[2].get(0), .6 + eta * .4 - decay * .6, 1e-6);
  o.s.assets.quality[2] = o.s.assets.quality[4] = F(.6);
  o.s.assets.demand[2] = F(1);  // the only one: 40 fair shares
  o.s.level[index(Lever::data_governance)] = F(1);
  keep_data(o.w, o.s);
  EXPECT_NEAR(o.s.assets.quality[2].get(0), .6 + eta * (1 + 2 * 3) * .4 - decay * .6, 1e-6);
  EXPECT_NEAR(o.s.assets.quality[4].get(0), .6 + eta * .4 - decay * .6, 1e-6);
}

}  // namespace
}  // namespace chasm::enterprise
