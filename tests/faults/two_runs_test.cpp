// Two runs of one study at the same output at the same time, as after a requeue while the old job still lives behind a cut
// link: each ends with the result, or with a message; the result is whole whenever there is one, also where one is killed.

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "tests/faults/small_runs.hpp"

namespace chasm {
namespace {

TEST(TwoRuns, OfOneStudyNeverSpoilIt) {
  const SmallRun run{.futures = 40, .threads = 2, .pause = 200};
  const std::string reference = run.reference();
  std::mt19937 random(std::random_device{}());
  const auto pause_at_most = [&](int microseconds) {
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<>(0, microseconds)(random)));
  };
  const int rounds =
      std::getenv("CHASM_ROUNDS") == nullptr ? 20 : std::atoi(std::getenv("CHASM_ROUNDS"));
  int with_both_done = 0;
  for (int round = 0; round < rounds; ++round) {
    const ScratchFolder scratch;
    const std::string output = scratch / "r.h5";
    Child first(run.command(output));
    pause_at_most(20'000);
    Child second(run.command(output));
    const bool kill = round % 2 == 1;
    if (kill) {
      first.wait_for([](const std::string& line) { return line == "finishing"; });
      pause_at_most(20'000);
      (round % 4 == 1 ? first : second).signal(SIGKILL);
    }
    for (Child* child : {&first, &second}) {
      const Child::End& end = child->wait();
      EXPECT_TRUE(end.code == 0 || end.code == 1 || (kill && end.signal == SIGKILL)) << end.error;
      // One that is killed may just have said why it would end.
      if (end.signal != SIGKILL) {
        EXPECT_EQ(end.code == 1, !end.error.empty()) << end.error;
      }
      EXPECT_TRUE(end.code != 0 || contents(output) == reference);
    }
    with_both_done += first.wait().code == 0 && second.wait().code == 0;
    ASSERT_EQ(problem_on_disk(output, reference), "");
    ASSERT_EQ(problem_when_resumed(run, output, reference), "");
  }
  std::printf("%d rounds, %d with both done\n", rounds, with_both_done);
}

}  // namespace
}  // namespace chasm
