#include "app/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>

#include "app/recorded.hpp"
#include "models/models.hpp"
#include "sim/error.hpp"

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

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// By linear interpolation inside the bin that holds it.
double quantile_of(std::span<const double> counts, std::span<const double> edges, double total,
                   double probability) {
  double below = 0;
  for (size_t bin = 0; bin < counts.size(); ++bin) {
    if (below + counts[bin] >= probability * total && counts[bin] > 0)
      return edges[bin] +
             (edges[bin + 1] - edges[bin]) * (probability * total - below) / counts[bin];
    below += counts[bin];
  }
  return nan;
}

MetricSummary summary_of(const ResultFile& file, const ResultVariable& mean) {
  const ResultInfo& info = file.info();
  const std::string& metric = mean.meaning_of;
  const size_t colon = mean.long_name.find(": ");
  MetricSummary out{metric,
                    mean.units,
                    colon == std::string::npos ? mean.long_name : mean.long_name.substr(colon + 2),
                    {}};
  const auto get = [&](const char* statistic) { return file.summary(metric, statistic); };
  const auto means = get("mean"), errors = get("standard_error"),
             spreads = get("standard_deviation"), differences = get("difference"),
             difference_errors = get("difference_standard_error"), worlds = get("worlds"),
             absent = get("absent"), counts = get("counts"), edges = get("count_edges");
  const size_t arms = info.arms.size(), bins = counts.size() / arms;
  if (means.size() != arms || worlds.size() != arms || edges.size() != bins + 1)
    throw InputError("summaries of " + metric + " have another shape than they should");
  for (size_t arm = 0; arm < arms; ++arm) {
    ArmSummary& here = out.arms.emplace_back();
    here.arm = info.arms[arm];
    here.worlds = static_cast<uint64_t>(worlds[arm]);
    here.mean = {means[arm], errors[arm], info.futures > 1 ? info.futures : info.replications,
                 static_cast<uint64_t>(absent[arm])};
    here.standard_deviation = spreads[arm];
    constexpr double probabilities[] = {0.05, 0.5, 0.95};
    for (size_t i = 0; i < 3; ++i)
      here.quantiles[i] = quantile_of(std::span(counts).subspan(arm * bins, bins), edges,
                                      worlds[arm], probabilities[i]);
    here.paired = arm > 0;
    if (here.paired) {
      here.minus_baseline.difference = {differences[arm], difference_errors[arm], here.mean.units,
                                        0};
      const double apart = errors[arm] * errors[arm] + errors[0] * errors[0];
      here.minus_baseline.variance_reduction =
          apart / (difference_errors[arm] * difference_errors[arm]);
    }
  }
  return out;
}

}  // namespace

std::vector<MetricSummary> summaries_by_arm(const ResultFile& file) {
  std::vector<MetricSummary> all;
  for (const ResultVariable& v : file.variables())
    if (v.kind == VariableKind::summary && v.statistic == "mean")
      all.push_back(summary_of(file, v));
  return all;
}

std::vector<std::map<std::string, uint64_t>> failures_by_arm(const ResultFile& file) {
  const ResultInfo& info = file.info();
  if (!info.keeps_worlds) {
    const auto [reasons, worlds] = file.outcomes();
    std::vector<std::map<std::string, uint64_t>> by_arm(info.arms.size());
    for (size_t i = 0; i < worlds.size(); ++i)
      if (i % reasons.size() != 0 && worlds[i] > 0)
        by_arm[i / reasons.size()][fmt::format("failed: {}", reasons[i % reasons.size()])] =
            static_cast<uint64_t>(worlds[i]);
    return by_arm;
  }
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
