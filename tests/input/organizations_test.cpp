// The profiles of organizations, and the page that says what an organization's own tables hold.

#include <cmath>
#include <sstream>

#include "models/models.hpp"
#include "sim/input/study_file.hpp"
#include "sim/input/table_file.hpp"
#include "tests/input/golden.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

namespace fs = std::filesystem;

const fs::path folder = CHASM_TEST_FOLDER "/../../scenarios/organizations";
const fs::path page = CHASM_TEST_FOLDER "/../../docs/organizations.md";

Study study_with(const std::string& include) {
  ReadOptions options;
  options.models = models();
  options.base_dir = folder.string();
  return parse_study("schema = \"chasm-study-1\"\ninclude = [\"" + include +
                         "\"]\n[study]\ntitle = \"A\"\nmodel = \"enterprise\"\nhorizon = 60\n"
                         "[design]\nreplications = 4\n",
                     "study", options);
}

std::vector<std::string> profiles(const fs::path& where) {
  std::vector<std::string> names;
  for (const fs::path& file : test::files_in(where.string(), ".toml"))
    names.push_back(file.filename().string());
  return names;
}

// Names of what a study changes.
std::vector<std::string> changed(const Study& study) {
  const Model& model = *study.model;
  std::vector<std::string> names;
  for (size_t i = 0; i < study.base.size(); ++i)
    if (study.base[i] != model.parameters[i].value) names.emplace_back(model.parameters[i].name);
  for (size_t i = 0; i < model.sizes.size(); ++i)
    if (study.setting.sizes[i] != model.sizes[i].value) names.emplace_back(model.sizes[i].name);
  return names;
}

TEST(Profiles, AreOrganizationsWhoseWorldsRun) {
  const std::vector<std::string> names = profiles(folder);
  EXPECT_EQ(names.size(), 5u);
  EXPECT_EQ(names, profiles(folder / "ways"));
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    const test::Worlds worlds = test::run(study_with(name));
    for (const uint16_t failure : worlds.failure) EXPECT_EQ(failure, 0);
    EXPECT_NE(test::bytes_of(page).find("`" + name.substr(0, name.find('.')) + "`"),
              std::string::npos);
  }
}

TEST(Profiles, TheTraditionalEnterpriseIsTheDefaultStated) {
  EXPECT_EQ(changed(study_with("traditional-enterprise.toml")), std::vector<std::string>{});
  const std::string stated = test::bytes_of(folder / "traditional-enterprise.toml") +
                             test::bytes_of(folder / "ways/traditional-enterprise.toml");
  for (const std::string& name : profiles(folder)) {
    for (const std::string& key : changed(study_with(name))) {
      // Practices are 0 by default; the mix of kinds, wages and value are a matter of the branch.
      const bool of_branch = key.starts_with("practice.") || key.starts_with("kind.") ||
                             key == "opportunity.value" || key == "cost.person";
      EXPECT_TRUE(of_branch || stated.find("\n" + key + " ") != std::string::npos)
          << name << " changes " << key << ", which the reference does not state";
    }
  }
}

TEST(Profiles, WaysHaveNoSize) {
  for (const std::string& name : profiles(folder / "ways"))
    EXPECT_EQ(study_with("ways/" + name).setting.sizes,
              default_setting(find_model("enterprise")).sizes);
}

// Through legacy, data and practices: nothing in the profile is a bonus.
TEST(Profiles, ADigitalNativeRealisesMoreOfItsPotential) {
  const auto realised_share = [](const std::string& name) {
    Study study = study_with(name);
    study.replications = 64;
    study.steps = 260;
    const std::vector<double> shares =
        test::run(study).metrics[static_cast<size_t>(test::metric(*study.model, "realised_share"))];
    double mean = 0, squares = 0;
    for (const double share : shares) mean += share / 64;
    for (const double share : shares) squares += (share - mean) * (share - mean) / (64 * 63);
    return std::pair(mean, squares);
  };
  const auto native = realised_share("digital-native.toml"),
             traditional = realised_share("traditional-enterprise.toml");
  EXPECT_GT(native.first - traditional.first, 3 * std::sqrt(native.second + traditional.second));
}

// Every column that the model reads has its row, in its order, and no other has one.
TEST(OrganizationPage, HasTheColumnsOfTheTables) {
  const std::string text = test::bytes_of(page);
  std::string expected, found;
  for (const Table& table : find_model("enterprise").tables) {
    expected += "### " + std::string(table.name) + "\n";
    for (const TableColumn& column : table_columns(table.columns))
      expected += "| `" + column.name + "` | " + (column.text ? "text" : "number") + " | " +
                  (column.optional ? "may be absent" : "must be given") + " |\n";
  }
  std::istringstream lines(text);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#")) inside = line.starts_with("### organization.");
    if (inside && line.starts_with("### ")) found += line + "\n";
    if (!inside || !line.starts_with("| `")) continue;
    size_t end = 0;
    for (int bar = 0; bar < 4; ++bar) end = line.find('|', end) + 1;
    found += line.substr(0, end) + "\n";
  }
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace chasm
