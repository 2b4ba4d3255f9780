// C9 and A3: every mechanism off, all hypotheses true, a place for every opportunity. What an opportunity realises is its value from
// the week in which its nominal work is done; all else is lead time. That is worked out here from the addresses of the draws,
// without the model's week.

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "models/enterprise/causes.hpp"
#include "models/enterprise/decisions.hpp"
#include "models/enterprise/mechanisms.hpp"
#include "models/models.hpp"
#include "sim/distributions.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

using enterprise::Decision;
using L = Lanes<float, 1>;
using F = L::F;
using U = L::U;

const Model& model() { return enterprise::model(); }

struct Expected {
  int64_t believed = 0, realised = 0;
};

class PerfectWorld {
 public:
  PerfectWorld(const Study& study, uint32_t future)
      : study_(study), draws_{PhiloxKeys(study.seed), U(future), U(0u)} {}

  Expected run() {
    Expected all;
    uint32_t number = 0;
    const auto arise = [&](int week, float mean) {
      const auto count = static_cast<uint32_t>(
          poisson<L>(draws_.at(Decision::arrival, static_cast<uint32_t>(week), U(0u)), F(mean))
              .get(0));
      for (const uint32_t until = number + count; number < until; ++number) {
        const auto [value, weeks] = opportunity(number);
        // It is known and started in the week in which it arises, or in the first.
        const int known = std::max(week, 1), live = known + weeks;
        all.believed += value * (study_.steps - known + 1);
        all.realised += value * std::max(0, study_.steps - live + 1);
      }
    };
    arise(0, p("opportunity.backlog"));
    for (int week = 1; week <= study_.steps; ++week) arise(week, p("opportunity.arrivals"));
    return all;
  }

 private:
  float p(const std::string& name) const {
    return static_cast<float>(study_.base[static_cast<size_t>(test::parameter(model(), name))]);
  }

  // Cents a week, and whole weeks of nominal work.
  std::pair<int64_t, int> opportunity(uint32_t number) const {
    const auto first = draws_.once(Decision::opportunity, U(number)).block(0),
               second = draws_.once(Decision::opportunity, U(number)).block(1);
    const auto third = draws_.once(Decision::initiative, U(number)).block(0),
               fourth = draws_.once(Decision::initiative, U(number)).block(1);
    const char* const kinds[] = {"kind.predictive.", "kind.generative.", "kind.reporting.",
                                 "kind.bought."};
    float pick = uniform<L>(first.word[0]).get(0), below = 0;
    size_t kind = 0;
    while (kind < 3 && pick >= (below += p(kinds[kind] + std::string("share")))) ++kind;
    const std::string mine = kinds[kind];
    const F value = F(p("opportunity.value")) * F(p(mine + "value")) * F(1e8 / 52) *
                    exp(F(p("opportunity.spread")) * normal<L>(first.word[3]));
    const F cents = round(min(value, F(p("opportunity.most")) * F(1e8 / 52)));
    const F larger = log(cents / (F(p("opportunity.value")) * F(1e8 / 52)));
    const F complexity = exp(fma(F(p("work.complexity_spread")), normal<L>(second.word[3]),
                                 F(p("work.complexity_by_value")) * larger));
    const F swan =
        happens_here(fourth.word[1], p("work.black_swan")) ? F(p("work.black_swan_work")) : F(1);
    const U luck[] = {third.word[0], third.word[1], third.word[2], third.word[3], fourth.word[0]};
    const F median[] = {F(p("work.framing")), F(p("work.data")), F(p("work.build")),
                        F(p("work.pilot")), F(p("work.deployment"))};
    int weeks = 0;
    for (int stage = 0; stage < 5; ++stage) {
      F work = median[stage] * exp(F(p("work.spread")) * normal<L>(luck[stage]));
      if (stage == 1) work *= F(p(mine + "data_work"));
      if (stage == 2) work *= F(p(mine + "build_work")) * sqrt(complexity);
      if (stage == 2 || stage == 4) work *= swan;
      weeks += std::max(1, static_cast<int>(std::ceil(work.get(0))));
    }
    return {static_cast<int64_t>(cents.get(0)), weeks};
  }

  static bool happens_here(U word, float chance) {
    return (word < threshold(F(chance)).below).get(0);
  }

  const Study& study_;
  Address<L> draws_;
};

Study perfect(uint64_t worlds) {
  Study study = test::study_of(model(), worlds, 1, 260);
  const auto set = [&](const std::string& name, double value) {
    study.base[static_cast<size_t>(test::parameter(model(), name))] = value;
  };
  for (const auto& mechanism : enterprise::mechanism_table) set(mechanism.name, 0);
  set("hypothesis.true_share", 1);
  set("work.prepared_data_saving", 0);
  study.setting.sizes[static_cast<size_t>(test::size(model(), "places"))] = 512;
  return study;
}

void expect_everything_but_lead_time(const Study& study) {
  const auto all = test::run(study);
  const auto of = [&](const std::string& name, size_t world) {
    return all.metrics[static_cast<size_t>(test::metric(model(), name))][world];
  };
  for (uint32_t world = 0; world < study.worlds(); ++world) {
    ASSERT_EQ(all.failure[world], 0);
    const Expected expected = PerfectWorld(study, world).run();
    EXPECT_EQ(of("believed_value", world), static_cast<double>(expected.believed)) << world;
    EXPECT_EQ(of("waterfall.realised", world), static_cast<double>(expected.realised)) << world;
    EXPECT_EQ(of("waterfall.lead_time", world),
              static_cast<double>(expected.believed - expected.realised))
        << world;
    for (const char* cause : enterprise::cause_names)
      if (const std::string name = cause; name != "realised" && name != "lead_time") {
        EXPECT_EQ(of("waterfall." + name, world), 0);
      }
    // By users and benefit: floats, within 2^-19 of the value.
    EXPECT_NEAR(of("realised_by_users", world) / static_cast<double>(expected.realised), 1, 2e-6);
    // F1: what was started early enough has come to production.
    EXPECT_EQ(of("never_in_production", world), 0);
  }
}

TEST(PerfectEnterprise, RealisesEverythingButItsLeadTime) {
  expect_everything_but_lead_time(perfect(64));
}

// At the end of every range: about one opportunity in six would be worth over a billion a year, and is worth a billion.
TEST(PerfectEnterprise, HoldsTheMostValuableOpportunities) {
  Study study = perfect(16);
  for (const auto& [name, value] :
       {std::pair{"opportunity.value", 100.}, {"opportunity.spread", 2.5}})
    study.base[static_cast<size_t>(test::parameter(model(), name))] = value;
  expect_everything_but_lead_time(study);
}

// Paired worlds: each mechanism costs value where all others are ideal.
TEST(PerfectEnterprise, AnyMechanismSwitchedOnTakesSomething) {
  for (const char* mechanism :
       {"misunderstanding", "work", "data", "technical", "gates", "discovery", "portfolio",
        "last_mile", "adoption", "drift", "withdrawal", "incidents"}) {
    Study study = perfect(16);
    study.arms.push_back(
        test::arm(model(), mechanism, {{std::string("mechanism.") + mechanism, 1}}));
    const auto all = test::run(study);
    const auto realised = static_cast<size_t>(test::metric(model(), "waterfall.realised"));
    double with = 0, without = 0;
    for (size_t w = 0; w < 32; ++w) {
      if (all.failure[w] != 0 || all.failure[w ^ 1] != 0) continue;
      (w % 2 == 0 ? without : with) += all.metrics[realised][w];
    }
    EXPECT_LT(with, without) << mechanism;
  }
}

}  // namespace
}  // namespace chasm
