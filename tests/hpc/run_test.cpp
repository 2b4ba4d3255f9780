#include "hpc/run.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include "sim/error.hpp"
#include "tests/hpc/journal_bytes.hpp"
#include "tests/hpc/scratch_folder.hpp"
#include "tests/hpc/toy_study.hpp"

namespace chasm {
namespace {

namespace fs = std::filesystem;

class Run : public testing::Test {
 protected:
  Study study_ = toy::study();
  Partition partition_ = partition(study_, 4);  // 6 blocks of 4 worlds
  ScratchFolder scratch_;
  std::string output_ = scratch_ / "r.h5";
  std::string folder_ = journal_folder(output_);
  std::set<uint64_t> computed_;
  std::mutex mutex_;
  uint64_t computed_count_ = 0;

  RunOptions options() const {
    RunOptions options;
    options.output = output_;
    return options;
  }
  RunReport run(const RunOptions& options, int threads = 1) {
    computed_.clear();
    const toy::ToyBackend backend(study_, partition_, threads, [&](uint64_t block) {
      const std::lock_guard lock(mutex_);
      EXPECT_TRUE(computed_.insert(block).second) << "block " << block << " twice";
    });
    return run_study(study_, partition_, backend, options);
  }
  void put_journal(const std::vector<uint64_t>& blocks) const {
    fs::create_directories(folder_);
    write_bytes(folder_ + "/earlier.journal", toy_journal(study_, partition_, blocks).bytes);
  }
  // All blocks are there and are what an undisturbed run makes.
  void expect_complete() const {
    JournalSource source(study_, partition_, output_);
    ASSERT_EQ(source.missing(), 0u);
    EXPECT_FALSE(source.first_missing().has_value());
    for (uint64_t block = 0; block < partition_.blocks(); ++block) {
      EXPECT_TRUE(toy::same(source.read(block), toy::block_of(study_, partition_, block)));
    }
  }
  uint64_t journals() const {
    return static_cast<uint64_t>(std::distance(fs::directory_iterator(folder_), {}));
  }
};

template <class Error>
std::string thrown(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  } catch (const std::exception& error) {
    return std::string("another error: ") + error.what();
  }
  return "nothing was thrown";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(Run, ComputesEveryBlockOnce) {
  std::vector<Progress> seen;
  RunOptions with_progress = options();
  with_progress.progress = [&](const Progress& progress) { seen.push_back(progress); };
  const RunReport report = run(with_progress);
  EXPECT_EQ(computed_.size(), 6u);
  EXPECT_TRUE(report.study_complete);
  EXPECT_FALSE(report.already_finished);
  expect_complete();

  uint64_t failed = 0;
  for (uint64_t block = 0; block < 6; ++block)
    failed += toy_entry(study_, partition_, block).failed;
  ASSERT_GT(failed, 0u);
  EXPECT_EQ(report.progress.worlds_failed, failed);
  EXPECT_EQ(report.progress.worlds_resumed, 0u);
  EXPECT_EQ(seen.front().blocks_done, 0u);
  EXPECT_EQ(seen.front().blocks, 6u);
  EXPECT_EQ(seen.front().worlds, 24u);
  EXPECT_EQ(seen.back().blocks_done, 6u);
  EXPECT_EQ(seen.back().worlds_done, 24u);
  for (size_t i = 1; i < seen.size(); ++i) EXPECT_GT(seen[i].blocks_done, seen[i - 1].blocks_done);
}

TEST_F(Run, ProgressIsReportedOnceItIsOnDisk) {
  RunOptions with_progress = options();
  with_progress.progress = [&](const Progress& progress) {
    EXPECT_EQ(summarise_journals(folder_).blocks, progress.blocks_done);
  };
  run(with_progress, 3);
}

TEST_F(Run, GoesOnFromAnySubsetOfBlocks) {
  for (unsigned mask = 0; mask < 64; ++mask) {
    fs::remove_all(folder_);
    std::vector<uint64_t> there;
    std::set<uint64_t> missing;
    for (uint64_t block = 0; block < 6; ++block) {
      if (mask >> block & 1) {
        there.push_back(block);
      } else {
        missing.insert(block);
      }
    }
    put_journal(there);
    const RunReport report = run(options());
    ASSERT_EQ(computed_, missing);
    ASSERT_TRUE(report.study_complete);
    ASSERT_EQ(report.progress.blocks_done, 6u);
    ASSERT_EQ(report.progress.worlds_resumed, 4 * there.size());
    expect_complete();
    // Run again: nothing to do, and nothing new on disk.
    const uint64_t files = journals();
    ASSERT_TRUE(run(options()).study_complete);
    ASSERT_TRUE(computed_.empty());
    ASSERT_EQ(journals(), files);
  }
}

TEST_F(Run, DamagedBlocksAreComputedAnew) {
  JournalBytes journal = toy_journal(study_, partition_, {0, 1, 2, 3, 4, 5});
  journal.bytes[journal.ends[2] + 100] ^= 1;  // in block 2
  journal.bytes.resize(journal.bytes.size() - 1);
  fs::create_directories(folder_);
  write_bytes(folder_ + "/earlier.journal", journal.bytes);
  run(options());
  EXPECT_EQ(computed_, (std::set<uint64_t>{2, 5}));
  expect_complete();
}

TEST_F(Run, ShardsInAnyOrderMakeTheStudy) {
  for (const uint64_t count : {1u, 2u, 3u, 4u, 7u}) {
    fs::remove_all(folder_);
    std::set<uint64_t> all;
    uint64_t worlds = 0;
    for (uint64_t index = count; index >= 1; --index) {
      RunOptions shard = options();
      shard.shard = {index, count};
      const RunReport report = run(shard);
      EXPECT_EQ(report.study_complete, all.size() + computed_.size() == 6);
      EXPECT_EQ(report.progress.blocks, computed_.size());
      EXPECT_EQ(report.progress.blocks_done, computed_.size());
      EXPECT_LE(computed_.size(), 6 / count + 1);
      worlds += report.progress.worlds;
      for (const uint64_t block : computed_) EXPECT_TRUE(all.insert(block).second);
    }
    EXPECT_EQ(all.size(), 6u);
    EXPECT_EQ(worlds, 24u);
    expect_complete();
  }
}

TEST_F(Run, TheLastBlockMayBeSmaller) {
  study_ = toy::study({.futures = 7, .replications = 1, .arms = 3});
  partition_ = partition(study_, 6);  // 6, 6, 6 and 3 worlds
  for (const uint64_t index : {1u, 2u}) {
    RunOptions shard = options();
    shard.shard = {index, 2};
    const RunReport report = run(shard);
    EXPECT_EQ(report.progress.worlds, index == 1 ? 12u : 9u);
    EXPECT_EQ(report.progress.worlds_done, report.progress.worlds);
  }
  expect_complete();
}

TEST_F(Run, ThreadsMayFinishBlocksInAnyOrder) {
  study_ = toy::study({.futures = 300});
  partition_ = partition(study_, 4);
  run(options(), 4);
  EXPECT_EQ(computed_.size(), 300u);
  expect_complete();
}

TEST_F(Run, TwoRunsAtOnceDisturbNeither) {
  std::vector<std::jthread> runs;
  for (int i = 0; i < 2; ++i) {
    runs.emplace_back([&] {
      const toy::ToyBackend backend(study_, partition_);
      EXPECT_TRUE(run_study(study_, partition_, backend, options()).study_complete);
    });
  }
  runs.clear();
  expect_complete();
  EXPECT_LE(summarise_journals(folder_).copies, 6u);
}

TEST_F(Run, StopsWhenAskedAndGoesOnLater) {
  std::atomic<bool> stop = false;
  for (const uint64_t after : {1u, 2u, 5u}) {
    fs::remove_all(folder_);
    stop = false;
    RunOptions stoppable = options();
    stoppable.stop = &stop;
    computed_.clear();
    const toy::ToyBackend backend(study_, partition_, 1, [&](uint64_t) {
      if (++computed_count_ == after) stop = true;
    });
    computed_count_ = 0;
    const std::string message =
        thrown<Interrupted>([&] { run_study(study_, partition_, backend, stoppable); });
    EXPECT_TRUE(contains(message, std::to_string(after) + " of 6 blocks are committed")) << message;
    EXPECT_TRUE(contains(message, "run the same command again")) << message;
    EXPECT_EQ(summarise_journals(folder_).blocks, after);
    run(options());
    EXPECT_EQ(computed_.size(), 6 - after);
    expect_complete();
  }
}

TEST_F(Run, AskedToStopBeforeItBeginsComputesNothing) {
  std::atomic<bool> stop = true;
  RunOptions stoppable = options();
  stoppable.stop = &stop;
  EXPECT_THROW(run(stoppable), Interrupted);
  EXPECT_TRUE(computed_.empty());
  EXPECT_FALSE(fs::exists(folder_));
  run(options());
  EXPECT_TRUE(run(stoppable).study_complete) << "with nothing left to do there is nothing to stop";
}

TEST_F(Run, AFinishedResultIsLeftAlone) {
  write_bytes(output_, {'x'});
  RunOptions finished = options();
  finished.examine = [&](const std::string& path, const Identity& identity) {
    EXPECT_EQ(path, output_);
    EXPECT_EQ(identity.seed, study_.seed);
    return Existing{true, ""};
  };
  for (const bool force : {false, true}) {
    finished.force = force;
    const RunReport report = run(finished);
    EXPECT_TRUE(report.already_finished);
    EXPECT_TRUE(report.study_complete);
    EXPECT_TRUE(computed_.empty());
    EXPECT_FALSE(fs::exists(folder_));
  }
}

TEST_F(Run, WhatAFinishedResultNoLongerNeedsIsRemoved) {
  put_journal({0, 1});
  write_bytes(output_, {'x'});
  write_bytes(output_ + ".node7-4711-0123456789abcdef.tmp", {'x'});
  RunOptions finished = options();
  finished.examine = [](const std::string&, const Identity&) { return Existing{true, ""}; };
  EXPECT_TRUE(run(finished).already_finished);
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch_.path()), {}), 1);
}

TEST_F(Run, AnotherResultIsRefusedUnlessForced) {
  write_bytes(output_, {'x'});
  RunOptions other = options();
  other.examine = [](const std::string&, const Identity&) {
    return Existing{true, "the seed is 3 there, 1 here"};
  };
  const std::string message = thrown<InputError>([&] { run(other); });
  EXPECT_TRUE(contains(message, "the seed is 3 there, 1 here")) << message;
  EXPECT_TRUE(contains(message, "--force")) << message;
  EXPECT_FALSE(fs::exists(folder_));
  other.force = true;
  EXPECT_TRUE(run(other).study_complete);
  EXPECT_EQ(read_bytes(output_), Bytes{'x'}) << "replaced only once the new result is whole";
}

TEST_F(Run, AFileThatNobodyLookedIntoIsRefused) {
  write_bytes(output_, {'x'});
  EXPECT_THROW(run(options()), InputError);
}

TEST_F(Run, JournalsOfAnotherStudyAreRefusedUnlessForced) {
  put_journal({0, 1});
  const Study mine = study_;
  study_ = toy::study({.seed = 2});
  const std::string message = thrown<InputError>([&] { run(options()); });
  EXPECT_TRUE(contains(message, "the seed is 1 there, 2 here")) << message;
  EXPECT_EQ(journals(), 1u);

  RunOptions forced = options();
  forced.force = true;
  run(forced);
  EXPECT_EQ(computed_.size(), 6u);
  expect_complete();
  run(forced);
  EXPECT_TRUE(computed_.empty()) << "a job that is started again with --force goes on";
}

TEST_F(Run, BadShardsAreRefused) {
  EXPECT_EQ(parse_shard("2/4").index, 2u);
  EXPECT_EQ(parse_shard("2/4").count, 4u);
  for (const char* text :
       {"5/4", "0/4", "1/0", "0/0", "", "/", "1", "1/", "/4", "a/4", "1/b", "1/4x", "-1/4", " 1/4",
        "1/4/2", "99999999999999999999/4", "1/99999999999999999999"}) {
    const std::string message = thrown<InputError>([&] { parse_shard(text); });
    EXPECT_TRUE(contains(message, std::string("--shard ") + text + " is not a shard")) << message;
  }
  RunOptions bad = options();
  bad.shard = {5, 4};
  EXPECT_THROW(run(bad), InputError);
}

TEST_F(Run, OutputPathsThatCannotBeWrittenAreRefused) {
  write_bytes(scratch_ / "file", {});
  write_bytes(scratch_ / "taken.h5.journal", {});
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "no output path"},
      {scratch_.path(), "is a folder"},
      {scratch_ / "new/", "is a folder"},
      {scratch_ / "nowhere/r.h5", "there is no folder " + (scratch_ / "nowhere")},
      {scratch_ / "file/r.h5", "there is no folder"},
      {scratch_ / "taken.h5", "taken.h5.journal is a file"},
  };
  for (const auto& [path, expected] : cases) {
    RunOptions bad = options();
    bad.output = path;
    const std::string message = thrown<InputError>([&] { run(bad); });
    EXPECT_TRUE(contains(message, expected)) << message;
    EXPECT_TRUE(computed_.empty());
  }
}

// Runs in a child that is nobody, because root may write anywhere.
TEST_F(Run, FoldersWithoutPermissionAreRefused) {
  fs::create_directories(folder_);
  fs::permissions(scratch_.path(),
                  fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
  const auto refused_as_nobody = [&] {
    const pid_t child = ::fork();
    if (child == 0) {
      if (::getuid() == 0 && ::setuid(65534) != 0) ::_exit(3);
      if (::getuid() != 65534)
        fs::permissions(scratch_.path(), fs::perms::owner_read | fs::perms::owner_exec);
      const std::string message = thrown<InputError>([&] { run(options()); });
      ::_exit(contains(message, "nothing can be written in the folder") ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    fs::permissions(scratch_.path(), fs::perms::owner_all, fs::perm_options::add);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  };
  EXPECT_EQ(refused_as_nobody(), 0);
}

TEST_F(Run, AStudyThatDoesNotFitTheDiskIsRefusedFirst) {
  study_ = toy::study({.futures = 1'000'000'000'000'000});
  partition_ = partition(study_, 65536);
  const std::string message = thrown<SystemError>([&] { run(options()); });
  EXPECT_TRUE(contains(message, "the disk of " + scratch_.path() + " is too full")) << message;
  EXPECT_TRUE(computed_.empty());
  EXPECT_FALSE(fs::exists(folder_));
  EXPECT_GT(disk_need(study_, partition_).journal, 1'000'000'000'000'000u);
}

TEST_F(Run, ErrorsOfTheBackendKeepWhatWasCommitted) {
  const toy::ToyBackend backend(study_, partition_, 1, [](uint64_t block) {
    if (block == 4) throw SystemError("the device is gone");
  });
  EXPECT_EQ(thrown<SystemError>([&] { run_study(study_, partition_, backend, options()); }),
            "the device is gone");
  EXPECT_EQ(summarise_journals(folder_).blocks, 4u);
  run(options());
  EXPECT_EQ(computed_, (std::set<uint64_t>{4, 5}));
  expect_complete();
}

class BadBackend : public Backend {
 public:
  explicit BadBackend(std::vector<BlockResult> results) : results_(std::move(results)) {}
  void run(std::span<const uint64_t>,
           const std::function<bool(BlockResult&&)>& done) const override {
    for (BlockResult result : results_) {
      if (!done(std::move(result))) return;
    }
  }

 private:
  std::vector<BlockResult> results_;
};

TEST_F(Run, AFaultyBackendIsFoundOut) {
  BlockResult misshapen = toy::block_of(study_, partition_, 0);
  misshapen.metrics.pop_back();
  EXPECT_THROW(run_study(study_, partition_, BadBackend({misshapen}), options()), std::logic_error);
  EXPECT_THROW(run_study(study_, partition_, BadBackend({}), options()), std::logic_error);
}

TEST_F(Run, AMissingOrForeignBlockIsNotRead) {
  put_journal({0, 1});
  JournalSource source(study_, partition_, output_);
  EXPECT_EQ(source.missing(), 4u);
  EXPECT_EQ(source.first_missing(), 2u);
  const std::string message = thrown<SystemError>([&] { source.read(5); });
  EXPECT_TRUE(contains(message, "4 of 6 blocks are missing")) << message;

  // A whole frame whose payload is no block: only a faulty program writes such.
  JournalWriter writer(folder_, identify(study_, partition_));
  const Entry nonsense{5, 4, 0, Bytes(30)};
  writer.commit({&nonsense, 1});
  JournalSource again(study_, partition_, output_);
  EXPECT_TRUE(
      contains(thrown<SystemError>([&] { again.read(5); }), "is not a block of this study"));
}

}  // namespace
}  // namespace chasm
