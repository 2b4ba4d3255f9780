// C7: where an initiative is kept does not matter. A recorded state is shuffled over its places, and both live on for a week.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <random>

#include "tests/models/enterprise_organization.hpp"

namespace chasm::enterprise {
namespace {

using test::EightWorlds;
using test::Organization;

constexpr int lanes = EightWorlds::width;

template <class Body>
void each_initiative_column(Initiatives<EightWorlds>& i, Body&& body) {
  each_column(body, i.stage, i.team, i.started, i.entered, i.live, i.waits, i.stall, i.pause,
              i.attempts, i.pilot, i.sites, i.sites_live, i.users[0], i.users[1], i.active[0],
              i.active[1]);
  each_column(body, i.opportunity, i.value, i.facts, i.needs, i.flags);
  each_column(body, i.left, i.nominal, i.understanding, i.fidelity, i.effort, i.quality, i.required,
              i.loss, i.readiness, i.complexity, i.dear, i.indicator, i.promise, i.charter,
              i.estimate, i.spent, i.site_work, i.earned, i.earned_weeks);
}

void shuffle(Organization<EightWorlds>& o, std::mt19937_64& luck) {
  std::vector<int> from(static_cast<size_t>(o.w.shape.places));
  std::iota(from.begin(), from.end(), 0);
  std::shuffle(from.begin(), from.end(), luck);
  const auto move = [&](auto& column) {
    using T = std::remove_cvref_t<decltype(column[0])>;
    std::vector<T> was;
    for (int place = 0; place < o.w.shape.places; ++place) was.push_back(column[place]);
    for (int place = 0; place < o.w.shape.places; ++place)
      column[place] = was[static_cast<size_t>(from[static_cast<size_t>(place)])];
  };
  each_initiative_column(o.s.initiatives, move);
  // Tickets stay behind when they are done with: they move, but are not compared.
  for (auto& ticket : o.s.initiatives.ticket) move(ticket);
  o.s.places_used = o.w.shape.places;
}

// Whole numbers and real numbers of an initiative.
struct Life {
  std::vector<long> whole;
  std::vector<double> real;
};

std::map<unsigned, Life> lives(Organization<EightWorlds>& o, int lane) {
  std::map<unsigned, Life> out;
  for (int place = 0; place < o.w.shape.places; ++place) {
    if (o.s.initiatives.stage[place].get(lane) == 0) continue;
    Life& life = out[o.s.initiatives.opportunity[place].get(lane)];
    each_initiative_column(o.s.initiatives, [&](auto& column) {
      const auto value = column[place].get(lane);
      if constexpr (std::is_same_v<std::remove_const_t<decltype(value)>, float>)
        life.real.push_back(static_cast<double>(value));
      else
        life.whole.push_back(static_cast<long>(value));
    });
  }
  return out;
}

// What has an order within a week is left out: two incidents, each of which takes whole users from all.
TEST(EnterprisePlaces, DoNotMatter) {
  std::mt19937_64 luck(5);
  int compared = 0, initiatives = 0;
  Organization<EightWorlds> o;
  for (int weeks = 30; weeks <= 250; weeks += 22) {
    while (o.w.t < weeks) o.step();
    const auto recorded = o.record();
    const auto incidents = o.s.tally.incidents;
    o.step();
    const auto several = o.s.tally.incidents - incidents > EightWorlds::F(1);
    std::vector<std::map<unsigned, Life>> plain;
    std::vector<std::vector<int64_t>> bars;
    for (int lane = 0; lane < lanes; ++lane) {
      plain.push_back(lives(o, lane));
      bars.emplace_back();
      for (const auto& bar : o.s.bars) bars.back().push_back(bar.get(lane));
    }
    o.restore(recorded);
    shuffle(o, luck);
    o.step();
    for (int lane = 0; lane < lanes; ++lane) {
      const auto here = static_cast<size_t>(lane);
      if (several.get(lane)) continue;
      ++compared;
      const auto &x = plain[here], y = lives(o, lane);
      ASSERT_EQ(x.size(), y.size());
      for (const auto& [opportunity, life] : x) {
        const Life& other = y.at(opportunity);
        EXPECT_EQ(life.whole, other.whole) << weeks << " " << opportunity;
        for (size_t k = 0; k < life.real.size(); ++k)
          EXPECT_NEAR(life.real[k], other.real[k], 16 * 0x1p-24 * std::abs(life.real[k]) + 1e-6)
              << "column " << k;
        ++initiatives;
      }
      for (size_t cause = 0; cause < causes; ++cause)
        EXPECT_NEAR(static_cast<double>(bars[here][cause]),
                    static_cast<double>(o.s.bars[cause].get(lane)),
                    1e-6 * static_cast<double>(bars[here][cause]) + 10);
    }
    o.restore(recorded);
  }
  EXPECT_GE(compared, 80);
  EXPECT_GT(initiatives, 1000);
}

}  // namespace
}  // namespace chasm::enterprise
