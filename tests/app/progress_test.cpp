#include "app/progress.hpp"

#include <gtest/gtest.h>

#include "app/text.hpp"

namespace chasm {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(ProgressText, SaysShareRateAndTimeLeft) {
  const Pace pace{.done = 410'000, .total = 1'000'000};
  EXPECT_EQ(progress_text("worlds", pace, 10, 0),
            "41 % of 1,000,000 worlds, 41,000 worlds/s, 14 s left");
}

TEST(ProgressText, LeavesOutWhatAnEarlierRunDidFromTheRate) {
  const Pace pace{.done = 600, .total = 1000, .before = 500};
  EXPECT_EQ(progress_text("worlds", pace, 10, 0), "60 % of 1,000 worlds, 10 worlds/s, 40 s left");
}

TEST(ProgressText, SaysNothingOfARateBeforeThereIsOne) {
  EXPECT_EQ(progress_text("worlds", {.done = 500, .total = 1000, .before = 500}, 1, 0),
            "50 % of 1,000 worlds");
}

TEST(ProgressText, CountsFailedWorlds) {
  const Pace pace{.done = 1000, .total = 1000, .failed = 3};
  EXPECT_EQ(progress_text("worlds", pace, 1, 0), "100 % of 1,000 worlds, 1,000 worlds/s, 3 failed");
}

TEST(ProgressText, NeverSaysAllBeforeItIs) {
  EXPECT_EQ(progress_text("worlds", {.done = 99'999, .total = 100'000, .before = 99'999}, 1, 0),
            "99 % of 100,000 worlds");
}

TEST(ProgressText, FitsTheTerminal) {
  const Pace pace{.done = 410'000, .total = 1'000'000};
  for (const int width : {1, 10, 30})
    EXPECT_EQ(progress_text("worlds", pace, 10, width).size(), width);
}

TEST(ProgressClock, ShowsALineAMinuteInALog) {
  const ProgressClock::Moment start{};
  ProgressClock clock(false, start);
  EXPECT_FALSE(clock.due(start + seconds(59), false));
  EXPECT_TRUE(clock.due(start + seconds(60), false));
  EXPECT_FALSE(clock.due(start + seconds(119), false));
  EXPECT_TRUE(clock.due(start + seconds(121), false));
  EXPECT_FALSE(clock.due(start + seconds(122), true));
}

TEST(ProgressClock, ShowsTenUpdatesASecondOnATerminalAndTheLast) {
  const ProgressClock::Moment start{};
  ProgressClock clock(true, start);
  EXPECT_FALSE(clock.due(start + milliseconds(99), false));
  EXPECT_TRUE(clock.due(start + milliseconds(100), false));
  EXPECT_FALSE(clock.due(start + milliseconds(150), false));
  EXPECT_TRUE(clock.due(start + milliseconds(151), true));
}

TEST(Text, GroupsDigits) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(18446744073709551615u), "18,446,744,073,709,551,615");
}

TEST(Text, SaysTimesAsPeopleDo) {
  EXPECT_EQ(in_time(0.0234), "0.023 s");
  EXPECT_EQ(in_time(9.9), "9.9 s");
  EXPECT_EQ(in_time(59.4), "59 s");
  EXPECT_EQ(in_time(59.6), "1 min 0 s");
  EXPECT_EQ(in_time(3599.6), "1 h 0 min");
  EXPECT_EQ(in_time(93784), "1 d 2 h");
  EXPECT_EQ(in_time(1e300), "more than 100 years");
}

TEST(Text, QuotesPathsForTheShell) {
  EXPECT_EQ(shell_word("out/f-1.h5"), "out/f-1.h5");
  EXPECT_EQ(shell_word("my results.h5"), "'my results.h5'");
  EXPECT_EQ(shell_word("it's.h5"), "'it'\\''s.h5'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(TextTable, AlignsNumbersRightAndWordsLeft) {
  TextTable table({"arm", "mean"});
  table.add({"nothing", "1.5"});
  table.add({"t\xC3\xBCre", "-12.25"});
  EXPECT_EQ(table.text(""), "arm        mean\nnothing     1.5\nt\xC3\xBCre     -12.25\n");
}

}  // namespace
}  // namespace chasm
