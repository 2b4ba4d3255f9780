#pragma once

// A mean and its standard error from values that come in any order, units in pieces: memory does not grow with them.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace chasm {

// Values of one unit always meet in one group, so groups are independent where units are; up to `groups` units each has its
// own. The error is that of a ratio of sums (Cochran 1977, Sampling Techniques, 6.3), for groups may differ in size.
class GroupedMean {
 public:
  // NaN is left out.
  void add(uint64_t unit, double value) {
    if (std::isnan(value)) return;
    Group& group = groups_[unit % groups];
    group.sum += value;
    ++group.count;
  }
  // NaN where nothing was added.
  double mean() const {
    Group all;
    for (const Group& group : groups_) {
      all.sum += group.sum;
      all.count += group.count;
    }
    return all.sum / all.count;
  }
  // NaN below two groups.
  double standard_error() const {
    const double mean = this->mean();
    double used = 0, count = 0, squares = 0;
    for (const Group& group : groups_) {
      if (group.count == 0) continue;
      const double off = group.sum - mean * group.count;
      squares += off * off;
      count += group.count;
      ++used;
    }
    if (used < 2) return std::numeric_limits<double>::quiet_NaN();
    return std::sqrt(used / (used - 1) * squares) / count;
  }

 private:
  static constexpr size_t groups = 256;
  struct Group {
    double sum = 0, count = 0;
  };
  std::array<Group, groups> groups_;
};

}  // namespace chasm
