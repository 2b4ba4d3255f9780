#include "hpc/result_names.hpp"

namespace chasm {

namespace {

// The last three are kept for later.
constexpr const char* names_of_the_format[] = {
    "arm",         "future",     "replication",   "time",           "step",
    "bin",         "bin_edge",   "lever",         "status",         "failure",
    "parameters",  "provenance", "random_future", "lever_strength", "lever_start",
    "lever_until", "cause",      "quantile",      "waterfall"};

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

}  // namespace

std::string safe_name(std::string_view name) {
  std::string safe;
  for (const char c : name) safe += is_letter(c) || (c >= '0' && c <= '9') ? c : '_';
  if (safe.empty() || !is_letter(safe[0])) safe.insert(0, "v_");
  return safe;
}

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
  return out;
}

}  // namespace chasm
