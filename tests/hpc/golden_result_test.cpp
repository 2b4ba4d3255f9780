// Files of every released format version open forever. tests/golden/format-N*.h5 is never written again once a release
// has gone out with version N. Before that, and after a change that is meant:
//   build/dev/tests/readers/write_example /tmp && cp /tmp/bands.h5 tests/golden/format-1.h5 &&
//   cp /tmp/full.h5 tests/golden/format-1-full.h5

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "hpc/read_result.hpp"
#include "tests/hpc/example_study.hpp"
#include "tests/hpc/scratch_folder.hpp"

namespace chasm {
namespace {

const std::string golden = CHASM_GOLDEN_FOLDER;

TEST(GoldenResult, Format1Opens) {
  const ResultFile result(golden + "/format-1.h5");
  const ResultInfo& info = result.info();
  EXPECT_EQ(info.format_version, 1);
  EXPECT_EQ(info.title, "Ein Beispiel für alles");
  EXPECT_EQ(info.model, "example");
  EXPECT_EQ(info.model_version, 3);
  EXPECT_EQ(info.seed, 20260105u);
  EXPECT_EQ(info.code.version, "0.1.0");
  EXPECT_EQ(info.arms, (std::vector<std::string>{"nothing", "train them", "Überall, 2"}));
  EXPECT_EQ(info.futures, 7u);
  EXPECT_EQ(info.replications, 4u);
  EXPECT_EQ(info.failed_worlds, 12u);
  EXPECT_EQ(info.start, "2026-01-05");
  EXPECT_EQ(info.study, "# Größe: \"alles\"\n[study]\nmodel = \"example\"\nseed = 20260105\n");
  ASSERT_EQ(info.tables.size(), 1u);
  EXPECT_EQ(info.tables[0].first, "network.edges");
  EXPECT_EQ(result.recompute_digest(), info.content_digest);
}

TEST(GoldenResult, Format1ValuesStay) {
  const ResultFile result(golden + "/format-1.h5");
  // Numbers of the written file, not of today's code.
  EXPECT_EQ(result.metric("value", 0, 0, 0), -342564034461976.0);
  EXPECT_EQ(result.metric("value", 0, 0, 1), 114036935567855.0);
  EXPECT_EQ(result.status(0, 0, 0), Status::ok);
  EXPECT_EQ(result.status(0, 1, 0), Status::failed);
  EXPECT_TRUE(std::isnan(result.metric("value", 0, 1, 0)));
  std::vector<uint16_t> failures(28);
  result.failures(0, {0, 28}, failures);
  EXPECT_EQ(failures[4], 7);
}

TEST(GoldenResult, Format1SeriesStay) {
  const ResultFile result(golden + "/format-1-full.h5");
  std::vector<float> rows(4);
  result.series("share", 2, {27, 1}, rows);
  EXPECT_EQ(rows,
            (std::vector<float>{0x1.3fb432p-1f, 0x1.888f46p-1f, 0x1.4dd75cp-2f, 0x1.108388p-2f}));
  EXPECT_EQ(result.recompute_digest(), result.info().content_digest);
}

// A change of names, types, attributes or numbers is a change of the format: it shows here.
TEST(GoldenResult, TodaysFileSaysTheSame) {
  const ScratchFolder folder;
  for (const auto& [name, keep] :
       {std::pair("format-1.h5", Keep::bands), std::pair("format-1-full.h5", Keep::full)}) {
    const std::string path = folder / name;
    example::write(example::study({.keep = keep}), path);
    const ResultFile now(path), then(golden + "/" + name);
    EXPECT_EQ(now.variable_digests(), then.variable_digests());
    EXPECT_EQ(now.info().content_digest, then.info().content_digest);
  }
}

}  // namespace
}  // namespace chasm
