// One hash of futures of every design and every distribution, equal for every compiler and optimisation. A change of it
// changes results: it needs a new random-address version and a line in the changelog.

#include <gtest/gtest.h>

#include <cstring>

#include "small_model.hpp"

namespace chasm {
namespace {

uint64_t hash_of(const Futures& futures, uint64_t hash) {
  for (uint64_t f = 0; f < futures.count(); ++f)
    for (const double value : testing::row(futures, f)) {
      uint64_t bits;
      std::memcpy(&bits, &value, 8);
      hash = (hash ^ bits) * 0x100000001b3u;
      hash ^= hash >> 29;
    }
  return hash;
}

TEST(SameBits, OfEveryDesignAndDistribution) {
  const std::vector<Distribution> distributions = {
      Distribution::uniform(0.1, 0.7),
      Distribution::log_uniform(0.01, 0.9),
      Distribution::triangular(0, 0.3, 1.2),
      Distribution::normal(0.4, 0.5),
      Distribution::lognormal(0.2, 0.8),
      Distribution::lognormal_p90(0.3, 0.9),
      Distribution::exponential(0.5),
      Distribution::beta(0.5, 0.7),
      Distribution::beta_on(30, 12, -0.5, 1),
      Distribution::discrete({0.1, 0.5, 0.2}, {1, 2, 3}),
      Distribution::quantiles({0, 0.1, 0.5, 0.9, 1}, {0, 0.2, 0.3, 0.6, 1}),
      Distribution::registered_range()};
  const Model model = testing::unit_model(static_cast<int>(distributions.size()));
  uint64_t hash = 0xcbf29ce484222325u;
  for (const auto method :
       {DesignMethod::independent, DesignMethod::sobol, DesignMethod::latin_hypercube,
        DesignMethod::saltelli, DesignMethod::morris}) {
    DesignSpec spec = testing::spec_of(method, 500, 20260105);
    for (size_t i = 0; i < distributions.size(); ++i)
      spec.uncertain.push_back({static_cast<int>(i), distributions[i]});
    hash = hash_of(*make_futures(spec, model), hash);
    if (method == DesignMethod::saltelli || method == DesignMethod::morris) continue;
    spec.correlations = {{0, 3, 0.6}, {3, 7, -0.5}, {2, 8, 0.9}};
    hash = hash_of(*make_futures(spec, model), hash);
  }
  EXPECT_EQ(hash, 0x04bf2f80e6910e68u) << std::hex << hash;
}

}  // namespace
}  // namespace chasm
