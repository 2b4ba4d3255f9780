#include "app/diff_metric.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace chasm {

CommonWorlds common_worlds(const ResultInfo& a, const ResultInfo& b) {
  CommonWorlds common;
  for (uint64_t arm = 0; arm < a.arms.size(); ++arm) {
    const auto other = std::find(b.arms.begin(), b.arms.end(), a.arms[arm]);
    if (other != b.arms.end())
      common.arms.emplace_back(arm, static_cast<uint64_t>(other - b.arms.begin()));
  }
  common.futures = std::min(a.futures, b.futures);
  common.replications = std::min(a.replications, b.replications);
  return common;
}

MetricDifference metric_difference(const ResultFile& a, const ResultFile& b,
                                   const CommonWorlds& common, const std::string& metric) {
  // Worlds in pieces, so that memory stays flat: of many futures at once where both have the same replications.
  const uint64_t left_step = a.info().replications, right_step = b.info().replications;
  const uint64_t at_once = left_step == right_step ? std::max<uint64_t>(1, 65536 / left_step) : 1;
  std::vector<double> left(at_once * common.replications), right(left.size());
  MetricDifference found;
  for (const auto& [left_arm, right_arm] : common.arms)
    for (uint64_t future = 0; future < common.futures; future += at_once) {
      const uint64_t count = std::min(at_once, common.futures - future) * common.replications;
      a.column(metric, left_arm, {future * left_step, count}, std::span(left).first(count));
      b.column(metric, right_arm, {future * right_step, count}, std::span(right).first(count));
      for (uint64_t i = 0; i < count; ++i) {
        const double l = left[i], r = right[i];
        if (l == r || (std::isnan(l) && std::isnan(r))) continue;
        if (++found.worlds == 1)
          found.first =
              fmt::format("{}/{}/{}: {} | {}", a.info().arms[left_arm],
                          future + i / common.replications, i % common.replications, l, r);
        if (std::isnan(l) || std::isnan(r))
          ++found.one_is_nan;
        else
          found.largest = std::max(found.largest, std::fabs(l - r));
      }
    }
  return found;
}

}  // namespace chasm
