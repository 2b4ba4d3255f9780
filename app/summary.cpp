#include "app/summary.hpp"

#include <algorithm>

#include "app/recorded.hpp"
#include "models/models.hpp"

namespace chasm {

namespace {

std::vector<double> column(const ResultFile& file, const std::string& metric, uint64_t arm) {
  const ResultInfo& info = file.info();
  std::vector<double> values(info.futures * info.replications);
  file.column(metric, arm, {0, values.size()}, values);
  return values;
}

ArmSummary summarise_arm(const std::vector<double>& values, const std::vector<double>& baseline,
                         uint64_t arm, const ResultInfo& info) {
  constexpr std::array<double, 3> probabilities{0.05, 0.5, 0.95};
  const auto replications = static_cast<uint32_t>(info.replications);
  ArmSummary out;
  out.arm = info.arms[arm];
  Moments worlds;
  for (const double value : values) worlds.add(value);
  out.worlds = worlds.count();
  out.mean = estimate({values, replications});
  out.standard_deviation = worlds.standard_deviation();
  const auto found = quantiles(values, probabilities);
  std::copy(found.begin(), found.end(), out.quantiles.begin());
  out.paired = arm > 0;
  if (out.paired) out.minus_baseline = paired({values, replications}, {baseline, replications});
  return out;
}

// The model's own words, where this build has that model.
std::string reason_of(uint16_t failure, const ResultInfo& info) {
  for (const Model* model : models())
    if (model->name == info.model) return outcome(Status::failed, failure, *model);
  return "failed (" + std::to_string(failure) + ")";
}

}  // namespace

MetricSummary summarise(const ResultFile& file, const ResultVariable& metric) {
  const ResultInfo& info = file.info();
  MetricSummary out{metric.meaning_of, metric.units, metric.long_name, {}};
  const std::vector<double> baseline = column(file, metric.meaning_of, 0);
  out.arms.push_back(summarise_arm(baseline, baseline, 0, info));
  for (uint64_t arm = 1; arm < info.arms.size(); ++arm)
    out.arms.push_back(summarise_arm(column(file, metric.meaning_of, arm), baseline, arm, info));
  return out;
}

std::vector<std::map<std::string, uint64_t>> failures_by_arm(const ResultFile& file) {
  const ResultInfo& info = file.info();
  const uint64_t pairs = info.futures * info.replications;
  std::vector<std::map<std::string, uint64_t>> counts(info.arms.size());
  if (info.failed_worlds == 0) return counts;
  std::vector<uint16_t> failures(pairs);
  for (uint64_t arm = 0; arm < info.arms.size(); ++arm) {
    file.failures(arm, {0, pairs}, failures);
    std::map<uint16_t, uint64_t> by_number;
    for (const uint16_t failure : failures)
      if (failure != 0) ++by_number[failure];
    for (const auto& [number, count] : by_number) counts[arm][reason_of(number, info)] = count;
  }
  return counts;
}

}  // namespace chasm
