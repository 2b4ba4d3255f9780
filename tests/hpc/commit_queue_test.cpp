#include "hpc/commit_queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "sim/error.hpp"
#include "tests/hpc/journal_bytes.hpp"
#include "tests/hpc/scratch_folder.hpp"
#include "tests/hpc/toy_study.hpp"

namespace chasm {
namespace {

class Queue : public testing::Test {
 protected:
  Study study_ = toy::study({.futures = 100});
  Partition partition_ = partition(study_, 4);
  ScratchFolder scratch_;
  std::string folder_ = scratch_ / "j";
  JournalWriter writer_{folder_, identify(study_, partition_)};
  std::atomic<uint64_t> committed_ = 0;

  Entry encode(const BlockResult& result) const {
    return toy_entry(study_, partition_, result.block);
  }
  void count(std::span<const Entry> entries) { committed_ += entries.size(); }
  BlockResult block(uint64_t number) const { return toy::block_of(study_, partition_, number); }
};

TEST_F(Queue, CommitsAllAndCountsOnlyWhatIsOnDisk) {
  CommitQueue queue(
      writer_, 1000, [&](const BlockResult& r) { return encode(r); },
      [&](std::span<const Entry> entries) {
        count(entries);
        EXPECT_EQ(summarise_journals(folder_).blocks, committed_);
      });
  for (uint64_t i = 0; i < 100; ++i) EXPECT_TRUE(queue.push(block(i), 400));
  queue.finish();
  EXPECT_EQ(committed_, 100u);
}

// What waits together is committed together: with what is being committed at most the queue's bytes.
TEST_F(Queue, TakesWhatHasBeenFinishedMeanwhile) {
  std::promise<void> first_taken, go_on;
  std::vector<size_t> sizes;
  CommitQueue queue(
      writer_, 1000,
      [&](const BlockResult& r) {
        if (r.block == 0) {
          first_taken.set_value();
          go_on.get_future().wait();
        }
        return encode(r);
      },
      [&](std::span<const Entry> entries) { sizes.push_back(entries.size()); });
  queue.push(block(0), 200);
  first_taken.get_future().wait();
  queue.push(block(1), 400);
  queue.push(block(2), 400);
  std::atomic<bool> pushed = false;
  std::thread waits([&] {
    queue.push(block(3), 400);
    pushed = true;
  });
  EXPECT_FALSE(pushed) << "the queue is full";
  go_on.set_value();
  waits.join();
  queue.finish();
  ASSERT_GE(sizes.size(), 2u);
  EXPECT_EQ(sizes[0], 1u);
  EXPECT_EQ(sizes[1], 2u);
  EXPECT_EQ(summarise_journals(folder_).blocks, 4u);
}

// However large a block and what is being committed, one may wait.
TEST_F(Queue, TakesOneBlockInAnyCase) {
  std::promise<void> first_taken, go_on;
  CommitQueue queue(
      writer_, 1000,
      [&](const BlockResult& r) {
        if (r.block == 0) {
          first_taken.set_value();
          go_on.get_future().wait();
        }
        return encode(r);
      },
      [&](std::span<const Entry> entries) { count(entries); });
  queue.push(block(0), 5000);
  first_taken.get_future().wait();
  queue.push(block(1), 5000);
  go_on.set_value();
  queue.finish();
  EXPECT_EQ(committed_, 2u);
}

TEST_F(Queue, AFailureStopsThePushersAndIsThrownOnce) {
  CommitQueue queue(
      writer_, 400,
      [&](const BlockResult& r) {
        if (r.block == 3) throw SystemError("no");
        return encode(r);
      },
      [&](std::span<const Entry> entries) { count(entries); });
  uint64_t i = 0;
  while (queue.push(block(i), 400)) ASSERT_LT(++i, 100u);
  EXPECT_THROW(queue.finish(), SystemError);
  EXPECT_EQ(committed_, 3u);
  EXPECT_EQ(summarise_journals(folder_).blocks, 3u);
}

TEST_F(Queue, AnErrorOfTheListenerStopsItToo) {
  CommitQueue queue(
      writer_, 400, [&](const BlockResult& r) { return encode(r); },
      [](std::span<const Entry>) { throw SystemError("the terminal is gone"); });
  queue.push(block(0), 400);
  EXPECT_THROW(queue.finish(), SystemError);
}

TEST_F(Queue, CommitsWhatItHasWhenItIsDropped) {
  {
    CommitQueue queue(
        writer_, 100'000, [&](const BlockResult& r) { return encode(r); },
        [&](std::span<const Entry> entries) { count(entries); });
    for (uint64_t i = 0; i < 20; ++i) queue.push(block(i), 400);
  }
  EXPECT_EQ(summarise_journals(folder_).blocks, 20u);
}

}  // namespace
}  // namespace chasm
