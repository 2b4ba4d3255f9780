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
  each_column(body, i.left, i.worked, i.nominal, i.understanding, i.fidelity, i.effort, i.quality,
              i.required, i.loss, i.readiness, i.complexity, i.dear, i.indicator, i.promise,
              i.charter, i.estimate, i.spent, i.site_work, i.earned, i.earned_weeks);
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

// What has an order within a week is left out: two that ask one owner for data, two disputes of one unit, two incidents.
bool has_ties(Organization<EightWorlds>& before, const std::vector<double>& events, int lane) {
  const auto& tally = before.s.tally;
  int asked = 0;
  for (int place = 0; place < before.w.shape.places; ++place)
    asked += before.s.initiatives.stage[place].get(lane) == 2 &&
                     before.s.initiatives.entered[place].get(lane) == before.w.t
                 ? 1
                 : 0;
  return asked > 1 || tally.disputes.get(lane) - events[0] > 1 ||
         tally.incidents.get(lane) - events[1] > 1;
}

TEST(EnterprisePlaces, DoNotMatter) {
  std::mt19937_64 luck(5);
  int compared = 0, initiatives = 0;
  Organization<EightWorlds> o;
  for (const int weeks : {40, 77, 130, 200}) {
    while (o.w.t < weeks) o.step();
    const auto recorded = o.record();
    std::vector<std::vector<double>> events;
    for (int lane = 0; lane < lanes; ++lane)
      events.push_back({o.s.tally.disputes.get(lane), o.s.tally.incidents.get(lane)});
    o.step();
    std::vector<std::map<unsigned, Life>> plain;
    std::vector<std::vector<int64_t>> bars;
    std::vector<bool> ties;
    for (int lane = 0; lane < lanes; ++lane) {
      ties.push_back(has_ties(o, events[static_cast<size_t>(lane)], lane));
      plain.push_back(lives(o, lane));
      bars.emplace_back();
      for (const auto& bar : o.s.bars) bars.back().push_back(bar.get(lane));
    }
    o.restore(recorded);
    shuffle(o, luck);
    o.step();
    for (int lane = 0; lane < lanes; ++lane) {
      const auto here = static_cast<size_t>(lane);
      if (ties[here]) continue;
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
  EXPECT_GE(compared, 20);
  EXPECT_GT(initiatives, 300);
}

}  // namespace
}  // namespace chasm::enterprise
