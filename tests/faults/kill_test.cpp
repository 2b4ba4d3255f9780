// Runs killed with SIGKILL at random moments, again and again until one gets through: no committed block is lost, and the
// result is byte by byte that of an undisturbed run. CHASM_KILLS sets the number (50; the long test takes 1,000).

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <thread>

#include "tests/faults/small_runs.hpp"

namespace chasm {
namespace {

struct Kills {
  uint64_t while_starting = 0;  // before the first block
  uint64_t while_running = 0;
  uint64_t while_resuming = 0;  // of those, in a run that had found blocks of an earlier one
  uint64_t while_finishing = 0;
  uint64_t studies = 0;
  uint64_t committed = 0;  // blocks said to be committed, over all runs
  uint64_t all() const { return while_starting + while_running + while_finishing; }
};

uint64_t kills_wanted() {
  const char* text = std::getenv("CHASM_KILLS");
  return text == nullptr ? 50 : std::strtoull(text, nullptr, 10);
}

class Killing : public testing::Test {
 protected:
  // Two threads and blocks of half a millisecond: a run takes about 20 ms, finishing half of it.
  SmallRun run_{.futures = 40, .threads = 2, .pause = 500};
  const std::string reference_ = run_.reference();
  // Moments only: nothing that is checked depends on them.
  std::mt19937 random_{std::random_device{}()};
  Kills kills_;

  void pause_at_most(int microseconds) {
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<>(0, microseconds)(random_)));
  }

  enum class Kind { anywhere, after_a_block, while_finishing, not_at_all };
  Kind draw_kind(int attempt) {
    const int draw = std::uniform_int_distribution<>(0, 7)(random_);
    if (attempt >= 4 && draw % 2 == 0) return Kind::not_at_all;
    return draw < 3 ? Kind::anywhere : draw < 7 ? Kind::after_a_block : Kind::while_finishing;
  }

  // One study: killed at least once, until a run gets through.
  void one_study() {
    const ScratchFolder scratch;
    const std::string output = scratch / "r.h5";
    uint64_t sure = 0;  // blocks that a run said are committed
    for (int attempt = 0;; ++attempt) {
      Child child(run_.command(output));
      const Kind kind = draw_kind(attempt);
      if (kind == Kind::anywhere) pause_at_most(30'000);
      if (kind == Kind::after_a_block) {
        const uint64_t after = sure + std::uniform_int_distribution<uint64_t>(0, 5)(random_);
        child.wait_for([&](const std::string& line) {
          return line == "finishing" || said_committed(line) >= after;
        });
        pause_at_most(2'000);
      }
      if (kind == Kind::while_finishing) {
        child.wait_for([](const std::string& line) { return line == "finishing"; });
        pause_at_most(8'000);
      }
      if (kind != Kind::not_at_all) child.signal(SIGKILL);
      const Child::End end = child.wait();
      const uint64_t before = sure;
      sure = std::max(sure, last_said_committed(end.out));
      kills_.committed += sure - before;
      if (end.signal == SIGKILL) count(end.out, before);
      ASSERT_TRUE(end.code == 0 || end.signal == SIGKILL) << end.error;
      ASSERT_EQ(problem_on_disk(output, reference_), "");
      if (contents(output)) break;
      ASSERT_GE(committed(output), sure) << "a committed block is lost";
    }
    ASSERT_EQ(problem_when_resumed(run_, output, reference_), "");
    ++kills_.studies;
  }

  void count(const std::string& out, uint64_t found) {
    if (out.find("finishing\n") != std::string::npos) {
      ++kills_.while_finishing;
    } else if (out.empty()) {
      ++kills_.while_starting;
    } else {
      ++kills_.while_running;
      kills_.while_resuming += found > 0;
    }
  }
};

TEST_F(Killing, LosesNoCommittedBlockAndNoByte) {
  while (kills_.all() < kills_wanted()) {
    one_study();
    if (HasFatalFailure()) return;
  }
  std::printf(
      "%llu kills over %llu studies: %llu while starting, %llu while running (%llu of them "
      "resuming), %llu while "
      "finishing; %llu blocks committed, 0 lost\n",
      static_cast<unsigned long long>(kills_.all()),
      static_cast<unsigned long long>(kills_.studies),
      static_cast<unsigned long long>(kills_.while_starting),
      static_cast<unsigned long long>(kills_.while_running),
      static_cast<unsigned long long>(kills_.while_resuming),
      static_cast<unsigned long long>(kills_.while_finishing),
      static_cast<unsigned long long>(kills_.committed));
  EXPECT_GT(kills_.while_running, 0u);
  EXPECT_GT(kills_.while_resuming, 0u);
  EXPECT_GT(kills_.while_finishing, 0u);
}

}  // namespace
}  // namespace chasm
