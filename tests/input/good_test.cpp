// Every file of good/ resolves to the text beside it, and that text to itself and to an equal
// study.

#include <cmath>
#include <sstream>

#include "sim/input/study_file.hpp"
#include "tests/input/golden.hpp"
#include "tests/input/sets.hpp"
#include "tests/input/toy_model.hpp"

namespace chasm {
namespace {

namespace fs = std::filesystem;

ReadOptions options_of(const fs::path& file) {
  ReadOptions options;
  options.models = toy::models();
  options.sets = test::sets_of(file);
  return options;
}

void expect_equal(const TableData& a, const TableData& b) {
  EXPECT_EQ(a.path, b.path);
  EXPECT_EQ(a.digest, b.digest);
  EXPECT_EQ(a.columns, b.columns);
  EXPECT_EQ(a.texts, b.texts);
  ASSERT_EQ(a.values.size(), b.values.size());
  for (size_t i = 0; i < a.values.size(); ++i)
    EXPECT_TRUE(
        std::equal(a.values[i].begin(), a.values[i].end(), b.values[i].begin(), b.values[i].end(),
                   [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); }));
}

void expect_equal(const Futures& a, const Futures& b) {
  ASSERT_EQ(a.count(), b.count());
  ASSERT_TRUE(std::equal(a.parameters().begin(), a.parameters().end(), b.parameters().begin(),
                         b.parameters().end()));
  std::vector<double> x(a.parameters().size()), y(x);
  for (uint64_t future = 0; future < std::min<uint64_t>(a.count(), 64); ++future) {
    EXPECT_EQ(a.address(future), b.address(future));
    a.draw(future, x);
    b.draw(future, y);
    EXPECT_EQ(x, y);
  }
}

void expect_equal(const Study& a, const Study& b) {
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.question, b.question);
  EXPECT_EQ(a.model, b.model);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.steps, b.steps);
  EXPECT_EQ(a.start, b.start);
  EXPECT_EQ(a.setting.sizes, b.setting.sizes);
  EXPECT_EQ(a.setting.choices, b.setting.choices);
  ASSERT_EQ(a.setting.tables.size(), b.setting.tables.size());
  for (const auto& [name, table] : a.setting.tables) expect_equal(table, b.setting.tables.at(name));
  EXPECT_EQ(a.base, b.base);
  ASSERT_EQ(a.arms.size(), b.arms.size());
  for (size_t i = 0; i < a.arms.size(); ++i) {
    EXPECT_EQ(a.arms[i].name, b.arms[i].name);
    EXPECT_EQ(a.arms[i].parameters, b.arms[i].parameters);
    EXPECT_EQ(a.arms[i].levers, b.arms[i].levers);
  }
  expect_equal(*a.futures, *b.futures);
  EXPECT_EQ(a.design, b.design);
  EXPECT_EQ(a.replications, b.replications);
  EXPECT_EQ(a.outputs.metrics, b.outputs.metrics);
  EXPECT_EQ(a.outputs.series, b.outputs.series);
  EXPECT_EQ(a.outputs.every, b.outputs.every);
  EXPECT_EQ(a.outputs.keep, b.outputs.keep);
  EXPECT_EQ(a.outputs.totals, b.outputs.totals);
  EXPECT_EQ(a.currency, b.currency);
  EXPECT_EQ(a.price_year, b.price_year);
  EXPECT_EQ(a.failed_share, b.failed_share);
  EXPECT_EQ(a.text, b.text);
}

TEST(GoodStudies, ResolveToTheTextBesideThem) {
  fs::current_path(CHASM_TEST_FOLDER);
  const std::vector<fs::path> files = test::files_in("good", ".toml");
  EXPECT_GE(files.size(), 12u);
  for (const fs::path& file : files) {
    SCOPED_TRACE(file);
    test::expect_golden(fs::path(file).replace_extension(".text"),
                        read_study(file.string(), options_of(file)).text);
  }
}

TEST(GoodStudies, ComeBackFromTheirText) {
  fs::current_path(CHASM_TEST_FOLDER);
  for (const fs::path& file : test::files_in("good", ".toml")) {
    SCOPED_TRACE(file);
    const Study study = read_study(file.string(), options_of(file));
    ReadOptions options;
    options.models = toy::models();
    options.base_dir = "good";
    expect_equal(study, parse_study(study.text, "result.h5", options));
  }
}

// Comments, white space, line ends, a byte-order mark and the order of sections do not matter.
TEST(GoodStudies, MayBeWrittenInManyWays) {
  fs::current_path(CHASM_TEST_FOLDER);
  const std::string text = test::bytes_of("good/everything.toml");
  ReadOptions options = options_of("good/everything.toml");
  options.base_dir = "good";
  const Study study = parse_study(text, "x", options);
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(parse_study(windows, "x", options).text, study.text);

  const size_t outputs = text.find("[outputs]"), design = text.find("[design]");
  const std::string moved =
      text.substr(0, design) + text.substr(outputs) + text.substr(design, outputs - design);
  EXPECT_EQ(parse_study(moved, "x", options).text, study.text);
}

}  // namespace
}  // namespace chasm
