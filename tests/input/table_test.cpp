// CSV tables.

#include "sim/error.hpp"
#include "sim/input/table_file.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace chasm {
namespace {

using Columns = std::vector<std::string>;
using Values = std::vector<std::vector<double>>;

std::string message(std::string_view bytes, const Columns& columns = {}) {
  try {
    parse_table(bytes, "t.csv", columns);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Tables, HoldColumnsOfNumbers) {
  const TableData table = parse_table("from,to,weight\n0,1,0.5\n1,2,-1e-3\n", "t.csv");
  EXPECT_EQ(table.path, "t.csv");
  EXPECT_EQ(table.columns, (Columns{"from", "to", "weight"}));
  EXPECT_EQ(table.values, (Values{{0, 1}, {1, 2}, {0.5, -1e-3}}));
  // sha256sum of these bytes.
  EXPECT_EQ(table.digest, "e3cadc53b1e4bc727c40cb12e971c82482917bdbefd32c69bfbcfd324a155746");
}

TEST(Tables, GiveTheColumnsAskedForInThatOrder) {
  const TableData table = parse_table("name,to,from\nx,1,0\ny,2,1\n", "t.csv", {"from", "to"});
  EXPECT_EQ(table.columns, (Columns{"from", "to"}));
  EXPECT_EQ(table.values, (Values{{0, 1}, {1, 2}}));
}

TEST(Tables, MayBeWrittenInManyWays) {
  const Values values = {{0, 1}, {1, 2}};
  for (const char* text : {"from,to\n0,1\n1,2\n", "from,to\n0,1\n1,2", "from,to\r\n0,1\r\n1,2\r\n",
                           "from,to\r0,1\r1,2\r",
                           "\xEF\xBB\xBF"
                           "from,to\n0,1\n1,2\n",
                           "\"from\",\"to\"\n\"0\",\"1\"\n\"1\",\"2\"\n",
                           " from , to \n 0 , 1 \n+1.0,2e0\n", "from,to\n\n0,1\n\n1,2\n\n"}) {
    const TableData table = parse_table(text, "t.csv");
    EXPECT_EQ(table.columns, (Columns{"from", "to"})) << text;
    EXPECT_EQ(table.values, values) << text;
  }
}

TEST(Tables, MayQuoteCommasQuotesAndLineBreaks) {
  const TableData table =
      parse_table("\"a,b\",\"c\"\"d\",\"e\nf\",g\nx,\"y\nz\",\"\"\"\",3\n", "t.csv", {"g"});
  EXPECT_EQ(table.values, (Values{{3}}));
  EXPECT_EQ(message("\"a\nb\",c\n1,\"2\n2\"\n3,x\n"),
            "t.csv:4: c: \"2\\x0a2\" is not a number (numbers look like 0.25 or 1e-3) correct it");
}

TEST(Tables, HoldTextsAndMayLackWhatIsOptional) {
  const Columns wanted = {"unit:text", "heads", "note:text?", "budget?", "share?", "place:text?"};
  const TableData table = parse_table(
      "unit,budget,heads,note\n\"Claims, Berlin\",,120,\nM\u00fcller,1.5,40,x\n", "t.csv", wanted);
  EXPECT_EQ(table.columns, (Columns{"unit", "heads", "note", "budget", "share", "place"}));
  EXPECT_EQ(table.texts, (std::vector<Columns>{
                             {"Claims, Berlin", "M\u00fcller"}, {}, {"", "x"}, {}, {}, {"", ""}}));
  ASSERT_EQ(table.values.size(), 6u);
  EXPECT_EQ(table.values[0], std::vector<double>());
  EXPECT_EQ(table.values[1], (std::vector<double>{120, 40}));
  EXPECT_TRUE(std::isnan(table.values[3].at(0)));
  EXPECT_EQ(table.values[3].at(1), 1.5);
  ASSERT_EQ(table.values[4].size(), 2u);
  EXPECT_TRUE(std::isnan(table.values[4][0]) && std::isnan(table.values[4][1]));
  EXPECT_EQ(message("unit,heads\nIT,40\n,12\n", wanted),
            "t.csv:3: unit: is empty (every row needs a text) fill it in");
  EXPECT_EQ(message("unit,heads\nIT,\n", wanted),
            "t.csv:2: heads: is empty (every row needs a number) fill it in");
  EXPECT_EQ(message("heads,note\n40,x\n", wanted),
            "t.csv:1: unit: is missing (the file has heads, note) add the column");
  EXPECT_EQ(message("unit,heads,Budget\nIT,40,3\n", wanted),
            "t.csv:1: Budget: would be ignored (did you mean \"budget\"?) rename the column");
  EXPECT_EQ(parse_table("unit,heads,remark\nIT,40,x\n", "t.csv", wanted).texts[0], Columns{"IT"});
  EXPECT_EQ(parse_table("unit,heads,budget,budgets\nIT,40,3,x\n", "t.csv", wanted).values[3],
            std::vector<double>{3});
  EXPECT_EQ(columns_in_words({"staff", "unit:text,heads,note:text?,budget?", ""}),
            "unit (text), heads, note (text, may be absent), budget (may be absent)");
}

TEST(Tables, NameFileRowAndColumnOfWhatIsWrong) {
  EXPECT_EQ(message(""),
            "t.csv:1: is empty (a row with the names of columns is needed) give a CSV file");
  EXPECT_EQ(message("\n\n"),
            "t.csv:2: is empty (a row with the names of columns is needed) give a CSV file");
  EXPECT_EQ(message("from,to\n"),
            "t.csv:1: has no rows below its header (data are needed) add some");
  EXPECT_EQ(message("from,to\n0,1\n1\n"),
            "t.csv:3: has 1 field (the header has 2) make rows equally long");
  EXPECT_EQ(message("from,to\n0,1,2\n"),
            "t.csv:2: has 3 fields (the header has 2) make rows equally long");
  EXPECT_EQ(
      message("from,to\n0,nan\n"),
      "t.csv:2: to: \"nan\" is not a finite number (numbers look like 0.25 or 1e-3) correct it");
  EXPECT_EQ(
      message("from,to\n0,-inf\n"),
      "t.csv:2: to: \"-inf\" is not a finite number (numbers look like 0.25 or 1e-3) correct it");
  EXPECT_EQ(message("from,to\n0,1e999\n"),
            "t.csv:2: to: \"1e999\" is not a number (numbers look like 0.25 or 1e-3) correct it");
  EXPECT_EQ(message("from,to\n0,\n"),
            "t.csv:2: to: is empty (every row needs a number) fill it in");
  EXPECT_EQ(message("from,to\n0,0x10\n"),
            "t.csv:2: to: \"0x10\" is not a number (numbers look like 0.25 or 1e-3) correct it");
  EXPECT_EQ(message("from,to\n0,\"1,5\"\n"),
            "t.csv:2: to: \"1,5\" is not a number (numbers look like 0.25 or 1e-3) correct it");
  EXPECT_EQ(message("from,,to\n0,1,2\n"),
            "t.csv:1: column 2 has no name (the first row names columns) name it");
  EXPECT_EQ(message("a,b,a\n0,1,2\n"),
            "t.csv:1: a: is the name of two columns (names are unique) rename one");
  EXPECT_EQ(message("a,b\n0,1\n", {"c"}),
            "t.csv:1: c: is missing (the file has a, b) add the column");
  EXPECT_EQ(message("from;to\n0;1\n", {"from", "to"}),
            "t.csv:1: from: is missing (columns are separated by commas, not semicolons) convert "
            "the file");
  EXPECT_EQ(message("a,b\n1,\"2\n3,4\n"),
            "t.csv:3: quotes do not match (a quoted field ends with its quote, and "
            "quotes in it are doubled) correct this row");
  EXPECT_EQ(message("a,b\n1,\"2\"3\n"),
            "t.csv:2: quotes do not match (a quoted field ends with its quote, and "
            "quotes in it are doubled) correct this row");
  EXPECT_EQ(message("a,b\n1,\xFF\n"),
            "t.csv:2:3: byte 0xff is not text (files are UTF-8) save the file as UTF-8");
  EXPECT_EQ(message(std::string_view("a,b\n1,\0002\n", 9)),
            "t.csv:2:3: byte 0x00 is not text (files are UTF-8) save the file as UTF-8");
}

TEST(Tables, ReadManyRows) {
  std::string text = "x,y\n";
  for (int i = 0; i < 200000; ++i) text += std::to_string(i) + "," + std::to_string(2 * i) + "\n";
  const TableData table = parse_table(text, "t.csv", {"y", "x"});
  ASSERT_EQ(table.values[0].size(), 200000u);
  EXPECT_EQ(table.values[0][199999], 399998);
  EXPECT_EQ(table.values[1][199999], 199999);
}

TEST(Tables, MustExist) {
  EXPECT_THROW(read_table("/nowhere/t.csv"), InputError);
  EXPECT_THROW(read_table("/"), InputError);
}

}  // namespace
}  // namespace chasm
