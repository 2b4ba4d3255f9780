#pragma once

// How a model's names are spelled as names of variables. The exact name is always an attribute beside it.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/study.hpp"

namespace chasm {

// Letters, digits and underscores, beginning with a letter: what netCDF, attribute access in xarray and R accept.
std::string safe_name(std::string_view);

struct ResultNames {
  struct Axis {
    std::string name;
    TotalAxis axis;
  };

  std::vector<std::string> metrics;     // by Outputs::metrics: the metric's own name
  std::vector<std::string> series;      // by Outputs::series: <name>_series or <name>_histogram
  std::vector<std::string> bin_edges;   // by Outputs::series: <name>_bin_edges
  std::vector<std::string> parameters;  // by Model::parameters: parameter_<name>
  std::vector<std::string> arm_values;  // by Model::parameters: parameter_<name>_set
  std::vector<std::string> totals;      // by Outputs::totals: total_<name>
  std::vector<Axis> axes;               // dimensions of totals
  std::vector<std::vector<size_t>> axes_of_totals;  // by Outputs::totals: numbers in `axes`
  // Where no world is kept, by Outputs::metrics: <name>_mean, <name>_counts..., as hpc/write_sketches.cpp wants them.
  std::vector<std::vector<std::string>> sketches;
  std::string reasons, bins, edges;  // dimensions of these
};

inline constexpr const char* sketch_statistics[] = {"mean",
                                                    "standard_error",
                                                    "standard_deviation",
                                                    "minimum",
                                                    "maximum",
                                                    "difference",
                                                    "difference_standard_error",
                                                    "worlds",
                                                    "absent",
                                                    "counts",
                                                    "count_edges"};

// A spelling that is taken already gets _2, _3... behind it.
ResultNames result_names(const Study&);

}  // namespace chasm
