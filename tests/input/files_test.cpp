// Study files and tables as files: missing, huge, moved.

#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "sim/error.hpp"
#include "sim/input/study_file.hpp"
#include "sim/input/table_file.hpp"
#include "tests/input/golden.hpp"
#include "tests/input/toy_model.hpp"

namespace chasm {
namespace {

namespace fs = std::filesystem;

class StudyFiles : public testing::Test {
 protected:
  StudyFiles() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / ("chasm_" + std::string(info->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~StudyFiles() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }

  static std::string message(const std::string& path, const ReadOptions& more = {}) {
    try {
      read(path, more);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  static Study read(const std::string& path, ReadOptions options = {}) {
    options.models = toy::models();
    return read_study(path, options);
  }

  fs::path folder_;
};

constexpr const char* smallest =
    "schema = \"chasm-study-1\"\n[study]\ntitle = \"A\"\nmodel = \"toy\"\n";
constexpr const char* with_table =
    "schema = \"chasm-study-1\"\n[study]\ntitle = \"A\"\nmodel = \"toy\"\n"
    "[tables]\nnetwork.edges = \"edges.csv\"\n";

TEST_F(StudyFiles, MustExist) {
  const std::string path = (folder_ / "none.toml").string();
  EXPECT_EQ(message(path),
            path + ": cannot be opened (No such file or directory) check its name and folder");
  EXPECT_NE(message(folder_.string()).find("is a folder"), std::string::npos);
}

TEST_F(StudyFiles, MustBeReadable) {
  // Opens, but cannot be read, whoever asks.
  EXPECT_NE(message("/proc/self/mem").find("cannot be read (Input/output error)"),
            std::string::npos);
}

TEST_F(StudyFiles, MayHave16Megabytes) {
  std::string text = "schema = \"chasm-study-1\"\n[study]\ntitle = \"A\"\nmodel = \"toy\"\n#";
  text.resize(16 << 20, 'x');
  EXPECT_EQ(message(write("large.toml", text)), "");
  EXPECT_NE(message(write("larger.toml", text + "x")).find("is too large (more than 16 MB)"),
            std::string::npos);
}

TEST_F(StudyFiles, MayHaveAMillionValues) {
  const std::string text = std::string(smallest) + "[design]\ngrid = { trust = [0.1";
  std::string many = text;
  for (int i = 0; i < 1'000'000; ++i) many += ",1";
  const std::string path = write("many.toml", many + "] }\n");
  EXPECT_NE(message(path).find("more than 1000000 values in one file"), std::string::npos);
  EXPECT_EQ(message(write("few.toml", text + "] }\n")), "");
}

TEST_F(StudyFiles, AreRefusedSoonerThanEveryProblemIsFound) {
  std::string text = std::string(smallest) + "[parameters]\n";
  for (int i = 0; i < 200'000; ++i) text += "k" + std::to_string(i) + " = 1\n";
  const std::string problems = message(write("wrong.toml", text));
  EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n'), 20);
  EXPECT_TRUE(problems.ends_with("\n... and more"));
}

TEST_F(StudyFiles, AreNoDevicesAndNoPipesWithoutEnd) {
  EXPECT_EQ(message("/dev/zero"), "/dev/zero: is a device (a file is needed) name a file");
  const std::string pipe = (folder_ / "pipe").string();
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] {
    std::signal(SIGPIPE, SIG_IGN);
    std::ofstream out(pipe, std::ios::binary);
    const std::string part(1 << 20, '#');
    while (out.write(part.data(), static_cast<std::streamsize>(part.size()))) {
    }
  });
  EXPECT_EQ(message(pipe), pipe + ": is too large (more than 16 MB) give a smaller file");
  writer.join();
}

TEST_F(StudyFiles, MayIncludeAFileTwiceButNotWithoutEnd) {
  write("a.toml", "include = [\"c.toml\"]\n");
  write("b.toml", "include = [\"c.toml\"]\n");
  write("c.toml", "[study]\ntitle = \"A\"\nmodel = \"toy\"\n");
  EXPECT_EQ(message(write("study.toml",
                          "schema = \"chasm-study-1\"\ninclude = [\"a.toml\", \"b.toml\"]\n")),
            "");
  std::string twice;
  for (int i = 0; i < 20; ++i) {
    const std::string next = "\"" + std::to_string(i + 1) + ".toml\"";
    write(std::to_string(i) + ".toml", "include = [" + next + ", " + next + "]\n");
  }
  write("20.toml", "");
  const std::string many =
      message(write("many.toml", "schema = \"chasm-study-1\"\ninclude = [\"0.toml\"]\n"));
  EXPECT_NE(many.find("more than 64 files in one study"), std::string::npos) << many;
}

TEST_F(StudyFiles, FindTheirTablesFromAnyFolder) {
  const std::string study = write("inner/study.toml", with_table);
  write("inner/edges.csv", "from,to\n0,1\n");
  const fs::path here = fs::current_path();
  const Study from_here = read(study);
  fs::current_path(folder_);
  const Study from_there = read("inner/study.toml");
  fs::current_path(here);
  EXPECT_EQ(from_here.text, from_there.text);
  EXPECT_NE(from_here.text.find("path = \"edges.csv\""), std::string::npos);
}

TEST_F(StudyFiles, TakeTablesOfTheCommandLineFromWhereItRuns) {
  write("inner/study.toml", with_table);
  write("outer.csv", "from,to\n5,6\n");
  const fs::path here = fs::current_path();
  fs::current_path(folder_);
  ReadOptions options;
  options.sets = {"tables.network.edges=outer.csv"};
  const Study study = read("inner/study.toml", options);
  fs::current_path(here);
  EXPECT_EQ(study.setting.tables.at("network.edges").values[0][0], 5);
  EXPECT_NE(study.text.find("path = \"../outer.csv\""), std::string::npos) << study.text;
}

TEST_F(StudyFiles, AskForTablesByDigest) {
  const std::string path = write("study.toml", with_table);
  const std::string edges = "from,to\n0,1\n";
  const std::string csv = write("edges.csv", edges);
  const std::string text = read(path).text;
  const std::string elsewhere = write("elsewhere/mine.csv", edges);
  const std::string other = write("elsewhere/other.csv", "from,to\n0,2\n");

  ReadOptions options;
  options.models = toy::models();
  options.base_dir = folder_.string();
  const auto problem = [&] {
    try {
      parse_study(text, "result.h5", options);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  write("edges.csv", "from,to\n0,2\n");
  EXPECT_NE(problem().find("is another file than the study's"), std::string::npos) << problem();
  fs::remove(csv);
  EXPECT_NE(problem().find("the study needs the table with SHA-256"), std::string::npos)
      << problem();
  options.table_files = {other};
  EXPECT_NE(problem().find("the study needs the table with SHA-256"), std::string::npos)
      << problem();
  options.table_files = {other, elsewhere};
  const Study study = parse_study(text, "result.h5", options);
  EXPECT_EQ(study.text, text);
  EXPECT_EQ(study.setting.tables.at("network.edges").values[1][0], 1);
}

}  // namespace
}  // namespace chasm
