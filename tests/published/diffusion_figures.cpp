// The tables of docs/models/diffusion.md: diffusion_figures prints them as they stand there.

#include <cmath>
#include <cstdio>
#include <string>

#include "sim/statistics.hpp"
#include "tests/models/diffusion_studies.hpp"

namespace {

using namespace chasm;

constexpr int years[] = {1, 3, 5, 10};

Study bass_study(const char* kind, int agents, uint64_t worlds) {
  Study study = test::diffusion_study(kind, agents, worlds, 520);
  test::set(study, "innovation", .03);
  test::set(study, "imitation", .38);
  test::set(study, "step_length", 1.0 / 52);
  return study;
}

void bass_table() {
  std::printf("| F(t), years | 1 | 3 | 5 | 10 |\n| --- | ---: | ---: | ---: | ---: |\n");
  std::printf("| closed form | .035758 | .150500 | .331199 | .812803 |\n");
  std::printf("| weekly recursion | .035608 | .149744 | .329554 | .811322 |\n");
  struct Row {
    const char* kind;
    int agents;
    uint64_t worlds;
  };
  for (const Row& row : {Row{"mean-field", 1, 1},
                         {"well-mixed", 10000, 2000},
                         {"well-mixed", 1000, 20000},
                         {"well-mixed", 100, 20000}}) {
    const Study study = bass_study(row.kind, row.agents, row.worlds);
    const auto courses = test::courses(study, test::run(study));
    std::string name = row.kind, line;
    for (const int year : years) {
      Moments share;
      for (const auto& course : courses)
        share.add(static_cast<double>(course[static_cast<size_t>(52 * year)]));
      char text[64];
      if (row.worlds == 1)
        std::snprintf(text, sizeof text, " %.6f |", share.mean());
      else
        std::snprintf(text, sizeof text, " %.5f (%.5f) |", share.mean(),
                      share.standard_deviation() / std::sqrt(static_cast<double>(row.worlds)));
      line += text;
    }
    if (row.worlds > 1)
      name +=
          ", " + std::to_string(row.agents) + " people, " + std::to_string(row.worlds) + " worlds";
    std::printf("| ours, %s |%s\n", name.c_str(), line.c_str());
  }
}

void rewiring_table() {
  constexpr double rewirings[] = {0, .001, .01, .03, .1, .2, .3, 1};
  std::printf("\n| share of ties that are swapped |");
  for (const double rewiring : rewirings) std::printf(" %g |", rewiring);
  std::printf("\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (const int threshold : {1, 2, 3}) {
    Study study = test::diffusion_study("swapped-ring", 500, 1000, 500);
    study.setting.sizes[1] = 6;
    test::choose(study, "network.shared", "no");
    test::choose(study, "contagion", "threshold");
    test::choose(study, "seeds.placement", "neighbourhood");
    test::set(study, "innovation", 0);
    test::set(study, "seeds", 1);
    test::set(study, "threshold", threshold);
    study.arms.clear();
    for (const double rewiring : rewirings)
      study.arms.push_back(
          test::arm(*study.model, std::to_string(rewiring), {{"network.rewiring", rewiring}}));
    study.outputs.keep = Keep::none;
    study.outputs.series = {};
    const auto worlds = test::run(study);
    const size_t arms = study.arms.size();
    std::printf("| threshold %d: share of people who adopt |", threshold);
    for (size_t arm = 0; arm < arms; ++arm)
      std::printf(" %.3f |", estimate({worlds.of_arm(0, arm, arms), 1}).mean);
    std::printf("\n");
    if (threshold > 1) continue;
    std::printf("| threshold 1: periods to 90 %% |");
    for (size_t arm = 0; arm < arms; ++arm)
      std::printf(" %.1f |", estimate({worlds.of_arm(3, arm, arms), 1}).mean);
    std::printf("\n");
  }
}

}  // namespace

int main() {
  bass_table();
  rewiring_table();
}
