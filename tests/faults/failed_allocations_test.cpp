// Every allocation of a small run failed once: an exception comes out, nothing leaks or hangs, what is on disk is sound,
// and the next try makes the same bytes.

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "hpc/block_codec.hpp"
#include "hpc/examine_result.hpp"
#include "hpc/finish.hpp"
#include "hpc/run.hpp"
#include "hpc/this_code.hpp"
#include "tests/faults/failing_new.hpp"
#include "tests/faults/small_runs.hpp"
#include "tests/hpc/journal_bytes.hpp"
#include "tests/hpc/toy_study.hpp"

namespace chasm {
namespace {

// Every allocation with CHASM_EVERY_CALL, as the long test does; otherwise the first ten and then ever fewer.
long step(long k) { return std::getenv("CHASM_EVERY_CALL") != nullptr ? 1 : 1 + k / 10; }

class FailedAllocations : public testing::Test {
 protected:
  Study study_ = toy::study({.futures = 4});
  Partition parts_ = partition(study_, 4);  // 4 blocks

  // Calls `action` with its k-th allocation failing for every k, each time on a new folder, and then `check`.
  void fail_each(const std::function<void(const std::string& output)>& prepare,
                 const std::function<void(const std::string& output)>& action,
                 const std::function<void(const std::string& output)>& check) {
    long allocations = 0;
    for (long k = 1;; k += step(k)) {
      const ScratchFolder scratch(in_memory());
      const std::string output = scratch / "r.h5";
      prepare(output);
      bool thrown = false;
      fail_allocation(k);
      try {
        action(output);
      } catch (const std::exception&) {
        thrown = true;
      }
      // What fails in a child process, as the one that reads the new file back, is only seen as an exception.
      const bool failed = allocation_failed() || thrown;
      SCOPED_TRACE("allocation " + std::to_string(k) + (thrown ? ", thrown" : ", got over"));
      check(output);
      if (HasFailure() || !failed) break;
      ++allocations;
    }
    EXPECT_GT(allocations, 10);
    std::printf("%ld allocations failed\n", allocations);
  }

  void run(const std::string& output) const {
    const toy::ToyBackend backend(study_, parts_);
    RunOptions options;
    options.output = output;
    options.examine = examine_result;
    run_study(study_, parts_, backend, options);
  }
  void finish_run(const std::string& output) const {
    JournalSource source(study_, parts_, output);
    FinishOptions options;
    options.code = this_code();
    finish(study_, parts_, source, output, options);
  }
  void expect_all_blocks(const std::string& output) const {
    JournalSource source(study_, parts_, output);
    ASSERT_EQ(source.missing(), 0u);
    for (uint64_t block = 0; block < parts_.blocks(); ++block) {
      EXPECT_TRUE(toy::same(source.read(block), toy::block_of(study_, parts_, block)));
    }
  }
};

TEST_F(FailedAllocations, InARun) {
  fail_each([](const std::string&) {}, [&](const std::string& output) { run(output); },
            [&](const std::string& output) {
              summarise_journals(journal_folder(output));
              run(output);
              expect_all_blocks(output);
            });
}

TEST_F(FailedAllocations, WhileResuming) {
  fail_each(
      [&](const std::string& output) {
        JournalWriter writer(journal_folder(output), identify(study_, parts_));
        const Entry entry = toy_entry(study_, parts_, 2);
        writer.commit({&entry, 1});
      },
      [&](const std::string& output) { run(output); },
      [&](const std::string& output) {
        EXPECT_GE(summarise_journals(journal_folder(output)).blocks, 1u);
        run(output);
        expect_all_blocks(output);
      });
}

TEST_F(FailedAllocations, WhileReadingJournals) {
  fail_each([&](const std::string& output) { run(output); },
            [&](const std::string& output) {
              JournalSource source(study_, parts_, output);
              for (uint64_t block = 0; block < parts_.blocks(); ++block) source.read(block);
              summarise_journals(journal_folder(output));
            },
            [&](const std::string& output) { expect_all_blocks(output); });
}

TEST_F(FailedAllocations, WhileAReaderFollows) {
  // A reader that failed goes on from where it was.
  for (long k = 1;; ++k) {
    const ScratchFolder scratch(in_memory());
    const std::string output = scratch / "r.h5";
    run(output);
    JournalReader reader(journal_folder(output));
    fail_allocation(k);
    try {
      reader.refresh();
    } catch (const std::bad_alloc&) {
    }
    if (!allocation_failed()) break;
    reader.refresh();
    ASSERT_EQ(reader.summary().blocks, 4u) << k;
    ASSERT_EQ(reader.summary().worlds, 16u) << k;
    ASSERT_EQ(reader.summary().damaged_bytes, 0u) << k;
  }
}

TEST_F(FailedAllocations, WhileFinishing) {
  const ScratchFolder scratch(in_memory());
  const std::string undisturbed = scratch / "r.h5";
  run(undisturbed);
  finish_run(undisturbed);
  const auto reference = contents(undisturbed);
  fail_each([&](const std::string& output) { run(output); },
            [&](const std::string& output) { finish_run(output); },
            [&](const std::string& output) {
              ASSERT_EQ(problem_on_disk(output, *reference), "");
              finish_run(output);
              ASSERT_EQ(contents(output), reference);
            });
}

}  // namespace
}  // namespace chasm
