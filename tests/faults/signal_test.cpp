// SIGTERM, SIGINT and SIGUSR1 at random moments: exit code 75 and a message that says how to go on, or the finished
// result; then the same bytes. CHASM_SIGNALS sets the number (30; the long test takes 300).

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "tests/faults/small_runs.hpp"

namespace chasm {
namespace {

uint64_t signals_wanted() {
  const char* text = std::getenv("CHASM_SIGNALS");
  return text == nullptr ? 30 : std::strtoull(text, nullptr, 10);
}

TEST(Signals, StopTheRunWhereItCanGoOn) {
  const SmallRun run{.futures = 40, .threads = 2, .pause = 2000};
  const std::string reference = run.reference();
  std::mt19937 random(std::random_device{}());
  uint64_t stopped = 0, finished = 0;
  for (uint64_t i = 0; i < signals_wanted(); ++i) {
    const ScratchFolder scratch;
    const std::string output = scratch / "r.h5";
    constexpr int numbers[] = {SIGTERM, SIGINT, SIGUSR1};
    Child child(run.command(output));
    // Handlers stand once the first line is out.
    ASSERT_TRUE(child.wait_for([](const std::string&) { return true; }));
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<>(0, 70'000)(random)));
    child.signal(numbers[i % 3]);
    const Child::End end = child.wait();
    ASSERT_EQ(end.signal, 0);
    if (end.code == 75) {
      ++stopped;
      EXPECT_NE(end.error.find("again"), std::string::npos) << end.error;
      EXPECT_FALSE(contents(output).has_value());
      EXPECT_GE(committed(output), last_said_committed(end.out));
    } else {
      ++finished;
      EXPECT_EQ(end.code, 0) << end.error;
      EXPECT_EQ(contents(output), reference);
    }
    ASSERT_EQ(problem_on_disk(output, reference), "");
    ASSERT_EQ(problem_when_resumed(run, output, reference), "");
  }
  std::printf("%llu signals: %llu runs stopped, %llu were done before\n",
              static_cast<unsigned long long>(signals_wanted()),
              static_cast<unsigned long long>(stopped), static_cast<unsigned long long>(finished));
  EXPECT_GT(stopped, 0u);
}

}  // namespace
}  // namespace chasm
