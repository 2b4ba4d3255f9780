#pragma once

// Deterministic statistics over worlds: every sum is folded in canonical order, so one answer for any number of threads.
// Values that are NaN (failed worlds, a metric that a world does not have) are left out and counted.

#include <cstdint>
#include <span>
#include <vector>

namespace chasm {

// Count, mean and spread, folded one value at a time (Welford 1962, Technometrics 4(3):419-420).
class Moments {
 public:
  Moments();
  void add(double value);
  uint64_t count() const { return count_; }
  uint64_t absent() const { return absent_; }
  double mean() const;      // NaN where nothing was added
  double variance() const;  // of the sample, divisor n - 1; NaN below two values
  double standard_deviation() const;
  double minimum() const { return low_; }  // NaN where nothing was added
  double maximum() const { return high_; }

 private:
  uint64_t count_ = 0, absent_ = 0;
  double mean_ = 0, squares_ = 0;
  double low_, high_;
};

// Values of one metric and one arm: futures x replications, replications of a future side by side.
struct Sample {
  std::span<const double> values;
  uint32_t replications = 1;
};

// The mean and its standard error. Replications of one future share its draw of what is uncertain, so futures are the
// independent units: the error comes from their means. With one future it comes from the replications and says
// nothing about what is uncertain. NaN below two units.
struct Estimate {
  double mean;
  double standard_error;
  uint64_t units;   // futures (replications where there is one future) with a value
  uint64_t absent;  // worlds left out
};
Estimate estimate(Sample);

// An arm minus the baseline, world by world under common random numbers; worlds absent in either are left out of both.
struct Paired {
  Estimate difference;
  // Variance that two independent samples would give the difference, over the variance that the pairs give.
  double variance_reduction;
};
Paired paired(Sample arm, Sample baseline);

// Exact quantiles by linear interpolation of order statistics (Hyndman & Fan 1996, definition 7; numpy's default).
// `probabilities` in [0, 1]; NaN where there is no value.
std::vector<double> quantiles(std::span<const double> values,
                              std::span<const double> probabilities);

}  // namespace chasm
