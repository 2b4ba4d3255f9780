// What a traced enterprise tells: its bits are those of every other program, and its events re-add to the metrics.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <string>

#include "models/enterprise/events.hpp"
#include "models/models.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

using enterprise::Cause;
using enterprise::causes;
using enterprise::Stage;
using Tells = enterprise::Event;

const Model& model() { return enterprise::model(); }

// Nothing done, every lever, a rough place, and every lever where money is short.
Study four_arms() {
  Study study = test::study_of(model(), 2, 1, 208);
  study.arms.push_back(test::arm(model(), "everything", {}));
  for (auto& lever : study.arms.back().levers) lever = {.strength = 1, .start = 10};
  study.arms.push_back(test::arm(model(), "rough",
                                 {{"incidents.rate", 5},
                                  {"incidents.low_risk", 1},
                                  {"drift.abrupt", 2},
                                  {"use.abandonment", 1},
                                  {"friction.dispute", 0.2},
                                  {"last_mile.limbo", 0.1},
                                  {"people.impatience", 0.03},
                                  {"technical.required_high", 0.9}}));
  study.arms.push_back(test::arm(model(), "poor", {{"budget.yearly", 6}}));
  for (auto& lever : study.arms.back().levers) lever = {.strength = 1, .start = 100};
  return study;
}

struct Told {
  const Study& study;
  BlockResult result;
  std::vector<Note> notes;

  double metric(const std::string& name) const {
    return result.metrics[static_cast<size_t>(test::metric(model(), name))][0];
  }
  template <class Is>
  double count(Tells event, Is&& is) const {
    double out = 0;
    for (const Note& note : notes) out += note.event == static_cast<int>(event) && is(note);
    return out;
  }
  double count(Tells event) const {
    return count(event, [](const Note&) { return true; });
  }
};

// Each world of the study alone.
template <class Check>
void each_world(const Study& study, Check&& check) {
  for (const Arm& arm : study.arms) {
    Study alone = study;
    alone.arms = {arm};
    const Partition single{alone.pairs(), 1, 1};
    const CpuBackend backend(alone, single, *model().traced, 1);
    for (uint64_t pair = 0; pair < alone.pairs(); ++pair) {
      SCOPED_TRACE(arm.name + " " + std::to_string(pair));
      Told told{alone, {}, {}};
      told.result = backend.run_block(pair, &told.notes);
      ASSERT_EQ(told.result.status[0], static_cast<uint8_t>(Status::ok));
      check(told);
    }
  }
}

TEST(EnterpriseEvents, TracedWorldsHaveTheBitsOfAllOthers) {
  Study study = four_arms();
  for (size_t i = 0; i < model().series.size(); ++i)
    study.outputs.series.push_back(static_cast<int>(i));
  study.outputs.keep = Keep::full;
  ASSERT_NE(model().traced, nullptr);
  EXPECT_TRUE(test::same_bits(test::run(study), test::run(study, *model().traced)));
}

TEST(EnterpriseEvents, EveryNoteIsAsTheTableSays) {
  for (size_t i = 0; i < model().events.size(); ++i) EXPECT_EQ(model().events[i].number, i);
  std::map<int, int> seen;
  each_world(four_arms(), [&](const Told& told) {
    int step = 0;
    for (const Note& note : told.notes) {
      ASSERT_LT(note.event, model().events.size());
      const Event& event = model().events[note.event];
      ASSERT_EQ(note.count, event.value_count()) << event.name;
      EXPECT_LE(step, note.step) << event.name;
      step = note.step;
      for (int i = 0; i < note.count; ++i) {
        EXPECT_TRUE(std::isfinite(note.values[i])) << event.name << " " << event.values[i].name;
        if (event.values[i].labels == nullptr) continue;
        EXPECT_GE(note.values[i], 0) << event.name << " " << event.values[i].name;
        EXPECT_LT(note.values[i], event.values[i].label_count)
            << event.name << " " << event.values[i].name;
      }
      ++seen[note.event];
    }
  });
  for (const Event& event : model().events)
    EXPECT_GT(seen[event.number], 0) << event.name << " never happened";
}

TEST(EnterpriseEvents, TheyAddUpToTheMetrics) {
  each_world(four_arms(), [](const Told& told) {
    EXPECT_EQ(told.count(Tells::starts), told.metric("started"));
    EXPECT_EQ(told.count(Tells::goes_live), told.metric("went_live"));
    EXPECT_EQ(told.count(Tells::dispute), told.metric("disputes"));
    EXPECT_EQ(told.count(Tells::done_again), told.metric("rework"));
    EXPECT_EQ(told.count(Tells::build_failed), told.metric("failed_builds"));
    EXPECT_EQ(told.count(Tells::lost_in_limbo), told.metric("lost_in_limbo"));
    EXPECT_EQ(told.count(Tells::given_up), told.metric("gave_up"));
    EXPECT_EQ(told.count(Tells::withdrawn), told.metric("withdrawn"));
    EXPECT_EQ(told.count(Tells::incident), told.metric("incidents"));
    EXPECT_EQ(told.count(Tells::retrained), told.metric("retrainings"));
    EXPECT_EQ(told.count(Tells::insight), told.metric("insights"));
    EXPECT_EQ(
        told.count(Tells::stage_entered,
                   [](const Note& n) { return n.values[0] == static_cast<int>(Stage::pilot); }),
        told.metric("pilots"));
    double waited = 0, seen = 0, live = 0;
    for (const Note& note : told.notes) {
      if (note.event == static_cast<int>(Tells::gate)) {
        ++seen;
        waited += note.values[2];
      }
      if (note.event == static_cast<int>(Tells::goes_live)) live += note.values[0];
    }
    EXPECT_FLOAT_EQ(static_cast<float>(waited / seen),
                    static_cast<float>(told.metric("gate_wait")));
    if (told.metric("went_live") > 0) {
      EXPECT_FLOAT_EQ(static_cast<float>(live / told.metric("went_live")),
                      static_cast<float>(told.metric("weeks_to_production")));
    }
    const char* stopped[] = {"stopped_at_framing", "stopped_at_data", "stopped_at_build",
                             "stopped_at_scale_up"};
    for (int gate = 0; gate < enterprise::gates; ++gate) {
      const double here =
          told.count(Tells::gate, [&](const Note& n) { return n.values[0] == gate; });
      const double killed = told.count(
          Tells::gate, [&](const Note& n) { return n.values[0] == gate && n.values[1] == 0; });
      if (here > 0) {
        EXPECT_FLOAT_EQ(static_cast<float>(killed / here),
                        static_cast<float>(told.metric(stopped[gate])));
      }
    }
    EXPECT_GT(seen, 20);
  });
}

TEST(EnterpriseEvents, GatesDecideOnTheSumOfTheirParts) {
  each_world(four_arms(), [](const Told& told) {
    for (const Note& note : told.notes) {
      if (note.event != static_cast<int>(Tells::gate)) continue;
      const double* v = note.values;
      const double merit = std::log(v[4] * v[5] * 104 / (v[6] + 2000000)) + v[7] + v[8] + v[9] - 1;
      EXPECT_NEAR(merit, v[10], 1e-4);
      EXPECT_EQ(v[1], v[10] > v[11] ? 1 : 0);
      EXPECT_GE(v[2], 0);
    }
  });
}

TEST(EnterpriseEvents, EachInitiativeEndsOnceAndItsWaterfallReAddsToTheCent) {
  each_world(four_arms(), [](const Told& told) {
    std::map<long, int> started, over;
    std::map<long, double> value;
    std::map<long, int64_t> booked;
    std::array<int64_t, causes> bars{};
    for (const Note& note : told.notes) switch (static_cast<Tells>(note.event)) {
        case Tells::arises:
          value[note.entity] = note.values[3];
          break;
        case Tells::starts:
          EXPECT_EQ(started.count(note.entity), 0u);
          started[note.entity] = note.step;
          break;
        case Tells::ends:
        case Tells::stands:
          ++over[note.entity];
          break;
        case Tells::waterfall:
          booked[note.entity] += static_cast<int64_t>(note.values[1]);
          bars.at(static_cast<size_t>(note.values[0])) += static_cast<int64_t>(note.values[1]);
          break;
        default:
          break;
      }
    ASSERT_EQ(static_cast<double>(started.size()), told.metric("started"));
    EXPECT_EQ(over.size(), started.size());
    EXPECT_EQ(booked.size(), started.size());
    for (const auto& [number, week] : started) {
      EXPECT_EQ(over[number], 1) << number;
      EXPECT_EQ(booked[number], static_cast<int64_t>(value[number]) * (told.study.steps - week + 1))
          << number;
    }
    // Only initiatives fill the bars from lead time on.
    for (int cause = 0; cause < causes; ++cause) {
      const double bar = told.metric(std::string("waterfall.") + enterprise::cause_names[cause]);
      const auto of_initiatives = static_cast<double>(bars[static_cast<size_t>(cause)]);
      if (cause >= static_cast<int>(Cause::lead_time))
        EXPECT_EQ(of_initiatives, bar) << enterprise::cause_names[cause];
      else
        EXPECT_LE(of_initiatives, bar) << enterprise::cause_names[cause];
    }
    EXPECT_EQ(bars[static_cast<size_t>(Cause::undiscovered)], 0);
    EXPECT_EQ(bars[static_cast<size_t>(Cause::realised)] > 0, told.metric("went_live") > 0);
  });
}

}  // namespace
}  // namespace chasm
