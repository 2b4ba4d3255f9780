// The studies that chasm comes with, and the starters that it writes: each is read, and its worlds
// run.

#include <sstream>

#include "models/models.hpp"
#include "sim/error.hpp"
#include "sim/input/study_file.hpp"
#include "tests/input/golden.hpp"
#include "tests/input/toy_model.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

namespace fs = std::filesystem;

ReadOptions options_of(const std::vector<std::string>& sets = {}) {
  ReadOptions options;
  options.models = models();
  options.sets = sets;
  return options;
}

const std::vector<std::string> few = {"design.futures=2", "design.replications=2"};

void expect_worlds(const Study& study) {
  const test::Worlds worlds = test::run(study);
  ASSERT_EQ(worlds.status.size(), study.worlds());
  for (const uint16_t failure : worlds.failure) EXPECT_EQ(failure, 0);
}

TEST(Scenarios, AreStudiesWhoseWorldsRun) {
  const std::vector<fs::path> files =
      test::files_in(CHASM_TEST_FOLDER "/../../scenarios/studies", ".toml");
  EXPECT_GE(files.size(), 7u);
  for (const fs::path& file : files) {
    SCOPED_TRACE(file);
    const Study study = read_study(file.string(), options_of());
    ReadOptions back = options_of();
    back.base_dir = file.parent_path().string();
    EXPECT_EQ(parse_study(study.text, "text", back).text, study.text);
    expect_worlds(read_study(file.string(), options_of(few)));
  }
}

TEST(Scenarios, Figure1HasAMillionWorldsIn27Cells) {
  const Study study =
      read_study(CHASM_TEST_FOLDER "/../../scenarios/studies/march-figure1.toml", options_of());
  EXPECT_EQ(study.arms.size(), 27u);
  EXPECT_GE(study.worlds(), 1'000'000u);
  EXPECT_LT(study.worlds(), 1'100'000u);
}

TEST(Starters, AreStudiesWhoseWorldsRun) {
  std::string other;
  for (const Model* model : models()) {
    SCOPED_TRACE(model->name);
    const std::string text = starter_study(*model);
    EXPECT_NE(text, other);
    other = text;
    const Study study = parse_study(text, "starter", options_of());
    EXPECT_EQ(study.model, model);
    EXPECT_GE(study.arms.size(), 2u);
    expect_worlds(parse_study(text, "starter", options_of(few)));
  }
}

// "# key = value   # meaning" lines are as good as the others.
std::string uncommented(const std::string& text) {
  std::string out, line;
  std::istringstream in(text);
  for (bool head = true; std::getline(in, line);) {
    head = head && !line.starts_with("schema");
    out += (!head && line.starts_with("# ") ? line.substr(2) : line) + "\n";
  }
  return out;
}

TEST(Starters, OfferOnlyWhatIsAccepted) {
  const fs::path folder = fs::temp_directory_path() / "chasm_starters";
  fs::create_directories(folder);
  std::ofstream(folder / "file.csv") << "from,to,unit,heads\n0,1,a,20\n1,2,b,30\n";
  for (const Model* model : {&toy::plain_model(), &toy::model(), models()[0], models()[1]}) {
    SCOPED_TRACE(model->name);
    std::string text = uncommented(starter_study(*model));
    // What is offered for a parameter twice stands for a choice: keep one of each.
    for (const char* section : {"[parameters]", "grid = "}) {
      size_t at = text.find(section);
      while (at != std::string::npos) {
        const size_t end = section[0] == '[' ? text.find("\n[", at) : text.find('\n', at);
        text.erase(at, end - at);
        at = text.find(section);
      }
    }
    // Sizes and an organization's own tables are a choice too: organizations_test reads the tables.
    if (const size_t at = text.find("[tables]"); model->name == "enterprise" && at < text.size())
      text.erase(at, text.find("\n[", at) - at);
    ReadOptions options;
    options.models = {&model, 1};
    options.base_dir = folder.string();
    try {
      const Study study = parse_study(text, "starter", options);
      EXPECT_EQ(study.design, "sobol");
    } catch (const InputError& error) {
      ADD_FAILURE() << text << "\n" << error.what();
    }
    // The parameters with their defaults, as offered.
    const std::string all = uncommented(starter_study(*model));
    const size_t from = all.find("[parameters]"), to = all.find("\n[", from);
    const Study given =
        parse_study("schema = \"chasm-study-1\"\n[study]\ntitle = \"A\"\nmodel = \"" +
                        std::string(model->name) + "\"\n" + all.substr(from, to - from) + "\n",
                    "starter", options);
    for (size_t i = 0; i < given.base.size(); ++i)
      EXPECT_EQ(given.base[i], model->parameters[i].value);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace chasm
