#include "app/diff_lines.hpp"

#include <gtest/gtest.h>

namespace chasm {
namespace {

std::string shown(const std::string& a, const std::string& b) {
  std::string out;
  for (const LineChange& c : changed_lines(a, b))
    out += std::to_string(c.left) + ":" + c.old_line + "|" + std::to_string(c.right) + ":" +
           c.new_line + ";";
  return out;
}

TEST(DiffLines, EqualTextsHaveNone) {
  EXPECT_EQ(shown("", ""), "");
  EXPECT_EQ(shown("a\nb\n", "a\nb\n"), "");
}

TEST(DiffLines, AChangedLineIsPairedWithWhatStandsInItsPlace) {
  EXPECT_EQ(shown("a\nb\nc\n", "a\nx\nc\n"), "2:b|2:x;");
}

TEST(DiffLines, ALineMoreOrLessMovesNoOther) {
  EXPECT_EQ(shown("a\nc\nd\n", "a\nb\nc\nd\n"), "0:|2:b;");
  EXPECT_EQ(shown("a\nb\nc\nd\n", "a\nc\nd\n"), "2:b|0:;");
  EXPECT_EQ(shown("b\nc\nd\n", "a\nb\nd\ne\n"), "0:|1:a;2:c|0:;0:|4:e;");
}

TEST(DiffLines, ChangesAndAdditionsTogether) {
  EXPECT_EQ(shown("a\nb\nc\n", "a\nx\ny\nc\nz\n"), "2:b|2:x;0:|3:y;0:|5:z;");
}

TEST(DiffLines, OfNothing) {
  EXPECT_EQ(shown("", "a\nb"), "0:|1:a;0:|2:b;");
  EXPECT_EQ(shown("a\nb", ""), "1:a|0:;2:b|0:;");
}

TEST(DiffLines, LongTextsAreComparedLineByLine) {
  std::string a, b;
  for (int i = 0; i < 3000; ++i) a += std::to_string(i) + "\n", b += std::to_string(-1 - i) + "\n";
  const auto changes = changed_lines("head\n" + a + "same\n", "head\n" + b + "same\n");
  ASSERT_EQ(changes.size(), 3000u);
  EXPECT_EQ(changes[0].left, 2u);
  EXPECT_EQ(changes[2999].new_line, "-3000");
}

}  // namespace
}  // namespace chasm
