// Every system call of a small run failed once, one at a time, by a preloaded library: the run says so and ends, or gets
// over it; what is on disk is sound; and the next run makes the same bytes as an undisturbed one.

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "tests/faults/small_runs.hpp"

namespace chasm {
namespace {

enum class Effect { ends_the_run, none, either };

struct Fault {
  const char* call;
  int error;  // 0: a short count
  Effect effect;
  friend void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.call << ' ' << fault.error;
  }
};

enum class Begin { nothing, half_done, not_finished };

class FailingIo : public testing::TestWithParam<Fault> {
 protected:
  SmallRun run_;
  std::string reference_ = run_.reference();

  // Brings a folder into the state that the run begins with.
  void prepare(const std::string& output, Begin begin) const {
    if (begin == Begin::nothing) return;
    SmallRun slow = run_;
    slow.pause = begin == Begin::half_done ? 2000 : 0;
    Child child(slow.command(output));
    ASSERT_TRUE(child.wait_for([&](const std::string& line) {
      return begin == Begin::half_done ? said_committed(line) >= 5 : line == "finishing";
    }));
    child.signal(SIGKILL);
    child.wait();
  }

  // Fails call number k; false where the run made fewer calls.
  bool fail(int k, Begin begin, uint64_t& ended) const {
    const ScratchFolder scratch(in_memory()), marks(in_memory());
    const std::string output = scratch / "r.h5", mark = marks / "failed";
    prepare(output, begin);
    if (HasFatalFailure()) return false;
    const Fault fault = GetParam();
    Child child(run_.command(output), {{"LD_PRELOAD", CHASM_FAILING_IO},
                                       {"ASAN_OPTIONS", "verify_asan_link_order=0"},
                                       {"FAIL_UNDER", scratch.path()},
                                       {"FAIL_CALL", fault.call},
                                       {"FAIL_AT", std::to_string(k)},
                                       {"FAIL_WITH", std::to_string(fault.error)},
                                       {"FAIL_MARK", mark}});
    const Child::End end = child.wait();
    const bool failed = std::filesystem::exists(mark);
    SCOPED_TRACE("call " + std::to_string(k) + ", exit code " + std::to_string(end.code) +
                 ", signal " + std::to_string(end.signal) + ": " + end.error);
    EXPECT_EQ(end.signal, 0);
    EXPECT_EQ(problem_on_disk(output, reference_), "");
    if (end.code == 0) {
      EXPECT_EQ(contents(output), reference_) << "a run that says it is done is done";
    } else {
      EXPECT_EQ(end.code, 1);
      EXPECT_NE(end.error.find(scratch.path()), std::string::npos) << "the message names the path";
      EXPECT_NE(end.error.find(" ("), std::string::npos) << "and the reason";
    }
    EXPECT_TRUE(failed || end.code == 0) << "nothing was failed";
    EXPECT_FALSE(failed && fault.effect == Effect::ends_the_run && end.code == 0)
        << "nobody noticed";
    EXPECT_FALSE(fault.effect == Effect::none && end.code != 0) << "it should be tried again";
    EXPECT_EQ(problem_when_resumed(run_, output, reference_), "");
    ended += end.code != 0;
    return failed;
  }
};

// Every call with CHASM_EVERY_CALL, as the long test does; otherwise the first five and then ever fewer.
int step(int k) { return std::getenv("CHASM_EVERY_CALL") != nullptr ? 1 : 1 + k / 5; }

TEST_P(FailingIo, IsReportedOrGotOver) {
#if defined(__clang__) && defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  GTEST_SKIP() << "clang's sanitizers answer the calls before a preloaded library can";
#endif
#endif
  int calls = 0;
  uint64_t ended = 0;
  for (const Begin begin : {Begin::nothing, Begin::half_done, Begin::not_finished}) {
    for (int k = 1; fail(k, begin, ended); k += step(k)) {
      ++calls;
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(calls, 0);
  std::printf("%d calls failed, %llu runs ended by it\n", calls,
              static_cast<unsigned long long>(ended));
}

// An interrupted open, close or truncate of the HDF5 library ends the run; reads and writes are repeated everywhere.
INSTANTIATE_TEST_SUITE_P(
    Calls, FailingIo,
    testing::Values(
        Fault{"open", EIO, Effect::either}, Fault{"open", ENOSPC, Effect::either},
        Fault{"open", EINTR, Effect::either}, Fault{"write", EIO, Effect::ends_the_run},
        Fault{"write", ENOSPC, Effect::ends_the_run}, Fault{"write", EINTR, Effect::none},
        Fault{"write", 0, Effect::none}, Fault{"read", EIO, Effect::ends_the_run},
        Fault{"read", EINTR, Effect::none}, Fault{"read", 0, Effect::none},
        Fault{"sync", EIO, Effect::ends_the_run}, Fault{"sync", ENOSPC, Effect::ends_the_run},
        Fault{"sync", EINTR, Effect::none}, Fault{"close", EIO, Effect::either},
        Fault{"close", ENOSPC, Effect::either}, Fault{"close", EINTR, Effect::either},
        Fault{"truncate", EIO, Effect::ends_the_run}, Fault{"truncate", EINTR, Effect::either},
        Fault{"mkdir", ENOSPC, Effect::ends_the_run}, Fault{"rename", EIO, Effect::ends_the_run},
        Fault{"rename", ENOSPC, Effect::ends_the_run}, Fault{"unlink", EIO, Effect::either}));

}  // namespace
}  // namespace chasm
