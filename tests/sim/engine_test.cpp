// Small pieces of the engine: blocks, names, columns, the vocabulary's tally, levers.

#include <gtest/gtest.h>

#include <cmath>

#include "sim/block.hpp"
#include "sim/levers.hpp"
#include "sim/nearest.hpp"
#include "sim/random.hpp"
#include "sim/vocabulary.hpp"

namespace chasm {

namespace {

Model clock_model(double seconds) {
  static double cost;
  cost = seconds;
  Model model;
  model.cost = [](const Setting&, int) { return cost; };
  return model;
}

Study sized(const Model& model, uint64_t futures, uint32_t replications, size_t arms) {
  Study study;
  study.model = &model;
  study.steps = 1;
  study.arms.resize(arms);
  study.futures = std::make_shared<PlainFutures>(futures);
  study.replications = replications;
  return study;
}

TEST(Partition, EveryPairIsInOneBlock) {
  const Model model = clock_model(1e-3);
  for (const uint64_t futures : {1, 7, 1000, 4097})
    for (const size_t arms : {1, 3, 1000}) {
      const Partition p = partition(sized(model, futures, 3, arms));
      uint64_t pairs = 0;
      for (uint64_t b = 0; b < p.blocks(); ++b) {
        EXPECT_EQ(p.first_pair(b), pairs);
        EXPECT_GT(p.pairs_in(b), 0u);
        pairs += p.pairs_in(b);
      }
      EXPECT_EQ(pairs, futures * 3);
    }
}

TEST(Partition, BlocksTakeAboutAQuarterOfASecond) {
  const Model slow = clock_model(1e-3);
  EXPECT_EQ(partition(sized(slow, 100000, 1, 1)).worlds_in(0), 128u);
  EXPECT_EQ(partition(sized(slow, 100, 1, 5000)).pairs_per_block, 1u);
  const Model fast = clock_model(1e-9);
  EXPECT_EQ(partition(sized(fast, 10000000, 1, 1)).worlds_in(0), 65536u);
  EXPECT_EQ(partition(sized(fast, 100, 1, 1), 7).pairs_per_block, 7u);
}

TEST(Bands, TheOuterBinsTakeWhatLiesBeyond) {
  const Metric m{"x", "1", "", -1, 1};
  EXPECT_EQ(band_bin(m, -1.0f), 0);
  EXPECT_EQ(band_bin(m, -7.0f), 0);
  EXPECT_EQ(band_bin(m, 0.0f), 32);
  EXPECT_EQ(band_bin(m, 1.0f), 63);
  EXPECT_EQ(band_bin(m, 1e30f), 63);
  EXPECT_EQ(band_bin(m, -1e-6f), 31);
}

TEST(Nearest, NamesTheLikelyOneOrTheKnownOnes) {
  const std::vector<std::string> known = {"socialisation", "turnover", "turbulence"};
  EXPECT_EQ(suggestion("socialization", known), "did you mean \"socialisation\"?");
  EXPECT_EQ(suggestion("turnvoer", known), "did you mean \"turnover\"?");
  EXPECT_EQ(suggestion("zzz", known), "known: socialisation, turnover, turbulence");
  EXPECT_EQ(suggestion(std::string(100000, 'a'), known),
            "known: socialisation, turnover, turbulence");
  EXPECT_EQ(suggestion("a", {}), "none is known here");
}

TEST(Arena, ColumnsAreAlignedAndApart) {
  using L = Lanes<float, 1>;
  const auto lay = [](Arena& arena) {
    auto a = arena.column<L, L::F>(3);
    auto b = arena.column<L, L::U>(1);
    return std::pair{a, b};
  };
  Arena count;
  lay(count);
  EXPECT_EQ(count.used(), 128u);
  alignas(64) char memory[128];
  Arena arena(memory);
  auto [a, b] = lay(arena);
  EXPECT_EQ(static_cast<void*>(&a[0]), memory);
  EXPECT_EQ(static_cast<void*>(&b[0]), memory + 64);
}

TEST(Tally, CountsAndMajorities) {
  using L = Lanes<float, 1>;
  for (const int voters : {1, 3, 4, 50, 63}) {
    Tally<L, 6> tally;
    std::vector<int> count(32);
    auto random = [n = 1u]() mutable { return n = n * 1664525u + 1013904223u; };
    for (int i = 0; i < voters; i += 4) {
      L::U votes[4] = {0u, 0u, 0u, 0u};
      for (int k = 0; k < 4 && i + k < voters; ++k) {
        const uint32_t bits = random() | (random() >> 16);
        votes[k] = L::U(bits);
        for (size_t j = 0; j < 32; ++j) count[j] += (bits >> j) & 1;
      }
      if (i % 8 == 0)
        tally.add(votes[0], votes[1], votes[2], votes[3]);
      else
        for (const L::U v : votes) tally.add(v);
    }
    L::U above, below;
    tally.majority(L::I(voters), above, below);
    for (int j = 0; j < 32; ++j) {
      const int n = count[static_cast<size_t>(j)];
      EXPECT_EQ(tally.count(j).get(0), n);
      EXPECT_EQ((above.get(0) >> j) & 1, 2 * n > voters) << n << " of " << voters;
      EXPECT_EQ((below.get(0) >> j) & 1, 2 * n < voters) << n << " of " << voters;
    }
  }
}

TEST(Lever, RampsUpAndDecays) {
  using F = Vec<double, 1>;
  const auto at = [](double strength, double start, double until, int t) {
    return effective_strength(F(strength), F(start), F(until), F(26.0), 52, t).get(0);
  };
  EXPECT_EQ(at(0, 0, 1e9, 100), 0);
  EXPECT_EQ(at(1, 10, 1e9, 10), 0);
  EXPECT_EQ(at(1, 10, 1e9, 9), 0);
  EXPECT_NEAR(at(1, 10, 1e9, 36), 1 - std::exp(-1), 1e-12);
  EXPECT_NEAR(at(.6, 0, 1e9, 260), .6 * (1 - std::exp(-10)), 1e-12);
  EXPECT_NEAR(at(1, 0, 104, 156), .5 * (1 - std::exp(-4)), 1e-12);
  EXPECT_EQ(at(1, 104, 52, 200), 0) << "stopped before it began";
}

}  // namespace
}  // namespace chasm
