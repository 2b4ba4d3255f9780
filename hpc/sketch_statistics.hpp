#pragma once

#include "sim/sketch.hpp"

namespace chasm {

// What is said of a metric's worlds on one arm, NaN where there are too few.
struct SketchStatistics {
  double mean, standard_error, standard_deviation, minimum, maximum;
  double difference, difference_standard_error;  // to the first arm
};
SketchStatistics statistics_of(const Sketch&, const Metric&);

}  // namespace chasm
