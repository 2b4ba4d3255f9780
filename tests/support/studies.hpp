#pragma once

// Small studies for tests, built in memory, and what they leave.

#include <string>
#include <vector>

#include "sim/cpu_backend.hpp"
#include "sim/model_of.hpp"

namespace chasm::test {

// Defaults of the model, every metric, one arm named "baseline".
Study study_of(const Model& model, uint64_t futures, uint32_t replications = 1, int steps = 100);

// Index of a parameter, lever, metric, size or choice by name; throws where it is missing.
int parameter(const Model&, const std::string& name);
int lever(const Model&, const std::string& name);
int metric(const Model&, const std::string& name);
int size(const Model&, const std::string& name);
int choice(const Model&, const std::string& name);

// An arm of some parameters.
Arm arm(const Model&, const std::string& name,
        const std::vector<std::pair<std::string, double>>& parameters);

// Worlds in (future, replication, arm) order, whatever the blocks were.
struct Worlds {
  std::vector<uint8_t> status;
  std::vector<uint16_t> failure;
  std::vector<std::vector<double>> metrics;  // [selected metric][world]
  std::vector<std::vector<float>> series;    // [selected series][world x row]
  std::vector<std::vector<uint32_t>> bands;  // summed over blocks
  std::vector<std::vector<int64_t>> totals;  // summed over blocks

  // The values of one metric and one arm.
  std::vector<double> of_arm(size_t metric, size_t arm, size_t arms) const;
};
Worlds run(const Study&, const Partition&, const Backend&);
Worlds run(const Study&, const Program&, int threads = 1, uint64_t block_worlds = 0);
Worlds run(const Study&);

// Bit for bit, NaN included.
bool same_bits(const Worlds&, const Worlds&);

// "avx512 x 16 float"
std::string name_of(const Program&);

}  // namespace chasm::test
