#pragma once

// What is kept of worlds that are not kept: per metric and arm, integers that merge exactly in any order. Values are
// rounded to a fixed step, a power of two of at most 2^-31 of the metric's declared scale.

#include <cstdint>
#include <vector>

#include "sim/table.hpp"

namespace chasm {

using Wide = __int128;

// Bins of the metric's declared range; the outer two also take what lies beyond.
inline constexpr int sketch_bins = 512;
int sketch_bin(const Metric&, double value);

// The step by which values of a metric are counted.
class FixedPoint {
 public:
  explicit FixedPoint(const Metric&);
  // The nearest number of steps; beyond 2^47 of them, so many.
  int64_t of(double value) const;
  double step() const;
  double value(Wide steps) const;
  // Squared steps, or products of steps.
  double value_of_square(Wide squares) const;

 private:
  int exponent_;
};

// Count, sum and sum of squares of whole numbers.
struct IntegerMoments {
  uint64_t count = 0;
  Wide sum = 0, squares = 0;

  void add(int64_t value);
  void merge(const IntegerMoments&);  // throws SystemError beyond 128 bits
  // Sum of squared distances from the mean, exact but for the last division. NaN of nothing.
  double spread() const;
  friend bool operator==(const IntegerMoments&, const IntegerMoments&) = default;
};

struct Sketch {
  IntegerMoments worlds;  // with a value
  IntegerMoments
      units;  // means of the replications of a future (replications where there is one future)
  IntegerMoments differences;  // to the first arm, world by world, as such means
  uint64_t absent = 0;         // worlds that did not fail and have no such value
  int64_t low = 0, high = 0;   // of worlds; 0 where there are none
  std::vector<uint64_t> bins = std::vector<uint64_t>(sketch_bins);

  void merge(const Sketch&);
  friend bool operator==(const Sketch&, const Sketch&) = default;
};

}  // namespace chasm
