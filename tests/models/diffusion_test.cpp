// What must hold whatever the numbers: same bits, levers of no strength, more influence never means fewer adopters, bad
// settings refused, broken worlds named.

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "models/diffusion/tables.hpp"
#include "sim/error.hpp"
#include "sim/processor.hpp"
#include "tests/models/diffusion_studies.hpp"

namespace chasm {
namespace {

using test::diffusion_model;
using test::diffusion_study;
using test::run;
using test::same_bits;
using test::Worlds;

void expect_same_bits_everywhere(const Study& study, const std::string& what) {
  const auto reference = run(study, choose_program(diffusion_model(), "plain", 1));
  int compared = 0;
  for (const Program& program : diffusion_model().programs) {
    if (program.doubles || !processor_runs(program.isa)) continue;
    EXPECT_TRUE(same_bits(reference, run(study, program)))
        << what << ", " << test::name_of(program);
    ++compared;
  }
  EXPECT_GE(compared, 2);
}

// Different arms side by side in one tile, so that lanes draw, adopt and end apart from one another.
void use_mixed_arms(Study& study) {
  const auto arm = [](const char* name, std::vector<std::pair<std::string, double>> values) {
    return test::arm(diffusion_model(), name, values);
  };
  study.arms = {arm("as it is", {}), arm("fast", {{"imitation", 1.3}, {"innovation", .02}}),
                arm("seeds", {{"innovation", 0}, {"seeds", 2}}),
                arm("still", {{"innovation", 0}, {"imitation", 0}}), arm("campaign", {})};
  study.arms[4].levers[0] = {.strength = .7, .start = 3, .until = 20};
}

struct Kind {
  const char* name;
  int degree;
};
constexpr Kind networks[] = {{"ring", 6},
                             {"watts-strogatz", 6},
                             {"swapped-ring", 4},
                             {"erdos-renyi", 3},
                             {"barabasi-albert", 4}};

TEST(DiffusionBits, EveryNetworkOnEveryProgram) {
  for (const Kind& kind : networks)
    for (const char* shared : {"yes", "no"})
      for (const char* contagion : {"simple", "threshold"}) {
        Study study = diffusion_study(kind.name, 33, 7, 40);
        study.setting.sizes[1] = kind.degree;
        test::choose(study, "network.shared", shared);
        test::choose(study, "contagion", contagion);
        test::choose(study, "seeds.placement", "neighbourhood");
        use_mixed_arms(study);
        expect_same_bits_everywhere(
            study, std::string(kind.name) + ", shared " + shared + ", " + contagion);
      }
}

TEST(DiffusionBits, PopulationsOfEverySizeOnEveryProgram) {
  for (const char* kind : {"mean-field", "well-mixed"})
    for (const int agents : {1, 7, 1000000}) {
      Study study = diffusion_study(kind, agents, 7, 60);
      use_mixed_arms(study);
      if (agents == 1) test::set(study, "seeds", 0), study.arms.erase(study.arms.begin() + 2);
      expect_same_bits_everywhere(study, std::string(kind) + " of " + std::to_string(agents));
    }
}

TEST(DiffusionBits, SmallAndLargeNetworksOnEveryProgram) {
  for (const auto& [agents, degree] : {std::pair{3, 2}, {7, 4}, {1000, 8}, {5001, 2}}) {
    Study study = diffusion_study("watts-strogatz", agents, 7, 30);
    study.setting.sizes[1] = degree;
    test::choose(study, "network.shared", "no");
    use_mixed_arms(study);
    expect_same_bits_everywhere(study, std::to_string(agents) + " agents");
  }
  Study alone = diffusion_study("ring", 1, 7, 60);
  test::use_ties(alone, {});
  expect_same_bits_everywhere(alone, "one agent without ties");
}

// Meetings are counted in 16 bits in a short study and in 32 in a long one.
TEST(DiffusionBits, AShortStudyIsTheBeginningOfALongOne) {
  for (const char* shared : {"yes", "no"}) {
    Study brief = diffusion_study("watts-strogatz", 100, 20, 100);
    test::choose(brief, "network.shared", shared);
    test::set(brief, "imitation", .02);
    Study lengthy = brief;
    lengthy.steps = 6000;
    const auto begin = courses(brief, run(brief)), all = courses(lengthy, run(lengthy));
    for (size_t w = 0; w < begin.size(); ++w) {
      EXPECT_TRUE(std::equal(begin[w].begin(), begin[w].end(), all[w].begin())) << w;
      EXPECT_EQ(all[w].back(), 1) << "everybody once, and nobody twice";
    }
  }
}

TEST(DiffusionBits, WorldsDoNotDependOnTheirNeighbours) {
  Study many = diffusion_study("barabasi-albert", 50, 40, 50);
  test::choose(many, "network.shared", "no");
  Study few = many;
  few.futures = std::make_shared<PlainFutures>(3);
  const auto a = run(many), b = run(few);
  for (size_t k = 0; k < a.metrics.size(); ++k)
    for (size_t w = 0; w < 3; ++w)
      EXPECT_EQ(0, std::memcmp(&a.metrics[k][w], &b.metrics[k][w], sizeof(double)));
}

// Strength 0, or a start at or after the horizon, is the baseline bit for bit.
TEST(DiffusionLevers, ACampaignOfNoEffectChangesNothing) {
  for (const char* kind : {"mean-field", "well-mixed", "watts-strogatz"}) {
    Study study = diffusion_study(kind, 100, 50, 40);
    const auto baseline = run(study);
    for (const LeverSetting none :
         {LeverSetting{.strength = 0, .start = 0}, LeverSetting{.strength = 1, .start = 40},
          LeverSetting{.strength = 1, .start = 1000}}) {
      study.arms[0].levers[0] = none;
      EXPECT_TRUE(same_bits(baseline, run(study))) << kind;
    }
    study.arms[0].levers[0] = {.strength = 1, .start = 39};
    EXPECT_FALSE(same_bits(baseline, run(study))) << kind;
  }
}

// Patience, words and seeds are drawn once: whoever hears more adopts no later, in every single world.
TEST(DiffusionLevers, MoreInfluenceNeverMeansFewerAdopters) {
  for (const Kind& kind : networks) {
    Study study = diffusion_study(kind.name, 80, 60, 60);
    study.setting.sizes[1] = kind.degree;
    test::choose(study, "network.shared", "no");
    const auto arm = [](const char* name, std::vector<std::pair<std::string, double>> values) {
      return test::arm(diffusion_model(), name, values);
    };
    study.arms = {arm("baseline", {{"seeds", 2}}), arm("campaign", {{"seeds", 2}}),
                  arm("imitation", {{"seeds", 2}, {"imitation", .15}}),
                  arm("seeds", {{"seeds", 5}})};
    study.arms[1].levers[0] = {.strength = 1, .start = 5};
    const auto all = courses(study, run(study));
    for (size_t w = 0; w < all.size(); w += 4)
      for (size_t more = 1; more < 4; ++more) {
        bool is_ever_more = false;
        for (size_t t = 0; t <= 60; ++t) {
          EXPECT_GE(all[w + more][t], all[w][t]) << kind.name << ", world " << w / 4;
          is_ever_more |= all[w + more][t] > all[w][t];
        }
        EXPECT_TRUE(is_ever_more);
      }
  }
}

TEST(Diffusion, SharesOnlyRiseAndMetricsFollowThem) {
  for (const char* kind : {"mean-field", "well-mixed", "watts-strogatz"}) {
    Study study = diffusion_study(kind, 100, 40, 90);
    test::set(study, "step_length", .5);
    const auto worlds = run(study);
    const auto all = courses(study, worlds);
    for (size_t w = 0; w < all.size(); ++w) {
      double reached[3] = {NAN, NAN, NAN}, peak = 0, peak_time = NAN;
      for (size_t t = 0; t <= 90; ++t) {
        const double share = static_cast<double>(all[w][t]);
        if (t > 0) {
          EXPECT_GE(all[w][t], all[w][t - 1]);
          const double rate = static_cast<double>(worlds.series[1][w * 91 + t]);
          EXPECT_NEAR(rate, (share - static_cast<double>(all[w][t - 1])) / .5, 1e-6);
          if (rate > peak) peak = rate, peak_time = .5 * static_cast<double>(t);
        }
        for (int k = 0; k < 3; ++k)
          if (std::isnan(reached[k]) && all[w][t] >= (k == 0 ? .1f : k == 1 ? .5f : .9f))
            reached[k] = .5 * static_cast<double>(t);
      }
      const auto same = [&](size_t metric, double expected) {
        const double value = worlds.metrics[metric][w];
        EXPECT_TRUE(std::isnan(expected) ? std::isnan(value) : value == expected)
            << kind << ", " << study.model->metrics[metric].name << ", " << value;
      };
      same(0, static_cast<double>(all[w][90]));
      for (size_t k = 0; k < 3; ++k) same(1 + k, reached[k]);
      same(4, peak_time);
      same(5, peak);
    }
  }
}

TEST(Diffusion, SeedsAreThereFromTheStart) {
  for (const char* kind : {"mean-field", "well-mixed", "erdos-renyi"}) {
    Study study = diffusion_study(kind, 40, 30, 10);
    for (const int seeds : {0, 1, 39, 40}) {
      test::set(study, "seeds", seeds);
      for (const auto& course : courses(study, run(study)))
        EXPECT_FLOAT_EQ(course[0], static_cast<float>(seeds) / 40) << kind;
    }
  }
  Study hoods = diffusion_study("ring", 40, 30, 10);
  hoods.setting.sizes[1] = 6;
  test::choose(hoods, "seeds.placement", "neighbourhood");
  test::set(hoods, "seeds", 1);
  for (const auto& course : courses(hoods, run(hoods))) EXPECT_FLOAT_EQ(course[0], 7.f / 40);
}

// Every agent is the first adopter equally often: 20,000 worlds, 20 agents of a directed chain of influence. On a path
// whose one end is the seed, threshold 1 takes as many periods as there are ties to the far end.
TEST(Diffusion, RandomSeedsAreUniform) {
  const int agents = 20;
  Study study = diffusion_study("ring", agents, 20000, agents);
  std::vector<std::pair<int, int>> ties;
  for (int i = 0; i + 1 < agents; ++i) ties.emplace_back(i, i + 1);
  test::use_ties(study, ties);
  test::choose(study, "contagion", "threshold");
  test::set(study, "threshold", 1);
  test::set(study, "innovation", 0);
  test::set(study, "seeds", 1);
  const auto all = courses(study, run(study));
  std::vector<int> periods(static_cast<size_t>(agents), 0);
  for (const auto& course : all) {
    size_t t = 0;
    while (course[t] < 1) ++t;
    ++periods[t];
  }
  double chi_square =
      0;  // 10 possible distances to the farther end, 10 .. 19, each from two places
  for (size_t t = 10; t < 20; ++t) chi_square += std::pow(periods[t] - 2000.0, 2) / 2000;
  EXPECT_LT(chi_square, 27.9) << "9 degrees of freedom, p = .001";
}

TEST(DiffusionFailures, MoreSeedsThanAgents) {
  for (const char* kind : {"mean-field", "well-mixed", "ring"}) {
    Study study = diffusion_study(kind, 30, 5, 10);
    study.arms.push_back(test::arm(diffusion_model(), "too many", {{"seeds", 31}}));
    const Worlds all = run(study);
    for (size_t w = 0; w < 10; ++w)
      EXPECT_EQ(all.failure[w],
                w % 2 == 0 ? 0 : static_cast<int>(diffusion::Failure::too_many_seeds));
  }
}

TEST(DiffusionFailures, ASharedNetworkHasOneRewiring) {
  Study study = diffusion_study("watts-strogatz", 30, 5, 10);
  study.arms.push_back(test::arm(diffusion_model(), "other", {{"network.rewiring", .2}}));
  Worlds all = run(study);
  for (size_t w = 0; w < 10; ++w)
    EXPECT_EQ(all.failure[w],
              w % 2 == 0 ? 0 : static_cast<int>(diffusion::Failure::other_rewiring));
  test::choose(study, "network.shared", "no");
  all = run(study);
  for (size_t w = 0; w < 10; ++w) EXPECT_EQ(all.failure[w], 0);
}

// The model with less room for graphs than it takes.
template <int Ties, int Neighbours>
Model cramped() {
  Model model = diffusion_model();
  model.prepare = [](const Setting& setting, uint64_t seed) {
    Ground ground = diffusion_model().prepare(setting, seed);
    auto shared = *static_cast<const diffusion::Shared*>(ground.shared.get());
    if (Ties > 0) shared.room = Ties;
    if (Neighbours > 0) shared.degree_room = Neighbours;
    return Ground{ground.shape, std::make_shared<const diffusion::Shared>(shared)};
  };
  return model;
}

// 45 ties on average, standard deviation 6: about half of the worlds do not fit, and the others are as they were.
TEST(DiffusionFailures, GraphsThatDoNotFitFail) {
  Study study = diffusion_study("erdos-renyi", 30, 400, 20);
  study.setting.sizes[1] = 3;
  test::choose(study, "network.shared", "no");
  const Worlds roomy = run(study);
  const auto expect_failures = [&](const Model& model, diffusion::Failure reason) {
    study.model = &model;
    for (const Program& program : model.programs) {
      if (program.doubles || !processor_runs(program.isa)) continue;
      const Worlds all = run(study, program);
      int failed = 0;
      for (size_t w = 0; w < 400; ++w) {
        if (all.failure[w] != 0) {
          ++failed;
          EXPECT_EQ(all.failure[w], static_cast<int>(reason));
          EXPECT_TRUE(std::isnan(all.metrics[0][w]));
        } else {
          EXPECT_EQ(all.metrics[0][w], roomy.metrics[0][w]);
        }
      }
      EXPECT_GT(failed, 100);
      EXPECT_LT(failed, 300);
    }
  };
  expect_failures(cramped<45, 0>(), diffusion::Failure::too_many_ties);
  expect_failures(cramped<0, 6>(), diffusion::Failure::too_many_neighbours);
}

void expect_refused(const Study& study, const std::string& part) {
  try {
    run(study);
    FAIL() << "accepted; expected: " << part;
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
}

TEST(DiffusionInput, SettingsThatContradictThemselves) {
  Study study = diffusion_study("ring", 10, 1, 5);
  study.setting.sizes[1] = 5;
  expect_refused(study, "network.degree: 5 is odd");
  study.setting.sizes[1] = 10;
  expect_refused(study, "use at most 9");
  study.setting.sizes[1] = 4;
  test::choose(study, "network.kind", "file");
  expect_refused(study, "network.edges: no table");
  test::use_ties(study, {{0, 1}});
  test::choose(study, "network.kind", "ring");
  expect_refused(study, "network.edges: a table that is not used");
  Study mixed = diffusion_study("well-mixed", 10, 1, 5);
  test::choose(mixed, "contagion", "threshold");
  expect_refused(mixed, "counts neighbours");
  Study huge = diffusion_study("ring", 10000000, 1, 5);
  huge.setting.sizes[1] = 1000;
  expect_refused(huge, "the largest network has 536870912 ties");
}

TEST(DiffusionInput, TablesOfTies) {
  const auto refused = [](const std::vector<std::pair<int, int>>& ties, const std::string& part) {
    Study study = diffusion_study("ring", 10, 1, 5);
    test::use_ties(study, ties);
    expect_refused(study, part);
  };
  refused({{0, 1}, {3, -1}}, "ties.csv: row 3, column \"to\": -1 is no agent");
  refused({{0, 1}, {10, 1}}, "ties.csv: row 3, column \"from\": 10 is no agent");
  refused({{0, 1}, {1, 2}, {4, 4}}, "ties.csv: row 4: a tie of agent 4 with itself");
  refused({{0, 1}, {5, 2}, {3, 4}, {2, 5}},
          "ties.csv: row 5: the tie of agents 2 and 5 is there already (row 3;");
  refused({{7, 8}, {7, 8}}, "ties.csv: row 3: the tie of agents 7 and 8 is there already (row 2;");
  Study study = diffusion_study("ring", 10, 1, 5);
  test::use_ties(study, {{0, 1}});
  study.setting.tables["network.edges"].values[1][0] = 1.5;
  expect_refused(study, "row 2, column \"to\": 1.5 is no agent");
  study.setting.tables["network.edges"].values[1][0] = NAN;
  expect_refused(study, "is no agent");
}

TEST(DiffusionInput, TooManyNeighboursToCount) {
  Study study = diffusion_study("ring", 32769, 1, 5);
  std::vector<std::pair<int, int>> star;
  for (int leaf = 1; leaf <= 32767; ++leaf) star.emplace_back(0, leaf);
  test::use_ties(study, star);
  EXPECT_EQ(run(study).failure[0], 0);
  star.emplace_back(0, 32768);
  test::use_ties(study, star);
  expect_refused(study, "network: agent 0 has 32768 neighbours (at most 32767");
}

}  // namespace
}  // namespace chasm
