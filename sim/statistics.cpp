#include "sim/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chasm {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// The means of futures that have a value, in order.
std::vector<double> future_means(Sample sample) {
  std::vector<double> means;
  for (size_t first = 0; first < sample.values.size(); first += sample.replications) {
    Moments future;
    for (size_t r = first; r < std::min(sample.values.size(), first + sample.replications); ++r)
      future.add(sample.values[r]);
    if (future.count() > 0) means.push_back(future.mean());
  }
  return means;
}

Moments moments(std::span<const double> values) {
  Moments all;
  for (const double value : values) all.add(value);
  return all;
}

// Moments of the independent units.
Moments units(Sample sample) {
  const bool one_future = sample.values.size() <= sample.replications;
  if (one_future || sample.replications == 1) return moments(sample.values);
  return moments(future_means(sample));
}

}  // namespace

Moments::Moments() : low_(nothing), high_(nothing) {}

void Moments::add(double value) {
  if (std::isnan(value)) {
    ++absent_;
    return;
  }
  if (count_ == 0) low_ = high_ = value;
  low_ = std::min(low_, value);
  high_ = std::max(high_, value);
  ++count_;
  const double before = value - mean_;
  mean_ += before / static_cast<double>(count_);
  squares_ += before * (value - mean_);
}

double Moments::mean() const { return count_ == 0 ? nothing : mean_; }

double Moments::variance() const {
  return count_ < 2 ? nothing : squares_ / static_cast<double>(count_ - 1);
}

double Moments::standard_deviation() const { return std::sqrt(variance()); }

Estimate estimate(Sample sample) {
  const Moments worlds = moments(sample.values), independent = units(sample);
  const auto n = static_cast<double>(independent.count());
  return {independent.mean(), std::sqrt(independent.variance() / n), independent.count(),
          worlds.absent()};
}

Paired paired(Sample arm, Sample baseline) {
  std::vector<double> difference(arm.values.size()), a(arm.values.size()), b(arm.values.size());
  for (size_t i = 0; i < difference.size(); ++i) {
    difference[i] = arm.values[i] - baseline.values[i];
    const bool absent = std::isnan(difference[i]);
    a[i] = absent ? nothing : arm.values[i];
    b[i] = absent ? nothing : baseline.values[i];
  }
  const uint32_t r = arm.replications;
  const double apart = units({a, r}).variance() + units({b, r}).variance();
  return {estimate({difference, r}), apart / units({difference, r}).variance()};
}

std::vector<double> quantiles(std::span<const double> values,
                              std::span<const double> probabilities) {
  std::vector<double> sorted;
  sorted.reserve(values.size());
  for (const double value : values)
    if (!std::isnan(value)) sorted.push_back(value);
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> out;
  for (const double p : probabilities) {
    if (sorted.empty()) {
      out.push_back(nothing);
      continue;
    }
    const double place = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<size_t>(place);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    const double part = place - static_cast<double>(below);
    out.push_back(sorted[below] + part * (sorted[above] - sorted[below]));
  }
  return out;
}

}  // namespace chasm
