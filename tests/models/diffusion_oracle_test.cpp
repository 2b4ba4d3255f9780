// The model against an oracle that draws every agent's adoption period by period.

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "sim/statistics.hpp"
#include "tests/models/diffusion_studies.hpp"

namespace chasm {
namespace {

using test::DiffusionSetting;
using test::Network;

struct Case {
  const char* name;
  const char* kind;
  int agents = 60, degree = 6;
  double rewiring = 0;
  bool is_shared =
      true;  // the oracle runs on the network that our worlds share, else each side draws its own
  DiffusionSetting p = {};
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

Network draw(const Case& c, std::mt19937_64& luck) {
  const std::string kind = c.kind;
  if (kind == "watts-strogatz")
    return test::watts_strogatz_network(c.agents, c.degree, c.rewiring, luck);
  if (kind == "swapped-ring")
    return test::swapped_ring_network(c.agents, c.degree, c.rewiring, luck);
  if (kind == "erdos-renyi") return test::erdos_renyi_network(c.agents, c.degree, luck);
  return test::barabasi_albert_network(c.agents, c.degree / 2, luck);
}

Study study_of_case(const Case& c, uint64_t worlds) {
  Study study = test::diffusion_study(c.kind, c.agents, worlds, c.p.periods);
  study.setting.sizes[1] = c.degree;
  test::choose(study, "network.shared", c.is_shared ? "yes" : "no");
  test::choose(study, "contagion", c.p.threshold > 0 ? "threshold" : "simple");
  test::choose(study, "seeds.placement", c.p.neighbourhood ? "neighbourhood" : "random");
  test::set(study, "innovation", c.p.p);
  test::set(study, "imitation", c.p.q);
  test::set(study, "step_length", c.p.dt);
  test::set(study, "threshold", std::max(1, c.p.threshold));
  test::set(study, "seeds", c.p.seeds);
  test::set(study, "network.rewiring", c.rewiring);
  return study;
}

// Mean and standard deviation of what is not NaN, and their standard errors.
struct Summary {
  double mean = 0, mean_error = 0, spread = 0, spread_error = 0, absent = 0, absent_error = 0;
};

Summary summarise(const std::vector<double>& values) {
  Moments m, squares;
  for (const double v : values) m.add(v);
  Summary s;
  const auto all = static_cast<double>(values.size());
  s.absent = static_cast<double>(m.absent()) / all;
  s.absent_error = std::sqrt(s.absent * (1 - s.absent) / all);
  if (m.count() < 2) return s;
  for (const double v : values) squares.add((v - m.mean()) * (v - m.mean()));
  const double root = std::sqrt(static_cast<double>(m.count()));
  s.mean = m.mean();
  s.spread = m.standard_deviation();
  s.mean_error = s.spread / root;
  if (s.spread > 0) s.spread_error = squares.standard_deviation() / root / (2 * s.spread);
  return s;
}

// Within 4 combined standard errors.
void expect_alike(const char* what, const std::vector<double>& ours,
                  const std::vector<double>& oracle) {
  const Summary a = summarise(ours), b = summarise(oracle);
  const auto near = [&](const char* of, double x, double x_error, double y, double y_error) {
    const double error = std::hypot(x_error, y_error);
    EXPECT_LE(std::abs(x - y), 4 * error + 1e-6)
        << of << " of " << what << ": " << x << " against " << y << ", standard error " << error;
  };
  near("mean", a.mean, a.mean_error, b.mean, b.mean_error);
  near("spread", a.spread, a.spread_error, b.spread, b.spread_error);
  near("absence", a.absent, a.absent_error, b.absent, b.absent_error);
}

void compare(const Case& c, const Study& study) {
  const auto ours = test::run(study);
  const auto courses = test::courses(study, ours);
  const auto early = static_cast<size_t>(c.p.periods) / 8,
             middle = static_cast<size_t>(c.p.periods) / 2;
  std::mt19937_64 luck(11);
  const Network shared = c.is_shared ? test::shared_network(study) : Network();
  std::vector<double> theirs[5], us[5];
  for (int i = 0; i < 3000; ++i) {
    const auto world = test::diffusion_oracle(c.p, c.is_shared ? shared : draw(c, luck), luck);
    const double values[] = {world.adopted[early], world.adopted[middle], world.adopted.back(),
                             world.time_to(.5) * c.p.dt, world.peak() / c.p.dt};
    for (size_t k = 0; k < 5; ++k) theirs[k].push_back(values[k]);
  }
  for (size_t w = 0; w < courses.size(); ++w) {
    EXPECT_EQ(ours.failure[w], 0);
    const double values[] = {static_cast<double>(courses[w][early]),
                             static_cast<double>(courses[w][middle]), ours.metrics[0][w],
                             ours.metrics[2][w], ours.metrics[5][w]};
    for (size_t k = 0; k < 5; ++k) us[k].push_back(values[k]);
  }
  const char* what[] = {"early share", "middle share", "share at the end", "time to half", "peak"};
  for (size_t k = 0; k < 5; ++k) expect_alike(what[k], us[k], theirs[k]);
}

class DiffusionOracle : public testing::TestWithParam<Case> {};

TEST_P(DiffusionOracle, WorldsAreAlike) { compare(GetParam(), study_of_case(GetParam(), 16000)); }

INSTANTIATE_TEST_SUITE_P(
    Settings, DiffusionOracle,
    testing::Values(
        Case{.name = "ring", .kind = "ring"},
        Case{.name = "large_hazards",
             .kind = "ring",
             .p = {.periods = 16, .p = .05, .q = 1.5, .dt = .5}},
        Case{.name = "words_alone", .kind = "ring", .p = {.periods = 32, .p = .08, .q = 0}},
        Case{.name = "neighbours_alone",
             .kind = "ring",
             .p = {.periods = 64, .p = 0, .q = .2, .seeds = 3}},
        Case{.name = "seeded_neighbourhoods",
             .kind = "ring",
             .p = {.periods = 64, .p = 0, .q = .2, .seeds = 2, .neighbourhood = true}},
        Case{.name = "watts_strogatz", .kind = "watts-strogatz", .rewiring = .2},
        Case{.name = "watts_strogatz_each",
             .kind = "watts-strogatz",
             .rewiring = .2,
             .is_shared = false},
        Case{.name = "erdos_renyi", .kind = "erdos-renyi", .degree = 3},
        Case{.name = "erdos_renyi_each", .kind = "erdos-renyi", .degree = 3, .is_shared = false},
        Case{.name = "barabasi_albert_each",
             .kind = "barabasi-albert",
             .degree = 4,
             .is_shared = false},
        Case{.name = "swapped_ring_each",
             .kind = "swapped-ring",
             .rewiring = .3,
             .is_shared = false},
        Case{.name = "threshold_two",
             .kind = "swapped-ring",
             .rewiring = .1,
             .is_shared = false,
             .p = {.periods = 16, .p = 0, .threshold = 2, .seeds = 1, .neighbourhood = true}},
        Case{.name = "threshold_with_words",
             .kind = "watts-strogatz",
             .rewiring = .5,
             .is_shared = false,
             .p = {.periods = 64, .p = .004, .threshold = 3}},
        Case{.name = "two_agents",
             .kind = "erdos-renyi",
             .agents = 2,
             .degree = 1,
             .p = {.periods = 24, .p = .02, .q = .3}},
        Case{.name = "long",  // meetings beyond 16 bits
             .kind = "erdos-renyi",
             .agents = 40,
             .degree = 38,
             .p = {.periods = 1200, .p = 0, .q = .0006, .seeds = 35}}),
    [](const auto& info) { return std::string(info.param.name); });

// A hub with 30 leaves, a path, a triangle and agents without ties.
TEST(DiffusionOracle, TiesFromATable) {
  Case c{.name = "table", .kind = "ring", .agents = 50};
  c.p = {.periods = 60, .p = .005, .q = .15};
  Study study = study_of_case(c, 16000);
  std::vector<std::pair<int, int>> ties;
  for (int leaf = 1; leaf <= 30; ++leaf) ties.emplace_back(0, leaf);
  for (int i = 31; i < 40; ++i) ties.emplace_back(i + 1, i);
  ties.insert(ties.end(), {{41, 42}, {42, 43}, {43, 41}});
  test::use_ties(study, ties);
  compare(c, study);
}

// A campaign between periods 10 and 30 adds .02 (1 - e^(-t/4)), then halves every 13 periods.
TEST(DiffusionOracle, Campaign) {
  Case c{.name = "campaign", .kind = "ring", .agents = 50};
  c.p = {.periods = 80, .p = .002, .q = .1};
  c.p.extra_p = [](int t) {
    const double reached = .5 * (1 - std::exp(-std::max(0, std::min(t, 30) - 10) / 4.0));
    return .04 * reached * (t > 30 ? std::exp2(-(t - 30) / 13.0) : 1);
  };
  Study study = study_of_case(c, 16000);
  test::set(study, "effect.campaign.innovation", .04);
  study.arms[0].levers[0] = {.strength = .5, .start = 10, .until = 30};
  compare(c, study);
}

}  // namespace
}  // namespace chasm
