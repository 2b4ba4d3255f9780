// Runs of several ranks, as threads of one process: what is committed, and what happens when some are lost.

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "hpc/run.hpp"
#include "hpc/worker.hpp"
#include "sim/error.hpp"
#include "tests/hpc/local_mailboxes.hpp"
#include "tests/hpc/scratch_folder.hpp"
#include "tests/hpc/toy_study.hpp"

namespace chasm {
namespace {

using namespace std::chrono_literals;

constexpr Patience hasty{.start = 3s, .silence = 400ms, .farewell = 400ms, .heartbeat = 50ms};

class Ranks : public testing::Test {
 protected:
  Study study_ = toy::study({.futures = 60});
  Partition partition_ = partition(study_, 4);  // 60 blocks of 4 worlds
  ScratchFolder scratch_;
  std::string output_ = scratch_ / "r.h5";
  std::vector<std::string> warnings_;
  Progress progress_;
  // Called before each block with rank and block.
  std::function<void(int rank, uint64_t block)> before_ = [](int, uint64_t) {
    std::this_thread::sleep_for(1ms);
  };
  // While rank 0 would write the result.
  std::function<void(LocalPost&)> after_ = [](LocalPost&) {};
  // By rank: what a rank has instead of study_.
  std::map<int, Study> studies_;
  std::map<int, std::string> outputs_, ends_;
  std::map<int, std::atomic<bool>> stops_;
  std::set<int> declines_;
  Patience patience_ = hasty;
  bool gave_up_ = false;

  const Study& study_of(int rank) const {
    return studies_.contains(rank) ? studies_.at(rank) : study_;
  }

  void one_worker(LocalPost& post, int rank, std::string& end) {
    LocalMailbox mailbox(post, rank);
    const Study& study = study_of(rank);
    const toy::ToyBackend backend(study, partition_, 1,
                                  [&, rank](uint64_t block) { before_(rank, block); });
    try {
      if (declines_.contains(rank)) {
        decline(mailbox, true, "no such file", patience_);
      } else {
        work(mailbox, study, partition_, backend,
             {.output = outputs_.contains(rank) ? outputs_.at(rank) : output_,
              .stop = stops_.contains(rank) ? &stops_.at(rank) : nullptr,
              .patience = patience_});
      }
      end = "done";
    } catch (const std::exception& error) {
      end = error.what();
    }
  }

  RunReport run(int size, const std::function<void(LocalPost&)>& prepare = {}) {
    LocalPost post(size);
    if (prepare) prepare(post);
    std::vector<std::jthread> workers;
    for (int rank = 1; rank < size; ++rank)
      workers.emplace_back([&, rank, &end = ends_[rank]] { one_worker(post, rank, end); });
    LocalMailbox mailbox(post, 0);
    RunReport report;
    {
      Manager manager(mailbox, patience_);
      const toy::ToyBackend backend(study_, partition_, 1,
                                    [&](uint64_t block) { before_(0, block); });
      RunOptions options;
      options.output = output_;
      options.manager = &manager;
      options.warn = [&](const std::string& text) { warnings_.push_back(text); };
      options.progress = [&](const Progress& progress) { progress_ = progress; };
      options.stop = stops_.contains(0) ? &stops_.at(0) : nullptr;
      report = run_study(study_, partition_, backend, options);
      after_(post);
    }
    gave_up_ = mailbox.gave_up;
    return report;
  }

  template <class Error>
  std::string refused(int size) {
    try {
      run(size);
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing was thrown";
  }

  void expect_complete() const {
    JournalSource source(study_, partition_, output_);
    ASSERT_EQ(source.missing(), 0u);
    for (uint64_t block = 0; block < partition_.blocks(); ++block)
      EXPECT_TRUE(toy::same(source.read(block), toy::block_of(study_, partition_, block)));
  }
};

TEST_F(Ranks, TogetherComputeEveryBlockOnce) {
  for (const int size : {1, 2, 3, 4, 7}) {
    std::filesystem::remove_all(journal_folder(output_));
    std::mutex mutex;
    std::set<uint64_t> computed;
    std::set<int> at_work;
    before_ = [&](int rank, uint64_t block) {
      {
        const std::lock_guard lock(mutex);
        EXPECT_TRUE(computed.insert(block).second) << block;
        at_work.insert(rank);
      }
      std::this_thread::sleep_for(2ms);
    };
    const RunReport report = run(size);
    EXPECT_EQ(computed.size(), 60u);
    EXPECT_EQ(at_work.size(), static_cast<size_t>(size)) << "some rank had nothing to do";
    EXPECT_EQ(progress_.blocks_done, 60u);
    EXPECT_EQ(progress_.worlds_done, 240u);
    EXPECT_TRUE(report.study_complete);
    ASSERT_EQ(report.ranks.size(), static_cast<size_t>(size));
    uint64_t elsewhere = 0;
    for (const RankState& rank : report.ranks) elsewhere += rank.blocks;
    EXPECT_EQ(elsewhere, progress_.blocks_elsewhere);
    EXPECT_TRUE(warnings_.empty()) << warnings_[0];
    EXPECT_FALSE(gave_up_);
    for (const auto& [rank, end] : ends_) EXPECT_EQ(end, "done") << rank;
    expect_complete();
  }
}

TEST_F(Ranks, AgreeBeforeAnythingRuns) {
  before_ = [](int, uint64_t) { ADD_FAILURE() << "a block was computed"; };
  Study other = study_;
  other.text += "x = 1\n";
  studies_.emplace(2, other);
  const std::string text = refused<InputError>(4);
  EXPECT_NE(text.find("rank 2"), text.npos) << text;
  EXPECT_NE(text.find("of the study"), text.npos) << text;
  for (const auto& [rank, end] : ends_) EXPECT_EQ(end, "done") << rank;
  EXPECT_FALSE(std::filesystem::exists(journal_folder(output_)));
}

TEST_F(Ranks, OneThatSpeaksOtherwiseIsRefused) {
  // As a build would whose identities have one more field.
  std::vector<unsigned char> identity = encode(identify(study_, partition_));
  ++identity[0];
  const auto say = [&](LocalPost& post) { post.send(1, 0, encode(Hello{"here", 1, identity})); };
  EXPECT_THROW(run(2, say), InputError);
  EXPECT_FALSE(std::filesystem::exists(journal_folder(output_)));
}

TEST_F(Ranks, WhatOneCannotReadRefusesAll) {
  declines_ = {1};
  const std::string text = refused<InputError>(3);
  EXPECT_NE(text.find("rank 1: no such file"), text.npos) << text;
}

// A cut link: the rank computes, and nobody hears of it.
TEST_F(Ranks, ALostRankIsReplaced) {
  std::atomic<int> own = 0;
  LocalPost* post = nullptr;
  before_ = [&](int rank, uint64_t) {
    if (rank == 2 && ++own == 2) post->cut(2);
    std::this_thread::sleep_for(rank == 2 ? 20ms : 5ms);
  };
  const RunReport report = run(3, [&](LocalPost& made) { post = &made; });
  EXPECT_TRUE(report.study_complete);
  EXPECT_EQ(report.ranks[2].stage, RankState::Stage::lost);
  EXPECT_EQ(progress_.worlds_done, 240u);
  ASSERT_EQ(warnings_.size(), 1u);
  EXPECT_NE(warnings_[0].find("rank 2"), std::string::npos) << warnings_[0];
  EXPECT_NE(warnings_[0].find("lost (nothing was heard"), std::string::npos) << warnings_[0];
  EXPECT_TRUE(gave_up_) << "MPI_Finalize would wait for a rank that is gone";
  EXPECT_NE(ends_[1].find("nothing was heard of rank 0"), std::string::npos)
      << "told to leave, it would be in MPI_Finalize while rank 0 aborts: " << ends_[1];
  EXPECT_NE(ends_[2].find("nothing was heard of rank 0"), std::string::npos) << ends_[2];
  expect_complete();
}

// What the run used is gone by then.
TEST_F(Ranks, ALostRankIsHeardAgainWhenTheRunIsOver) {
  std::atomic<int> own = 0;
  LocalPost* post = nullptr;
  before_ = [&](int rank, uint64_t) {
    if (rank == 2 && ++own == 2) post->cut(2);
    std::this_thread::sleep_for(5ms);
  };
  after_ = [&](LocalPost& made) {
    made.mend(2);
    Report report;
    for (uint64_t block = 0; block < partition_.blocks(); ++block)
      report.committed.push_back(block);
    report.failed.assign(report.committed.size(), 0);
    report.wanted = 9;
    made.send(2, 0, encode(report));
    made.send(2, 0, encode(Hello{"here", 1, encode(identify(study_, partition_))}));
    made.send(2, 0, encode(report));
    made.send(2, 0, encode(Bye{false, "its disk is full"}));
    std::this_thread::sleep_for(300ms);
  };
  const RunReport report = run(3, [&](LocalPost& made) { post = &made; });
  EXPECT_TRUE(report.study_complete);
  EXPECT_EQ(report.ranks[2].stage, RankState::Stage::lost);
  EXPECT_EQ(warnings_.size(), 1u);
  expect_complete();
}

TEST_F(Ranks, ALetterThatCannotBeReadStopsItsReader) {
  std::atomic<int> own = 0;
  LocalPost* post = nullptr;
  before_ = [&](int rank, uint64_t) {
    if (rank == 1 && ++own == 2) post->send(0, 1, {0xff});
    std::this_thread::sleep_for(10ms);
  };
  const RunReport report = run(3, [&](LocalPost& made) { post = &made; });
  EXPECT_TRUE(report.study_complete);
  EXPECT_NE(ends_[1].find("rank 0 sent what is no message"), std::string::npos) << ends_[1];
  expect_complete();
}

// A link that is mended: the rank goes on, and two copies of a block are one.
TEST_F(Ranks, ARankThatComesBackGoesOn) {
  patience_.silence = 300ms;
  std::atomic<int> own = 0;
  LocalPost* post = nullptr;
  std::jthread mending;
  before_ = [&](int rank, uint64_t) {
    if (rank == 1 && ++own == 2) {
      post->cut(1);
      mending = std::jthread([&] {
        // Rank 1 has heard rank 0 later than rank 0 has heard it.
        std::this_thread::sleep_for(330ms);
        post->mend(1);
      });
      std::this_thread::sleep_for(250ms);
    }
    std::this_thread::sleep_for(rank == 0 ? 30ms : 1ms);
  };
  run(2, [&](LocalPost& made) { post = &made; });
  EXPECT_EQ(progress_.worlds_done, 240u);
  expect_complete();
}

TEST_F(Ranks, TheDiskOfOneIsFull) {
  // Its journals would go into a folder that cannot be made.
  outputs_[1] = scratch_ / "missing/r.h5";
  const RunReport report = run(3);
  EXPECT_TRUE(report.study_complete);
  EXPECT_EQ(report.ranks[1].blocks, 0u);
  ASSERT_EQ(warnings_.size(), 1u);
  EXPECT_NE(warnings_[0].find("rank 1"), std::string::npos) << warnings_[0];
  EXPECT_NE(ends_[1].find("missing/r.h5.journal"), std::string::npos) << ends_[1];
  expect_complete();
}

TEST_F(Ranks, ASignalAtAnyRankStopsAll) {
  for (const int rank : {0, 2}) {
    std::filesystem::remove_all(journal_folder(output_));
    stops_.clear();
    stops_[rank] = false;
    std::atomic<int> blocks = 0;
    before_ = [&](int, uint64_t) {
      if (++blocks == 10) stops_[rank] = true;
      std::this_thread::sleep_for(5ms);
    };
    EXPECT_THROW(run(3), Interrupted);
    EXPECT_LT(blocks, 30);
    for (const auto& [worker, end] : ends_) EXPECT_EQ(end, "done") << worker;
    JournalSource source(study_, partition_, output_);
    EXPECT_EQ(60 - source.missing(), progress_.blocks_done) << "told is not what is on disk";
    stops_.clear();
    run(3);
    expect_complete();
  }
}

// Hand-outs hold many blocks, so letters are far fewer than blocks.
TEST_F(Ranks, FewLettersABlock) {
  study_ = toy::study({.futures = 4000});
  partition_ = partition(study_, 4);
  uint64_t letters = 0;
  LocalPost* post = nullptr;
  before_ = [&](int, uint64_t block) {
    if (block == partition_.blocks() - 1) letters = post->letters();
  };
  run(2, [&](LocalPost& made) { post = &made; });
  EXPECT_GT(letters, 0u);
  EXPECT_LT(letters, partition_.blocks());
  expect_complete();
}

TEST_F(Ranks, NothingToDoIsDoneAtOnce) {
  run(2);
  before_ = [](int, uint64_t) { ADD_FAILURE() << "a block was computed again"; };
  EXPECT_TRUE(run(3).study_complete);
  for (const auto& [rank, end] : ends_) EXPECT_EQ(end, "done") << rank;
}

}  // namespace
}  // namespace chasm
