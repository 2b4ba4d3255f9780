#include "tests/sim/attempts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "tests/sim/lane_programs.hpp"

namespace chasm::law_test {

Attempt attempt_law(const std::string& name, const CountLaw& law, uint64_t stride,
                    const std::vector<float>& parameters) {
  constexpr size_t chunk = 1 << 16;
  std::vector<uint32_t> words(chunk);
  std::vector<int32_t> proposals(chunk);
  std::vector<float> logs(chunk);
  std::vector<std::vector<float>> columns;
  for (float parameter : parameters) columns.emplace_back(chunk, parameter);
  std::vector<const void*> in = {words.data()};
  for (const auto& column : columns) in.push_back(column.data());
  void* const proposed[] = {proposals.data()};
  void* const log_chances[] = {logs.data()};
  const auto& propose = lane_test::kernel(lane_test::widest(), name + "_proposal");
  const auto& log_chance = lane_test::kernel(lane_test::widest(), name + "_log_chance");

  Attempt out{std::vector<double>(law.chance.size()), 0, -1000, 0};
  const uint64_t count = (uint64_t{1} << 32) / stride;
  for (uint64_t first = 0; first < count; first += chunk) {
    for (size_t at = 0; at < chunk; ++at)
      words[at] = static_cast<uint32_t>((first + at) * stride + stride / 2);
    propose.run(in.data(), proposed, chunk);
    log_chance.run(in.data(), log_chances, chunk);
    for (size_t at = 0; at < chunk; ++at) {
      out.highest = std::max(out.highest, static_cast<double>(logs[at]));
      const double chance = std::exp(std::min(static_cast<double>(logs[at]), 0.0));
      out.taken += chance / static_cast<double>(count);
      const long place = proposals[at] - law.low;
      if (place >= 0 && place < static_cast<long>(out.weights.size()))
        out.weights[place] += chance;
      else
        out.outside += chance / static_cast<double>(count);
    }
  }
  return out;
}

void expect_attempt(const Attempt& is, const CountLaw& law, double variation, double moments,
                    const std::string& what) {
  const Distance from = distance(law, is.weights);
  EXPECT_LE(is.highest, 0) << what;
  // So 64 attempts in a row fail with chance below 1e-33.
  EXPECT_GT(is.taken, 0.7) << what;
  EXPECT_LT(is.outside, 1e-25) << what;
  EXPECT_LT(from.total_variation, variation) << what;
  EXPECT_NEAR(from.mean, 0, moments) << what;
  EXPECT_NEAR(from.variance, 0, moments) << what;
  std::printf("%s: taken %.3f, total variation %.1e, mean %.0e, variance %.0e\n", what.c_str(),
              is.taken, from.total_variation, from.mean, from.variance);
}

}  // namespace chasm::law_test
