#include "hpc/result_names.hpp"

#include <algorithm>

namespace chasm {

namespace {

// The last two are kept for later.
constexpr const char* names_of_the_format[] = {
    "arm",           "future",         "replication",
    "time",          "step",           "bin",
    "bin_edge",      "lever",          "status",
    "failure",       "parameters",     "provenance",
    "random_future", "lever_strength", "lever_start",
    "lever_until",   "lever_ramp",     "lever_conditional",
    "quantile",      "waterfall",      "worlds"};

class Names {
 public:
  Names() : taken_(std::begin(names_of_the_format), std::end(names_of_the_format)) {}

  std::string take(const std::string& wish) {
    std::string name = wish;
    for (int n = 2; !taken_.insert(name).second; ++n) name = wish + "_" + std::to_string(n);
    return name;
  }

 private:
  std::set<std::string> taken_;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool same_axis(const TotalAxis& a, const TotalAxis& b) {
  if (std::string_view(a.name) != b.name || a.size != b.size) return false;
  if (a.labels == nullptr || b.labels == nullptr) return a.labels == b.labels;
  return std::equal(a.labels, a.labels + a.size, b.labels,
                    [](std::string_view x, std::string_view y) { return x == y; });
}

}  // namespace

std::string safe_name(std::string_view name) {
  std::string safe;
  for (const char c : name) safe += is_letter(c) || (c >= '0' && c <= '9') ? c : '_';
  if (safe.empty() || !is_letter(safe[0])) safe.insert(0, "v_");
  return safe;
}

namespace {

// Totals with an axis in common have the dimension in common; one total has each dimension once.
void name_totals(const Study& study, Names& names, ResultNames& out) {
  const std::vector<Total> totals = kept_totals(study);
  for (const Total& total : totals)
    out.totals.push_back(names.take("total_" + safe_name(total.name)));
  for (const Total& total : totals) {
    std::vector<size_t> mine;
    for (int i = 0; i < total.axis_count(); ++i) {
      const TotalAxis& axis = total.axes[i];
      size_t at = 0;
      while (at < out.axes.size() &&
             (!same_axis(out.axes[at].axis, axis) || std::count(mine.begin(), mine.end(), at) > 0))
        ++at;
      if (at == out.axes.size()) out.axes.push_back({names.take(safe_name(axis.name)), axis});
      mine.push_back(at);
    }
    out.axes_of_totals.push_back(std::move(mine));
  }
}

}  // namespace

ResultNames result_names(const Study& study) {
  const Model& model = *study.model;
  Names names;
  ResultNames out;
  for (const int metric : study.outputs.metrics)
    out.metrics.push_back(names.take(safe_name(model.metrics[static_cast<size_t>(metric)].name)));
  const std::string kind = study.outputs.keep == Keep::full ? "_series" : "_histogram";
  for (const int series : study.outputs.series) {
    const std::string name = safe_name(model.series[static_cast<size_t>(series)].name);
    out.series.push_back(names.take(name + kind));
    out.bin_edges.push_back(names.take(name + "_bin_edges"));
  }
  for (const Parameter& parameter : model.parameters) {
    const std::string name = "parameter_" + safe_name(parameter.name);
    out.parameters.push_back(names.take(name));
    out.arm_values.push_back(names.take(name + "_set"));
  }
  name_totals(study, names, out);
  if (study.outputs.worlds) return out;
  for (const std::string& metric : out.metrics) {
    std::vector<std::string>& mine = out.sketches.emplace_back();
    for (const char* statistic : sketch_statistics)
      mine.push_back(names.take(metric + "_" + statistic));
  }
  out.reasons = names.take("outcome");
  out.bins = names.take("count_bin");
  out.edges = names.take("count_edge");
  return out;
}

}  // namespace chasm
