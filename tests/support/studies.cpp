#include "tests/support/studies.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <stdexcept>

namespace chasm::test {

namespace {

template <class Entry>
int index_of(const std::vector<Entry>& entries, const std::string& name) {
  for (size_t i = 0; i < entries.size(); ++i)
    if (name == entries[i].name) return static_cast<int>(i);
  throw std::logic_error("the model has no " + name);
}

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

template <class T>
bool same(const std::vector<std::vector<T>>& a, const std::vector<std::vector<T>>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return same(x, y); });
}

}  // namespace

Study study_of(const Model& model, uint64_t futures, uint32_t replications, int steps) {
  Study study;
  study.model = &model;
  study.seed = 20260105;
  study.steps = steps;
  study.setting = default_setting(model);
  for (const Parameter& p : model.parameters) study.base.push_back(p.value);
  study.arms = {arm(model, "baseline", {})};
  study.futures = std::make_shared<PlainFutures>(futures);
  study.design = "independent";
  study.replications = replications;
  study.outputs.metrics.resize(model.metrics.size());
  std::iota(study.outputs.metrics.begin(), study.outputs.metrics.end(), 0);
  return study;
}

int parameter(const Model& m, const std::string& name) { return index_of(m.parameters, name); }
int lever(const Model& m, const std::string& name) { return index_of(m.levers, name); }
int metric(const Model& m, const std::string& name) { return index_of(m.metrics, name); }
int size(const Model& m, const std::string& name) { return index_of(m.sizes, name); }
int choice(const Model& m, const std::string& name) { return index_of(m.choices, name); }

Arm arm(const Model& model, const std::string& name,
        const std::vector<std::pair<std::string, double>>& parameters) {
  Arm out;
  out.name = name;
  for (const auto& [key, value] : parameters)
    out.parameters.emplace_back(parameter(model, key), value);
  out.levers.resize(model.levers.size());
  return out;
}

std::vector<double> Worlds::of_arm(size_t metric, size_t arm, size_t arms) const {
  std::vector<double> out;
  for (size_t w = arm; w < metrics[metric].size(); w += arms) out.push_back(metrics[metric][w]);
  return out;
}

Worlds run(const Study& study, const Program& program, int threads, uint64_t block_worlds) {
  const Partition parts = partition(study, block_worlds);
  return run(study, parts, CpuBackend(study, parts, program, threads));
}

Worlds run(const Study&, const Partition& parts, const Backend& backend) {
  std::vector<uint64_t> ids(parts.blocks());
  std::iota(ids.begin(), ids.end(), uint64_t{0});
  std::vector<BlockResult> blocks(ids.size());
  backend.run(ids, [&](BlockResult&& block) {
    blocks[block.block] = std::move(block);
    return true;
  });
  Worlds all;
  const auto append = [](auto& to, const auto& from) {
    to.resize(std::max(to.size(), from.size()));
    for (size_t k = 0; k < from.size(); ++k)
      to[k].insert(to[k].end(), from[k].begin(), from[k].end());
  };
  const auto add = [](auto& to, const auto& from) {
    to.resize(from.size());
    for (size_t k = 0; k < from.size(); ++k) {
      to[k].resize(from[k].size());
      for (size_t i = 0; i < from[k].size(); ++i) to[k][i] += from[k][i];
    }
  };
  for (const BlockResult& block : blocks) {
    all.status.insert(all.status.end(), block.status.begin(), block.status.end());
    all.failure.insert(all.failure.end(), block.failure.begin(), block.failure.end());
    append(all.metrics, block.metrics);
    append(all.series, block.series);
    add(all.bands, block.bands);
    add(all.totals, block.totals);
  }
  return all;
}

Worlds run(const Study& study) { return run(study, choose_program(*study.model)); }

bool same_bits(const Worlds& a, const Worlds& b) {
  return same(a.status, b.status) && same(a.failure, b.failure) && same(a.metrics, b.metrics) &&
         same(a.series, b.series) && same(a.bands, b.bands) && same(a.totals, b.totals);
}

std::string name_of(const Program& program) {
  return std::string(program.isa) + " x " + std::to_string(program.width) +
         (program.doubles ? " double" : " float");
}

}  // namespace chasm::test
