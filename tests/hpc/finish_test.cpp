// Finishing again, over other files, without the right to write, and with a log beside it.

#include "hpc/finish.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "hpc/examine_result.hpp"
#include "hpc/identity.hpp"
#include "hpc/read_result.hpp"
#include "hpc/run_log.hpp"
#include "sim/error.hpp"
#include "tests/hpc/example_study.hpp"
#include "tests/hpc/scratch_folder.hpp"

namespace chasm {
namespace {

namespace fs = std::filesystem;

class Finish : public testing::Test {
 protected:
  FinishReport run(const Study& study, bool replace = false) {
    example::Source source(study, parts_);
    source.change = change_;
    return finish(study, parts_, source, path_,
                  {.code = example::code(), .replace = replace, .progress = progress_});
  }
  std::string message_of(const Study& study, bool replace = false) {
    try {
      run(study, replace);
    } catch (const InputError& error) {
      return error.what();
    }
    return "nothing was thrown";
  }
  uint64_t files() const {
    return static_cast<uint64_t>(
        std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
  void put(const std::string& text) const { std::ofstream(path_) << text; }

  ScratchFolder folder_;
  std::string path_ = folder_ / "r.h5";
  Study study_ = example::study();
  Partition parts_ = partition(study_, 12);
  std::function<void(BlockResult&)> change_;
  std::function<bool(uint64_t)> progress_;
};

TEST_F(Finish, StoppedAtAnyBlockLeavesNothingAndRunsAgain) {
  for (uint64_t stop = 1; stop <= parts_.blocks(); ++stop) {
    progress_ = [&](uint64_t blocks) { return blocks < stop; };
    EXPECT_THROW(run(study_), Interrupted);
    EXPECT_EQ(files(), 0u);
  }
  progress_ = {};
  const std::string digest = run(study_).content_digest;
  EXPECT_EQ(ResultFile(path_).recompute_digest(), digest);
}

TEST_F(Finish, AFailingSourceLeavesTheEarlierResult) {
  const std::string before = run(study_).content_digest;
  change_ = [](BlockResult& block) {
    if (block.block == 5) throw SystemError("the disk is gone");
  };
  EXPECT_THROW(run(study_), SystemError);
  EXPECT_EQ(files(), 1u);
  EXPECT_EQ(ResultFile(path_).recompute_digest(), before);
}

TEST_F(Finish, BlocksThatDoNotFitAreRefused) {
  const std::vector<std::function<void(BlockResult&)>> faults = {
      [](BlockResult& b) { b.block += 1; },
      [](BlockResult& b) { b.status.pop_back(); },
      [](BlockResult& b) { b.failure.push_back(0); },
      [](BlockResult& b) { b.metrics.pop_back(); },
      [](BlockResult& b) { b.metrics[2].pop_back(); },
      [](BlockResult& b) { b.bands[1].pop_back(); },
      [](BlockResult& b) { b.series.emplace_back(); }};
  for (size_t i = 0; i < faults.size(); ++i) {
    change_ = [&](BlockResult& block) {
      if (block.block == 2) faults[i](block);
    };
    EXPECT_THROW(run(study_), SystemError) << "fault " << i;
    EXPECT_EQ(files(), 0u);
  }
}

TEST_F(Finish, LeftoversOfAKilledFinishAreReplaced) {
  std::ofstream(path_ + ".node7-4711-0123456789abcdef.tmp") << "half a file";
  std::ofstream(path_ + ".notes.tmp") << "not ours";
  run(study_);
  EXPECT_EQ(files(), 2u);
}

TEST_F(Finish, ALinkUnderTheTemporaryNameIsNotFollowed) {
  const std::string other = folder_ / "other";
  std::ofstream(other) << "precious";
  fs::create_symlink(other, path_ + ".node7-4711-0123456789abcdef.tmp");
  run(study_);
  std::string text;
  std::ifstream(other) >> text;
  EXPECT_EQ(text, "precious");
}

TEST_F(Finish, AResultOfTheSameStudyIsMadeAgain) {
  const std::string first = run(study_).content_digest;
  EXPECT_EQ(run(study_).content_digest, first);
}

TEST_F(Finish, AResultOfAnotherStudyIsNotReplacedUnasked) {
  const Study other = example::study({.seed = 7});
  run(other);
  const std::string message = message_of(study_);
  EXPECT_NE(message.find("seed"), std::string::npos) << message;
  EXPECT_NE(message.find("--force"), std::string::npos) << message;
  EXPECT_EQ(ResultFile(path_).info().seed, 7u);
  EXPECT_EQ(message_of(study_, true), "nothing was thrown");
  EXPECT_EQ(ResultFile(path_).info().seed, study_.seed);
}

TEST_F(Finish, AFileOfSomethingElseIsNotReplacedUnasked) {
  for (const char* text : {"", "my thesis", "\x89HDF\r\n\x1a\n and so on"}) {
    put(text);
    EXPECT_NE(message_of(study_).find("is not replaced"), std::string::npos) << message_of(study_);
    EXPECT_EQ(files(), 1u);
  }
}

TEST_F(Finish, PathsThatCannotBeWrittenAreBadInput) {
  path_ = folder_ / "missing/r.h5";
  EXPECT_NE(message_of(study_), "nothing was thrown");
  path_ = folder_.path();
  EXPECT_NE(message_of(study_, true), "nothing was thrown");
  path_ = "";
  EXPECT_NE(message_of(study_), "nothing was thrown");
}

TEST_F(Finish, AnExaminedResultIsThatOfItsStudy) {
  Identity ours = identify(study_, parts_);
  ours.code = example::code();
  EXPECT_FALSE(examine_result(path_, ours).there);
  run(study_);
  Existing found = examine_result(path_, ours);
  EXPECT_TRUE(found.there);
  EXPECT_EQ(found.difference, "");

  const auto expect_difference = [&](const std::string& word, auto change) {
    Identity other = ours;
    change(other);
    const std::string difference = examine_result(path_, other).difference;
    EXPECT_NE(difference.find(word), std::string::npos) << word << ": " << difference;
  };
  expect_difference("seed", [](Identity& i) { i.seed += 1; });
  expect_difference("model", [](Identity& i) { i.model = "march1991"; });
  expect_difference("version of the model", [](Identity& i) { i.model_version += 1; });
  expect_difference("addresses", [](Identity& i) { i.address_version += 1; });
  expect_difference("version of chasm", [](Identity& i) { i.code.version = "0.2.0"; });
  expect_difference("commit", [](Identity& i) { i.code.commit = "aaaa"; });
  expect_difference("line 3",
                    [](Identity& i) { i.text.replace(i.text.find("example"), 7, "else"); });
  expect_difference("edges", [](Identity& i) { i.tables[0].second[0] = 'f'; });
  put("something else");
  EXPECT_NE(examine_result(path_, ours).difference, "");
}

TEST_F(Finish, TheLogKeepsEveryRunInOrder) {
  const std::string log = folder_ / "r.log.json";
  EXPECT_EQ(run_log_path(path_), log);
  EXPECT_EQ(run_log_path("results"), "results.log.json");
  EXPECT_EQ(run_log_path(".h5"), ".h5.log.json");
  RunLogEntry entry;
  entry.command = "run";
  entry.started = utc_now();
  entry.host = host_name();
  entry.outcome = "interrupted \xff\n";  // no UTF-8
  entry.seconds_running = 1.5;
  append_run_log(path_, entry);
  entry.outcome = "done";
  append_run_log(path_, entry);
  const auto runs = nlohmann::json::parse(std::ifstream(log))["runs"];
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0]["outcome"].get<std::string>().substr(0, 11), "interrupted");
  EXPECT_EQ(runs[1]["outcome"], "done");
  EXPECT_EQ(runs[1]["seconds_running"], 1.5);
  EXPECT_EQ(runs[1]["started"].get<std::string>().size(), 20u);

  std::ofstream(log) << "{\"runs\": 3";
  append_run_log(path_, entry);
  EXPECT_EQ(nlohmann::json::parse(std::ifstream(log))["runs"].size(), 1u);
  EXPECT_EQ(files(), 1u);
}

TEST_F(Finish, ALogThatCannotBeWrittenIsSaid) {
  EXPECT_THROW(append_run_log(folder_ / "missing/r.h5", {}), SystemError);
  std::filesystem::create_directory(folder_ / "r.log.json");
  EXPECT_THROW(append_run_log(path_, {}), SystemError);
}

}  // namespace
}  // namespace chasm
