// Every file of bad/ is refused with the message beside it.

#include <sstream>

#include "sim/error.hpp"
#include "sim/input/study_file.hpp"
#include "tests/input/golden.hpp"
#include "tests/input/sets.hpp"
#include "tests/input/toy_model.hpp"

namespace chasm {
namespace {

namespace fs = std::filesystem;

std::string message_of(const fs::path& file) {
  ReadOptions options;
  options.models = toy::models();
  options.sets = test::sets_of(file);
  try {
    read_study(file.string(), options);
  } catch (const InputError& error) {
    return std::string(error.what()) + "\n";
  }
  return "accepted\n";
}

TEST(BadStudies, AreRefusedWithTheMessageBesideThem) {
  fs::current_path(CHASM_TEST_FOLDER);
  const std::vector<fs::path> files = test::files_in("bad", ".toml");
  EXPECT_GT(files.size(), 200u);
  for (const fs::path& file : files) {
    const std::string message = message_of(file);
    EXPECT_NE(message, "accepted\n") << file;
    test::expect_golden(fs::path(file).replace_extension(".txt"), message);
  }
}

TEST(BadStudies, HaveNoMessageWithoutAStudy) {
  fs::current_path(CHASM_TEST_FOLDER);
  for (const fs::path& file : test::files_in("bad", ".txt")) {
    EXPECT_TRUE(fs::exists(fs::path(file).replace_extension(".toml"))) << file;
  }
}

// `place: key: problem (why) what to do`, one line a problem.
TEST(BadStudies, AreExplainedInOneForm) {
  fs::current_path(CHASM_TEST_FOLDER);
  for (const fs::path& file : test::files_in("bad", ".toml")) {
    std::istringstream lines(message_of(file));
    for (std::string line; std::getline(lines, line);) {
      if (line == "... and more") continue;
      EXPECT_NE(line.find('('), std::string::npos) << file << ": " << line;
      EXPECT_TRUE(line.starts_with("bad/") || line.starts_with("--set ")) << file << ": " << line;
      EXPECT_LT(line.size(), 500u) << file << ": " << line;
    }
  }
}

}  // namespace
}  // namespace chasm
