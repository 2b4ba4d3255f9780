#include "sim/sketch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/error.hpp"

namespace chasm {

namespace {

constexpr int bits_of_scale = 32;
constexpr double most_steps = 0x1p47;

void add(Wide& to, Wide what) {
  if (__builtin_add_overflow(to, what, &to))
    throw SystemError(
        "a sum over worlds is beyond 128 bits (values far outside of their metric's range) keep "
        "every world, or leave that metric out");
}

}  // namespace

int sketch_bin(const Metric& metric, double value) {
  const double place = (value - metric.low) / (metric.high - metric.low);
  return static_cast<int>(std::clamp(place * sketch_bins, 0.0, sketch_bins - 1.0));
}

FixedPoint::FixedPoint(const Metric& metric) {
  std::frexp(std::max(std::abs(metric.low), std::abs(metric.high)), &exponent_);
  exponent_ -= bits_of_scale;
}

int64_t FixedPoint::of(double value) const {
  const double steps = std::round(std::ldexp(value, -exponent_));
  return static_cast<int64_t>(std::clamp(steps, -most_steps, most_steps));
}

double FixedPoint::step() const { return std::ldexp(1.0, exponent_); }
double FixedPoint::value(Wide steps) const {
  return std::ldexp(static_cast<double>(steps), exponent_);
}
double FixedPoint::value_of_square(Wide squares) const {
  return std::ldexp(static_cast<double>(squares), 2 * exponent_);
}

void IntegerMoments::add(int64_t value) {
  ++count;
  sum += value;
  squares += static_cast<Wide>(value) * value;
}

void IntegerMoments::merge(const IntegerMoments& other) {
  count += other.count;
  chasm::add(sum, other.sum);
  chasm::add(squares, other.squares);
}

double IntegerMoments::spread() const {
  if (count == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<Wide>(count);
  const Wide mean = sum / n, rest = sum % n;
  // Distances from a whole number near the mean: all of it fits, for |value| <= 2^48 and count <= 2^30, and far more
  // worlds where values lie in their range.
  const Wide about = squares - 2 * mean * sum + n * mean * mean;
  return static_cast<double>(about) -
         static_cast<double>(rest) * static_cast<double>(rest) / static_cast<double>(count);
}

void Sketch::merge(const Sketch& other) {
  const bool any = worlds.count > 0;
  if (other.worlds.count > 0) {
    low = any ? std::min(low, other.low) : other.low;
    high = any ? std::max(high, other.high) : other.high;
  }
  worlds.merge(other.worlds);
  units.merge(other.units);
  differences.merge(other.differences);
  absent += other.absent;
  for (size_t bin = 0; bin < bins.size(); ++bin) bins[bin] += other.bins[bin];
}

}  // namespace chasm
