#include "hpc/schedule.hpp"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <queue>
#include <random>
#include <set>

namespace chasm {
namespace {

// `count` blocks of ten worlds; the last of fewer where `rest` > 0.
Partition blocks_of_ten(uint64_t count, uint64_t rest = 0) {
  return {.pairs = 10 * count - (rest > 0 ? 10 - rest : 0), .pairs_per_block = 10, .arms = 1};
}

std::vector<uint64_t> first(uint64_t count) {
  std::vector<uint64_t> blocks(count);
  std::iota(blocks.begin(), blocks.end(), 0);
  return blocks;
}

TEST(Schedule, HandsOutEachBlockOnce) {
  Schedule schedule(blocks_of_ten(100), first(100));
  for (int rank = 0; rank < 3; ++rank) schedule.join(rank, 2, 0);
  std::set<uint64_t> seen;
  double now = 0;
  for (int turn = 0; !schedule.complete(); ++turn) {
    const int rank = turn % 3;
    const auto blocks = schedule.hand_out(rank, 1000, now += 0.01);
    ASSERT_FALSE(blocks.empty());
    for (const uint64_t block : blocks) {
      EXPECT_TRUE(seen.insert(block).second) << block;
      EXPECT_TRUE(schedule.committed(rank, block, now));
    }
  }
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_EQ(schedule.copies(), 0u);
}

TEST(Schedule, LongestFirstThenInOrder) {
  // Block 4 is the small one.
  Schedule schedule(blocks_of_ten(5, 3), {4, 0, 1, 2, 3});
  schedule.join(0, 1, 0);
  std::vector<uint64_t> order;
  while (order.size() < 5) order.push_back(schedule.hand_out(0, 1, 0).at(0));
  EXPECT_EQ(order, (std::vector<uint64_t>{0, 1, 2, 3, 4}));
}

TEST(Schedule, SharesShrinkToSingleBlocksAtTheEnd) {
  Schedule schedule(blocks_of_ten(1000), first(1000));
  for (int rank = 0; rank < 4; ++rank) schedule.join(rank, 8, 0);
  std::vector<size_t> sizes;
  for (int turn = 0;; ++turn) {
    const auto blocks = schedule.hand_out(turn % 4, 1000, 0);
    if (blocks.empty()) break;
    sizes.push_back(blocks.size());
  }
  EXPECT_EQ(sizes.front(), 32u);  // four blocks a slot while speeds are unknown
  for (size_t i = 1; i < sizes.size(); ++i) EXPECT_LE(sizes[i], sizes[i - 1]);
  for (size_t i = sizes.size() - 4; i < sizes.size(); ++i) EXPECT_EQ(sizes[i], 1u);
}

TEST(Schedule, NeverMoreThanWanted) {
  Schedule schedule(blocks_of_ten(1000), first(1000));
  schedule.join(0, 8, 0);
  EXPECT_EQ(schedule.hand_out(0, 5, 0).size(), 5u);
  EXPECT_TRUE(schedule.hand_out(0, 0, 0).empty());
}

TEST(Schedule, FasterRanksGetMore) {
  Schedule schedule(blocks_of_ten(4000), first(4000));
  schedule.join(1, 1, 0);
  schedule.join(2, 1, 0);
  const auto commit = [&](int rank, double now) {
    for (const uint64_t block : schedule.hand_out(rank, 4, 0)) schedule.committed(rank, block, now);
  };
  commit(1, 0.04);  // a hundred blocks a second
  commit(2, 4);     // one
  const size_t fast = schedule.hand_out(1, 1000, 4).size(),
               slow = schedule.hand_out(2, 1000, 4).size();
  EXPECT_EQ(fast, 400u);
  EXPECT_EQ(slow, 4u);
}

TEST(Schedule, BlocksOfALostRankGoToOthers) {
  Schedule schedule(blocks_of_ten(8), first(8));
  schedule.join(1, 1, 0);
  schedule.join(2, 1, 0);
  const auto held = schedule.hand_out(1, 2, 0);
  ASSERT_EQ(held.size(), 2u);
  schedule.committed(1, held[0], 0);
  schedule.lost(1);
  std::set<uint64_t> others;
  for (;;) {
    const auto blocks = schedule.hand_out(2, 100, 0);
    if (blocks.empty()) break;
    others.insert(blocks.begin(), blocks.end());
  }
  EXPECT_EQ(others.size(), 7u);
  EXPECT_TRUE(others.contains(held[1]));
  EXPECT_FALSE(others.contains(held[0]));
}

TEST(Schedule, ALostRankThatComesBackIsBelieved) {
  Schedule schedule(blocks_of_ten(2), first(2));
  schedule.join(1, 1, 0);
  schedule.join(2, 1, 0);
  const uint64_t block = schedule.hand_out(1, 1, 0).at(0);
  schedule.lost(1);
  EXPECT_TRUE(schedule.committed(1, block, 1));
  schedule.join(1, 1, 1);
  const uint64_t other = schedule.hand_out(2, 5, 1).at(0);
  EXPECT_NE(other, block);
  EXPECT_TRUE(schedule.hand_out(2, 5, 1).empty());
  EXPECT_TRUE(schedule.committed(2, other, 1));
  EXPECT_TRUE(schedule.complete());
}

TEST(Schedule, WhatIsOverdueIsCopiedOnceItIsLate) {
  Schedule schedule(blocks_of_ten(2), first(2));
  schedule.join(1, 1, 0);
  schedule.join(2, 1, 0);
  const uint64_t slow = schedule.hand_out(1, 1, 0).at(0);
  const uint64_t fast = schedule.hand_out(2, 1, 0).at(0);
  schedule.committed(2, fast, 5);
  // Three times the longest so far, 5 s.
  EXPECT_TRUE(schedule.hand_out(2, 9, 14.9).empty());
  EXPECT_TRUE(schedule.hand_out(1, 9, 15.1).empty()) << "it has the block itself";
  EXPECT_EQ(schedule.hand_out(2, 9, 15.1), std::vector<uint64_t>{slow});
  EXPECT_TRUE(schedule.hand_out(2, 9, 15.2).empty());
  EXPECT_EQ(schedule.copies(), 1u);
  EXPECT_TRUE(schedule.committed(1, slow, 16));
  EXPECT_FALSE(schedule.committed(2, slow, 17));
  EXPECT_TRUE(schedule.complete());
}

// Ranks of different speeds, some of which die: every block is committed, and at the end nobody waits long.
TEST(Schedule, EverythingIsCommittedWhateverHappens) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const uint64_t count = 1 + random() % 300;
    Schedule schedule(blocks_of_ten(count), first(count));
    struct Event {
      double at;
      int rank;
      uint64_t block;
      bool operator<(const Event& other) const { return at > other.at; }
    };
    std::priority_queue<Event> events;
    std::map<int, double> speed;
    const int ranks = 1 + static_cast<int>(random() % 6);
    const auto feed = [&](int rank, double now) {
      for (const uint64_t block : schedule.hand_out(rank, 1 + random() % 40, now))
        events.push({now += speed[rank], rank, block});
    };
    for (int rank = 0; rank < ranks; ++rank) {
      speed[rank] = 0.1 + static_cast<double>(random() % 100) / 50;
      schedule.join(rank, 1, 0);
    }
    for (int rank = 0; rank < ranks; ++rank) feed(rank, 0);
    std::set<int> dead;
    double now = 0;
    for (int steps = 0; !schedule.complete(); ++steps) {
      ASSERT_LT(steps, 100'000);
      if (events.empty()) {
        now += 1;
      } else {
        const Event event = events.top();
        events.pop();
        now = std::max(now, event.at);
        if (dead.contains(event.rank)) continue;
        if (event.rank != 0 && random() % 40 == 0) {
          dead.insert(event.rank);
          schedule.lost(event.rank);
        } else {
          schedule.committed(event.rank, event.block, now);
        }
      }
      for (int rank = 0; rank < ranks; ++rank)
        if (!dead.contains(rank)) feed(rank, now);
    }
    EXPECT_EQ(schedule.left(), 0u);
  }
}

}  // namespace
}  // namespace chasm
