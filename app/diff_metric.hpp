#pragma once

// How far two results agree in the worlds that both have: a study that grew, or lost an arm, keeps the bits of the rest.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hpc/read_result.hpp"

namespace chasm {

struct CommonWorlds {
  std::vector<std::pair<uint64_t, uint64_t>> arms;  // places of arms of one name
  uint64_t futures = 0, replications = 0;
  uint64_t count() const { return arms.size() * futures * replications; }
};

CommonWorlds common_worlds(const ResultInfo& a, const ResultInfo& b);

struct MetricDifference {
  uint64_t worlds = 0;      // that differ
  uint64_t one_is_nan = 0;  // of these
  double largest = 0;       // of the others
  std::string first;        // "arm/future/replication: value | value"
};

MetricDifference metric_difference(const ResultFile& a, const ResultFile& b, const CommonWorlds&,
                                   const std::string& metric);

}  // namespace chasm
