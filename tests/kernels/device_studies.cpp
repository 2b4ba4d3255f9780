#include "tests/kernels/device_studies.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "models/models.hpp"

namespace chasm::test {

namespace {

void keep_all(Study& study, int every) {
  study.outputs.series.resize(study.model->series.size());
  std::iota(study.outputs.series.begin(), study.outputs.series.end(), 0);
  study.outputs.keep = Keep::full;
  study.outputs.every = every;
  study.outputs.totals.resize(all_totals(study).size());
  std::iota(study.outputs.totals.begin(), study.outputs.totals.end(), 0);
}

// As many futures as make that many worlds.
void resize(Study& study, uint64_t worlds) {
  const uint64_t a_future = study.arms.size() * study.replications;
  study.futures = std::make_shared<PlainFutures>((worlds + a_future - 1) / a_future);
}

Study march_study(int steps) {
  const Model& model = march1991::model();
  Study study = study_of(model, 1, 1, steps);
  study.arms.push_back(arm(model, "slow", {{"socialisation", .1}, {"code_learning", .9}}));
  study.arms.push_back(arm(model, "mixed", {{"fast_share", .3}, {"socialisation_fast", 1}}));
  study.arms.push_back(arm(model, "open", {{"turnover", .1}, {"turbulence", .02}}));
  return study;
}

Study diffusion_study(const std::string& kind, bool is_shared, int steps) {
  const Model& model = diffusion::model();
  Study study = study_of(model, 1, 2, steps);
  study.setting.sizes[static_cast<size_t>(size(model, "agents"))] = 200;
  const auto choose = [&](const char* name, int option) {
    study.setting.choices[static_cast<size_t>(choice(model, name))] = option;
  };
  const Choice& kinds = model.choices[static_cast<size_t>(choice(model, "network.kind"))];
  for (int option = 0; option < kinds.count; ++option)
    if (kind == kinds.options[option]) choose("network.kind", option);
  choose("network.shared", is_shared ? 1 : 0);
  study.arms[0].parameters = {{parameter(model, "seeds"), 5}};
  study.arms.push_back(arm(model, "quick", {{"imitation", 20}, {"innovation", .5}}));
  Arm campaign = arm(model, "campaign", {{"step_length", .1}});
  campaign.levers[0] = {.strength = 1, .start = 3, .until = 40};
  study.arms.push_back(campaign);
  return study;
}

}  // namespace

NamedStudy enterprise_study(uint64_t worlds, int steps) {
  const Model& model = enterprise::model();
  Study study = study_of(model, 1, 1, steps);
  Arm all = arm(model, "every lever", {{"budget.yearly", 60}});
  for (size_t i = 0; i < all.levers.size(); ++i)
    all.levers[i] = {.strength = .3 + .025 * static_cast<double>(i),
                     .start = static_cast<double>(i)};
  study.arms.push_back(all);
  study.arms.push_back(arm(model, "open gates", {{"mechanism.gates", 0}, {"portfolio.wip", 40}}));
  study.arms.push_back(arm(model, "no money", {{"budget.yearly", 0}}));
  // Two levers that wait for what happens in about every other world.
  Arm waits = arm(model, "waits", {});
  int knowledge = 0;
  while (std::string_view(model.series[static_cast<size_t>(knowledge)].name) !=
         "business_knowledge")
    ++knowledge;
  const int step = std::max(1, steps / 3);
  waits.levers[static_cast<size_t>(lever(model, "translators"))] = {
      .strength = 1,
      .when = {.series = knowledge, .comparison = Comparison::above, .value = .28, .step = step}};
  waits.levers[static_cast<size_t>(lever(model, "mlops"))] = {
      .strength = .7,
      .when = {
          .series = knowledge, .comparison = Comparison::at_most, .value = .28, .step = 2 * step}};
  study.arms.push_back(waits);
  keep_all(study, 4);
  resize(study, worlds);
  return {"enterprise", study};
}

std::vector<NamedStudy> device_studies(uint64_t worlds, int steps) {
  std::vector<NamedStudy> studies = {{"march1991", march_study(steps)}};
  for (const char* kind : {"mean-field", "well-mixed", "ring"})
    studies.push_back({std::string("diffusion, ") + kind, diffusion_study(kind, true, steps)});
  for (const char* kind : {"watts-strogatz", "swapped-ring", "erdos-renyi", "barabasi-albert"})
    for (const bool is_shared : {true, false})
      studies.push_back({std::string("diffusion, ") + kind + (is_shared ? "" : ", a graph a world"),
                         diffusion_study(kind, is_shared, steps)});
  Study threshold = diffusion_study("watts-strogatz", true, steps);
  threshold.setting.choices[static_cast<size_t>(choice(diffusion::model(), "contagion"))] = 1;
  threshold.setting.choices[static_cast<size_t>(choice(diffusion::model(), "seeds.placement"))] = 1;
  studies.push_back({"diffusion, threshold", threshold});
  for (NamedStudy& each : studies) {
    keep_all(each.study, 3);
    resize(each.study, worlds);
  }
  studies.push_back(enterprise_study(worlds, steps));
  return studies;
}

}  // namespace chasm::test
