#include "tests/checks/lab.hpp"

#include <numeric>
#include <sstream>

#include "models/models.hpp"
#include "sim/cpu_backend.hpp"
#include "tests/support/studies.hpp"

namespace chasm::checks {

namespace {

constexpr int block_worlds = 32;

std::string key_of(const Spec& spec, int worlds) {
  std::ostringstream key;
  key.precision(17);
  key << worlds;
  for (const auto& [name, value] : spec.parameters) key << ' ' << name << '=' << value;
  for (const auto& [name, use] : spec.levers)
    key << ' ' << name << ':' << use.strength << ',' << use.start << ',' << use.until;
  for (const auto& [name, value] : spec.sizes) key << ' ' << name << '#' << value;
  return key.str();
}

Study study_of(const Spec& spec, int worlds) {
  const Model& model = enterprise_model();
  Study study = test::study_of(model, static_cast<uint64_t>(worlds), 1, weeks);
  for (const auto& [name, value] : spec.parameters)
    study.base.at(static_cast<size_t>(test::parameter(model, name))) = value;
  for (const auto& [name, use] : spec.levers) {
    LeverSetting& setting = study.arms[0].levers.at(static_cast<size_t>(test::lever(model, name)));
    setting.strength = use.strength;
    setting.start = use.start;
    setting.until = use.until;
  }
  for (const auto& [name, value] : spec.sizes)
    study.setting.sizes.at(static_cast<size_t>(test::size(model, name))) = value;
  study.outputs.series.resize(model.series.size());
  std::iota(study.outputs.series.begin(), study.outputs.series.end(), 0);
  study.outputs.every = row_weeks;
  study.outputs.keep = Keep::full;
  study.outputs.totals.resize(all_totals(study).size());
  std::iota(study.outputs.totals.begin(), study.outputs.totals.end(), 0);
  return study;
}

template <class T>
void append(std::vector<std::vector<T>>& to, const std::vector<std::vector<T>>& from) {
  to.resize(from.size());
  for (size_t k = 0; k < from.size(); ++k)
    to[k].insert(to[k].end(), from[k].begin(), from[k].end());
}

size_t number_of(const std::vector<Metric>& metrics, const std::string& name) {
  for (size_t i = 0; i < metrics.size(); ++i)
    if (name == metrics[i].name) return i;
  throw std::logic_error("the model has no series " + name);
}

}  // namespace

const Model& enterprise_model() { return enterprise::model(); }

std::vector<std::string> all_levers() {
  std::vector<std::string> names;
  for (const Lever& lever : enterprise_model().levers) names.emplace_back(lever.name);
  return names;
}

Spec Spec::set(const std::string& parameter, double value) const {
  Spec out = *this;
  out.parameters[parameter] = value;
  return out;
}

Spec Spec::scale(const std::string& parameter, double factor) const {
  const Model& model = enterprise_model();
  return set(
      parameter,
      factor * model.parameters[static_cast<size_t>(test::parameter(model, parameter))].value);
}

Spec Spec::use(const std::string& lever, double strength, double start, double until) const {
  Spec out = *this;
  out.levers[lever] = {strength, start, until};
  return out;
}

Spec Spec::size(const std::string& name, long value) const {
  Spec out = *this;
  out.sizes[name] = value;
  return out;
}

Spec Spec::free() const {
  Spec out = *this;
  for (const std::string& lever : all_levers())
    for (const std::string& cost :
         {"cost." + lever + ".once", "cost." + lever + ".yearly", "staff." + lever})
      out.parameters[cost] = 0;
  return out;
}

const std::vector<double>& Outcome::of(const std::string& metric) const {
  return metrics.at(static_cast<size_t>(test::metric(enterprise_model(), metric)));
}

std::vector<double> Outcome::millions(const std::string& metric) const {
  std::vector<double> out = of(metric);
  const std::string unit(enterprise_model()
                             .metrics[static_cast<size_t>(test::metric(enterprise_model(), metric))]
                             .unit);
  for (double& value : out) value *= unit == "{currency}/100" ? 1e-8 : 1e-6;
  return out;
}

std::vector<double> Outcome::at(const std::string& name, int week) const {
  const auto& all = series.at(number_of(enterprise_model().series, name));
  const size_t rows = weeks / row_weeks + 1, row = static_cast<size_t>(week / row_weeks);
  std::vector<double> out;
  for (size_t at = row; at < all.size(); at += rows) out.push_back(all[at]);
  return out;
}

const Outcome& Lab::run(const Spec& spec, int worlds) {
  auto& kept = done_[key_of(spec, worlds)];
  if (kept) return *kept;
  const Study study = study_of(spec, worlds);
  const Partition parts = partition(study, block_worlds);
  const CpuBackend backend(study, parts, choose_program(*study.model), threads_);
  std::vector<uint64_t> ids(parts.blocks());
  std::iota(ids.begin(), ids.end(), uint64_t{0});
  std::vector<BlockResult> blocks(ids.size());
  backend.run(ids, [&](BlockResult&& block) {
    blocks[block.block] = std::move(block);
    return true;
  });
  kept = std::make_unique<Outcome>();
  kept->totals.resize(study.outputs.totals.size());
  for (BlockResult& block : blocks) {
    append(kept->metrics, block.metrics);
    append(kept->series, block.series);
    for (size_t k = 0; k < kept->totals.size(); ++k)
      kept->totals[k].push_back(std::move(block.totals[k]));
    for (const uint8_t status : block.status)
      if (status != static_cast<uint8_t>(Status::ok)) ++failed_;
  }
  worlds_ += worlds;
  return *kept;
}

}  // namespace chasm::checks
