#pragma once

// The statistics of a result file that `chasm info` prints.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hpc/read_result.hpp"
#include "sim/statistics.hpp"

namespace chasm {

struct ArmSummary {
  std::string arm;
  uint64_t worlds = 0;  // with a value
  Estimate mean;
  double standard_deviation = 0;      // over worlds
  std::array<double, 3> quantiles{};  // 5, 50 and 95 %, over worlds
  bool paired = false;                // not for the baseline
  Paired minus_baseline{};
};

struct MetricSummary {
  std::string name, units, long_name;
  std::vector<ArmSummary> arms;  // the baseline first
};

// Metrics of a file that keeps no world, in its order.
std::vector<MetricSummary> summaries_by_arm(const ResultFile&);

// One metric at a time: memory is two columns of one arm.
MetricSummary summarise(const ResultFile&, const ResultVariable& metric);

// By arm: reason -> worlds.
std::vector<std::map<std::string, uint64_t>> failures_by_arm(const ResultFile&);

}  // namespace chasm
