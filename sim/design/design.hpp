#pragma once

// From what a study says about its futures to rows of uncertain parameters, computed on demand in any order.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "sim/design/distribution.hpp"
#include "sim/model.hpp"
#include "sim/study.hpp"

namespace chasm {

struct UncertainParameter {
  int parameter = 0;  // index into Model::parameters
  Distribution distribution;
};

// Rank correlation of two uncertain parameters (Gaussian copula).
struct Correlation {
  int a = 0, b = 0;     // indices into Model::parameters
  double spearman = 0;  // -1 < spearman < 1
};

enum class DesignMethod { independent, sobol, latin_hypercube, saltelli, morris, table };

struct DesignSpec {
  DesignMethod method = DesignMethod::independent;
  uint64_t futures = 1;  // independent, sobol, latin_hypercube; table: 0 means every row
  uint64_t base = 0;     // saltelli: base points, each with d + 2 rows (2 d + 2 with second order)
  bool second_order = false;  // saltelli
  uint64_t trajectories = 0;  // morris: each with d + 1 rows
  int levels = 4;             // morris: even, 2..1024
  // As the study lists them, each parameter once. The order matters to sobol alone: dimensions are dealt in it
  // (early ones are spread best), so a parameter added at the end moves no other.
  std::vector<UncertainParameter> uncertain;
  std::vector<Correlation> correlations;  // any order, each pair once
  TableData table;                        // method table: one column a parameter, one row a future
  uint64_t seed = 0;                      // the study's
};

// Futures have 32 bits in random addresses.
inline constexpr uint64_t max_futures = uint64_t{1} << 32;

// As Study::design and the study file spell it: "latin-hypercube".
std::string_view design_name(DesignMethod);

// Throws InputError, naming parameters, values and ranges, where the design cannot be made.
std::shared_ptr<const Futures> make_futures(const DesignSpec&, const Model&);

}  // namespace chasm
