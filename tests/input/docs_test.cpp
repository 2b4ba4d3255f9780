// docs/study-file.md says what is so: every key has its row, every row a key, and the examples are
// studies.

#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "models/models.hpp"
#include "sim/error.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/study_file.hpp"
#include "tests/input/golden.hpp"

namespace chasm {
namespace {

namespace fs = std::filesystem;

std::string page() { return test::bytes_of(CHASM_TEST_FOLDER "/../../docs/study-file.md"); }

// The first column of the tables below each heading, keys without their back-ticks.
std::map<std::string, std::vector<std::string>> rows_by_heading() {
  std::map<std::string, std::vector<std::string>> rows;
  std::string heading;
  std::istringstream in(page());
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) heading = line.substr(3);
    std::smatch match;
    if (std::regex_search(line, match, std::regex("^\\| `([a-z0-9_]+)` \\|")))
      rows[heading].push_back(match[1]);
  }
  return rows;
}

void expect_rows(const std::vector<std::string>& rows,
                 std::vector<std::span<const input::Key>> lists) {
  std::multiset<std::string> expected;
  for (const auto& list : lists) {
    for (const input::Key& key : list) expected.insert(key.name);
  }
  EXPECT_EQ(std::multiset<std::string>(rows.begin(), rows.end()), expected);
}

TEST(StudyFilePage, HasARowForEveryKey) {
  using namespace input;
  auto rows = rows_by_heading();
  expect_rows(rows["Top of the file"], {root_keys()});
  expect_rows(rows["[study]"], {study_keys()});
  expect_rows(rows["[money]"], {money_keys()});
  expect_rows(rows["[tables]"], {table_keys()});
  expect_rows(rows["[uncertain]"], {distribution_keys()});
  expect_rows(rows["[[correlated]]"], {correlated_keys()});
  expect_rows(rows["[interventions.NAME]"], {intervention_keys()});
  expect_rows(rows["[arms.NAME]"], {arm_keys()});
  expect_rows(rows["[design]"], {design_keys(), range_keys()});
  expect_rows(rows["[outputs]"], {outputs_keys(), series_keys()});
}

struct Example {
  std::string info, text;
};

std::vector<Example> examples() {
  std::vector<Example> found;
  std::istringstream in(page());
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```toml")) {
      found.push_back({line.substr(7), ""});
      inside = true;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      found.back().text += line + "\n";
    }
  }
  return found;
}

TEST(StudyFilePage, HasExamplesThatAreStudies) {
  const fs::path folder = fs::temp_directory_path() / "chasm_study_file_page";
  fs::create_directories(folder);
  std::ofstream(folder / "edges.csv") << "from,to\n0,1\n1,2\n";
  std::ofstream(folder / "posterior.csv") << "socialisation,turnover\n0.1,0\n0.2,0.1\n";
  ReadOptions options;
  options.models = models();
  options.base_dir = folder.string();
  const std::vector<Example> all = examples();
  EXPECT_GE(all.size(), 15u);
  for (const Example& example : all) {
    std::string text = example.text;
    if (text.find("schema") == std::string::npos) {
      const std::string model =
          example.info.find("diffusion") != std::string::npos ? "diffusion" : "march1991";
      text = "schema = \"chasm-study-1\"\n[study]\ntitle = \"Example\"\nmodel = \"" + model +
             "\"\n" + text;
    }
    try {
      const Study study = parse_study(text, "example", options);
      prepare(study);
    } catch (const InputError& error) {
      ADD_FAILURE() << text << "\n" << error.what();
    }
  }
  fs::remove_all(folder);
}

TEST(StudyFilePage, ShowsRealMessages) {
  ReadOptions options;
  options.models = models();
  const std::string text =
      "schema = \"chasm-study-1\"\n\n[study]\ntitle = \"A\"\nmodel = "
      "\"march1991\"\n\n\n[parameters]\n"
      "turnover      = 1.5\n\n[design]\nrepetitions = 80\n";
  try {
    parse_study(text, "study.toml", options);
    FAIL();
  } catch (const InputError& error) {
    std::istringstream lines(error.what());
    for (std::string line; std::getline(lines, line);) {
      EXPECT_NE(page().find("    " + line + "\n"), std::string::npos) << line;
    }
  }
}

}  // namespace
}  // namespace chasm
