// Equal content is equal bytes and one digest; anything else that differs makes it another digest.

#include <gtest/gtest.h>
#include <hdf5.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include "hpc/digest.hpp"
#include "hpc/hdf5_read.hpp"
#include "hpc/read_result.hpp"
#include "tests/hpc/example_study.hpp"
#include "tests/hpc/scratch_folder.hpp"

namespace chasm {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string digest_of(const Study& study, const std::string& path,
                      const std::function<void(BlockResult&)>& change = {},
                      const CodeIdentity& code = example::code()) {
  const Partition parts = partition(study, 12);
  example::Source source(study, parts);
  source.change = change;
  return finish(study, parts, source, path, {.code = code, .replace = true, .progress = {}})
      .content_digest;
}

class Digest : public testing::TestWithParam<Keep> {
 protected:
  ScratchFolder folder_;
};

TEST_P(Digest, BlocksOfAnySizeMakeTheSameBytes) {
  const Study study =
      example::study({.arms = 3, .futures = 11, .replications = 5, .keep = GetParam()});
  example::write(study, folder_ / "a.h5");
  const std::string expected = bytes_of(folder_ / "a.h5");
  for (const uint64_t worlds : {1, 3, 7, 16, 48, 160, 1000}) {
    example::write(study, folder_ / "b.h5", worlds);
    EXPECT_EQ(bytes_of(folder_ / "b.h5") == expected, true) << worlds << " worlds a block";
  }
}

TEST_P(Digest, EveryKindOfValueCounts) {
  const Study study = example::study({.keep = GetParam()});
  std::set<std::string> digests = {digest_of(study, folder_ / "r.h5")};
  const auto expect_new = [&](const char* what, const std::function<void(BlockResult&)>& change) {
    EXPECT_TRUE(digests.insert(digest_of(study, folder_ / "r.h5", change)).second) << what;
  };
  for (uint64_t block = 0; block < partition(study, 12).blocks(); block += 3) {
    const auto in_block = [block](auto change) {
      return [block, change](BlockResult& result) {
        if (result.block == block) change(result);
      };
    };
    expect_new("status", in_block([](BlockResult& b) { b.status[5] ^= 3; }));
    expect_new("failure", in_block([](BlockResult& b) { b.failure[11] ^= 0x8000; }));
    for (size_t k = 0; k < 4; ++k) {
      expect_new("metric", in_block([k](BlockResult& b) {
                   double& value = b.metrics[k][7];
                   value = std::isnan(value) ? 0.0
                           : k == 0          ? std::nextafter(value, 1e300)
                                             : std::nextafterf(static_cast<float>(value), 1e30f);
                 }));
    }
    // Two worlds that swap places.
    expect_new("order", in_block([](BlockResult& b) {
                 std::swap(b.metrics[0][2], b.metrics[0][3]);
                 std::swap(b.metrics[0][4], b.metrics[0][8]);
               }));
    expect_new("total", in_block([](BlockResult& b) { ++b.totals[1][b.block]; }));
    if (GetParam() == Keep::full)
      expect_new("series", in_block([](BlockResult& b) { b.series[1][13] = 0.123f; }));
    if (GetParam() == Keep::bands)
      expect_new("histogram", in_block([](BlockResult& b) { ++b.bands[1][b.block]; }));
  }
}

INSTANTIATE_TEST_SUITE_P(Result, Digest, testing::Values(Keep::none, Keep::bands, Keep::full));

TEST(ResultDigest, EverythingThatTheStudySaysCounts) {
  const ScratchFolder folder;
  std::set<std::string> digests = {digest_of(example::study(), folder / "r.h5")};
  const auto expect_new = [&](const char* what, const std::function<void(Study&)>& change) {
    Study study = example::study();
    change(study);
    EXPECT_TRUE(digests.insert(digest_of(study, folder / "r.h5")).second) << what;
  };
  expect_new("title", [](Study& s) { s.title += "!"; });
  expect_new("question", [](Study& s) { s.question = ""; });
  expect_new("design", [](Study& s) { s.design = "sobol"; });
  expect_new("start", [](Study& s) { s.start = "2026-01-12"; });
  expect_new("name of an arm", [](Study& s) { s.arms[2].name = "elsewhere"; });
  expect_new("parameter of an arm", [](Study& s) { s.arms[1].parameters[0].second = 41.5; });
  expect_new("lever", [](Study& s) { s.arms[1].levers[0].until = 31; });
  expect_new("ramp", [](Study& s) { s.arms[1].levers[0].ramp = 7; });
  expect_new("condition", [](Study& s) { s.arms[2].levers[1].when = {}; });
  expect_new("currency", [](Study& s) { s.currency = "CHF"; });
  expect_new("price year", [](Study& s) { s.price_year = 0; });
  expect_new("totals", [](Study& s) { s.outputs.totals.pop_back(); });
  expect_new("base value", [](Study& s) { s.base[1] = 3; });
  expect_new("size", [](Study& s) { s.setting.sizes[0] = 5; });
  expect_new("choice", [](Study& s) { s.setting.choices[0] = 0; });
  expect_new("table", [](Study& s) { s.setting.tables["network.edges"].digest[3] = 'b'; });
  expect_new("text", [](Study& s) { s.text += "\n"; });
  expect_new("seed", [](Study& s) { s.seed += 1; });
  expect_new("steps", [](Study& s) { s.steps += 1; });
  expect_new("metrics", [](Study& s) { s.outputs.metrics.pop_back(); });
}

TEST(ResultDigest, TheCodeIsWrittenButDoesNotCount) {
  const ScratchFolder folder;
  const Study study = example::study();
  const std::string here = digest_of(study, folder / "a.h5");
  EXPECT_EQ(digest_of(study, folder / "b.h5", {}, {"0.9.9", "ffff"}), here);
  EXPECT_NE(bytes_of(folder / "a.h5"), bytes_of(folder / "b.h5"));
  EXPECT_EQ(ResultFile(folder / "b.h5").info().code, (CodeIdentity{"0.9.9", "ffff"}));
}

TEST(ResultDigest, EqualContentIsEqualBytes) {
  const ScratchFolder folder;
  std::filesystem::create_directory(folder / "deeper");
  const Study study = example::study();
  example::write(study, folder / "a.h5");
  example::write(study, folder / "deeper/another-name.h5");
  EXPECT_TRUE(bytes_of(folder / "a.h5") == bytes_of(folder / "deeper/another-name.h5"));
}

TEST(ResultDigest, VariablesHaveDigestsOfTheirOwn) {
  const ScratchFolder folder;
  const Study study = example::study();
  digest_of(study, folder / "a.h5");
  digest_of(study, folder / "b.h5", [](BlockResult& b) {
    if (b.block == 0) b.metrics[1][3] = 0.5;
  });
  const auto a = ResultFile(folder / "a.h5").variable_digests();
  const auto b = ResultFile(folder / "b.h5").variable_digests();
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].first, b[i].first);
    EXPECT_EQ(a[i].second == b[i].second, a[i].first != "/adopters") << a[i].first;
  }
}

// Somebody edits the file with another program.
class Edited : public testing::Test {
 protected:
  void SetUp() override {
    example::write(example::study(), path_);
    stored_ = ResultFile(path_).info().content_digest;
  }
  void edit(const std::function<void(hid_t)>& change) {
    const hid_t file = H5Fopen(path_.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    ASSERT_GE(file, 0);
    change(file);
    ASSERT_GE(H5Fclose(file), 0);
  }
  std::string now() const { return read_manifest(open_for_reading(path_)).digest(); }

  ScratchFolder folder_;
  std::string path_ = folder_ / "r.h5";
  std::string stored_;
};

TEST_F(Edited, AValue) {
  edit([](hid_t file) {
    const hid_t data = H5Dopen2(file, "payback", H5P_DEFAULT);
    std::vector<float> values(84);
    H5Dread(data, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    values[17] = 1.5f;
    H5Dwrite(data, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(data);
  });
  EXPECT_NE(now(), stored_);
}

TEST_F(Edited, ANameOfAVariable) {
  edit([](hid_t file) { H5Lmove(file, "payback", file, "payback2", H5P_DEFAULT, H5P_DEFAULT); });
  EXPECT_NE(now(), stored_);
}

TEST_F(Edited, AnAttributeThatVanished) {
  edit([](hid_t file) { H5Adelete_by_name(file, "value", "units", H5P_DEFAULT); });
  EXPECT_NE(now(), stored_);
}

TEST_F(Edited, ANewGroup) {
  edit([](hid_t file) {
    H5Gclose(H5Gcreate2(file, "note", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  });
  EXPECT_NE(now(), stored_);
}

TEST_F(Edited, OnlyTheCommit) {
  edit([](hid_t file) { H5Adelete_by_name(file, "/", "code_commit", H5P_DEFAULT); });
  EXPECT_EQ(now(), stored_);
}

}  // namespace
}  // namespace chasm
