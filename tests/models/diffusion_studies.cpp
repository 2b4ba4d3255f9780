#include "tests/models/diffusion_studies.hpp"

#include <algorithm>
#include <stdexcept>

#include "models/diffusion/tables.hpp"

namespace chasm::test {

Study diffusion_study(const std::string& kind, int agents, uint64_t worlds, int periods) {
  Study study = study_of(diffusion_model(), worlds, 1, periods);
  study.setting.sizes.at(static_cast<size_t>(size(diffusion_model(), "agents"))) = agents;
  choose(study, "network.kind", kind);
  set(study, "step_length", 1);
  set(study, "innovation", 0.001);
  set(study, "imitation", 0.1);
  study.outputs.series = {0, 1};
  study.outputs.keep = Keep::full;
  return study;
}

void choose(Study& study, const std::string& name, const std::string& option) {
  const auto at = static_cast<size_t>(choice(*study.model, name));
  const Choice& entry = study.model->choices[at];
  const auto found = std::find(entry.options, entry.options + entry.count, option);
  if (found == entry.options + entry.count) throw std::logic_error("no option " + option);
  study.setting.choices[at] = static_cast<int>(found - entry.options);
}

void set(Study& study, const std::string& name, double value) {
  study.base.at(static_cast<size_t>(parameter(*study.model, name))) = value;
}

void use_ties(Study& study, const std::vector<std::pair<int, int>>& ties) {
  choose(study, "network.kind", "file");
  TableData table;
  table.path = "ties.csv";
  table.columns = {"from", "to"};
  table.values.resize(2);
  for (const auto& [from, to] : ties) {
    table.values[0].push_back(from);
    table.values[1].push_back(to);
  }
  study.setting.tables["network.edges"] = table;
}

Network shared_network(const Study& study) {
  const Ground ground = prepare(study);
  const auto& shape = *static_cast<const diffusion::Shape*>(ground.shape.get());
  const auto& shared = *static_cast<const diffusion::Shared*>(ground.shared.get());
  Network network(static_cast<size_t>(shape.agents));
  for (size_t i = 0; i < network.size(); ++i)
    for (uint32_t at = shared.first[i]; at < shared.first[i + 1]; ++at)
      network[i].push_back(static_cast<int>(shared.neighbours[at]));
  return network;
}

std::vector<std::vector<float>> courses(const Study& study, const Worlds& worlds) {
  const auto rows = static_cast<size_t>(study.steps) + 1;
  std::vector<std::vector<float>> out(worlds.status.size());
  for (size_t w = 0; w < out.size(); ++w) {
    const auto begin = worlds.series.at(0).begin() + static_cast<std::ptrdiff_t>(w * rows);
    out[w].assign(begin, begin + static_cast<std::ptrdiff_t>(rows));
  }
  return out;
}

}  // namespace chasm::test
