#include "hpc/block_codec.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "hpc/bytes.hpp"
#include "hpc/summarise_block.hpp"
#include "tests/hpc/toy_study.hpp"

namespace chasm {
namespace {

using Bytes = std::vector<unsigned char>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Case {
  Study study;
  Partition partition;
};

Case small_case(Keep keep) {
  Study study = toy::study({.futures = 5,
                            .replications = 1,
                            .arms = 2,
                            .steps = 2,
                            .keep = keep,
                            .totals = keep != Keep::full});
  return {study, partition(study, 4)};  // blocks of 4, 4 and 2 worlds
}

TEST(BlockCodec, RoundTripsAtOddSizes) {
  for (const Keep keep : {Keep::none, Keep::bands, Keep::full}) {
    for (const int arms : {1, 3, 7}) {
      for (const uint64_t futures : {1u, 5u}) {
        const Study study = toy::study({.futures = futures,
                                        .replications = 3,
                                        .arms = arms,
                                        .keep = keep,
                                        .totals = keep != Keep::none});
        for (const uint64_t worlds : {1u, 7u, 16u}) {
          const Partition parts = partition(study, worlds);
          for (uint64_t block = 0; block < parts.blocks(); ++block) {
            const BlockResult result = toy::block_of(study, parts, block);
            const Bytes bytes = encode_block(result, study, parts);
            ASSERT_TRUE(toy::same(decode_block(bytes, block, study, parts), result));
            ASSERT_LE(bytes.size(), most_bytes(study, parts.pairs_in(block)));
          }
        }
      }
    }
  }
}

// Of a study that keeps no world: sketches come back as they were, whatever is cut off is found, and copies are bytes alike.
TEST(BlockCodec, SketchesComeBack) {
  for (const int arms : {1, 3}) {
    for (const uint64_t futures : {1u, 5u}) {
      Study study = toy::study({.futures = futures,
                                .replications = 3,
                                .arms = arms,
                                .keep = Keep::bands,
                                .totals = true});
      study.outputs.worlds = false;
      const Partition parts = partition(study, 7);
      EXPECT_TRUE(futures == 1 || parts.pairs_per_block % 3 == 0) << "a future is cut";
      for (uint64_t block = 0; block < parts.blocks(); ++block) {
        const BlockResult result = toy::block_of(study, parts, block);
        const BlockResult summary = summarise_block(result, study, parts);
        const Bytes bytes = encode_block(result, study, parts);
        ASSERT_LE(bytes.size(), most_bytes(study, parts.pairs_in(block)));
        const BlockResult back = decode_block(bytes, block, study, parts);
        EXPECT_EQ(back.sketches, summary.sketches);
        EXPECT_EQ(back.outcomes, summary.outcomes);
        EXPECT_EQ(back.bands, result.bands);
        EXPECT_EQ(back.totals, result.totals);
        EXPECT_TRUE(back.status.empty() && back.metrics.empty());
        for (size_t size = 0; size < bytes.size(); ++size)
          EXPECT_THROW(decode_block(std::span(bytes).first(size), block, study, parts), BadBytes);
      }
    }
  }
}

TEST(BlockCodec, AStudyWithoutOutputsIsStatusAlone) {
  Study study = toy::study({.keep = Keep::full});
  study.outputs.metrics.clear();
  study.outputs.series.clear();
  const Partition parts = partition(study, 4);
  const BlockResult result = toy::block_of(study, parts, 1);
  const Bytes bytes = encode_block(result, study, parts);
  EXPECT_EQ(bytes.size(), 20u + 3 * 4);
  EXPECT_EQ(decode_block(bytes, 1, study, parts).status, result.status);
}

// The layout is a contract with journals on disk.
TEST(BlockCodec, KnownBytes) {
  Study study = toy::study({.futures = 1, .replications = 1, .arms = 1, .steps = 1});
  study.outputs.series = {0};
  study.outputs.every = 2;  // one row
  const Partition parts = partition(study, 1);
  BlockResult result = empty_block(study, parts, 0);
  result.status = {1};
  result.metrics = {{0.5}, {-2.0}, {nan}};
  result.bands[0][3] = 1;
  const Bytes expected{1, 0, 0,    0, 0, 0,    0,    0, 0, 0, 0,    0, 1, 0, 0, 0,
                       0, 0, 0,    0, 1, 0,    0,    0, 0, 0, 0x3F, 0, 0, 0, 0, 0,
                       0, 0, 0xC0, 0, 0, 0xC0, 0x7F, 8, 0, 0, 0,    0, 0, 0, 0, 1};
  EXPECT_EQ(encode_block(result, study, parts), expected);
}

TEST(BlockCodec, KnownBytesOfATotal) {
  Study study = toy::study({.futures = 1, .replications = 1, .arms = 1, .keep = Keep::none});
  study.outputs.metrics.clear();
  study.outputs.totals = {1};
  const Partition parts = partition(study, 1);
  BlockResult result = empty_block(study, parts, 0);
  result.status = {1};
  auto& cells = result.totals.at(0);
  ASSERT_EQ(cells.size(), 130u);
  cells[0] = 1;
  cells[63] = -1;
  cells[64] = 64;
  cells[129] = std::numeric_limits<int64_t>::min();
  Bytes expected{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0};
  const Bytes total{1,    0,    0,    0,    0,    0,    0,    0x80, 2,    1,  // 64 cells
                    1,    0,    0,    0,    0,    0,    0,    0,    0x80, 1,  // 64 more
                    2,    0,    0,    0,    0,    0,    0,    0,              // and two
                    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1};
  expected.insert(expected.end(), total.begin(), total.end());
  EXPECT_EQ(encode_block(result, study, parts), expected);
  EXPECT_TRUE(toy::same(decode_block(expected, 0, study, parts), result));
  Bytes beyond = expected;
  beyond[expected.size() - 11 - 7] |= 4;  // a third cell behind the 128th
  EXPECT_THROW(decode_block(beyond, 0, study, parts), BadBytes);
}

TEST(BlockCodec, SignedCountsHaveOneForm) {
  const auto read = [](Bytes bytes) {
    ByteReader reader(bytes);
    const int64_t value = reader.signed_count();
    reader.end();
    return value;
  };
  EXPECT_EQ(read({1}), -1);
  EXPECT_EQ(read({2}), 1);
  EXPECT_THROW(read({0x80}), BadBytes);
  EXPECT_THROW(read({0x80, 0x00}), BadBytes);
  EXPECT_THROW(read({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2}), BadBytes);
  EXPECT_THROW(read({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x81, 1}), BadBytes);
  using Limits = std::numeric_limits<int64_t>;
  for (const int64_t value : {int64_t{0}, int64_t{-64}, int64_t{64}, int64_t{1} << 62,
                              Limits::max(), Limits::min(), Limits::min() + 1}) {
    ByteWriter writer;
    writer.signed_count(value);
    EXPECT_EQ(read(writer.take()), value);
  }
}

TEST(BlockCodec, EveryNaNIsTheSameBytes) {
  const auto [study, parts] = small_case(Keep::full);
  BlockResult a = toy::block_of(study, parts, 0), b = a;
  for (auto& column : a.metrics) column[0] = nan;
  for (auto& column : b.metrics) column[0] = std::copysign(nan, -1.0);
  for (auto& series : a.series) series[0] = std::numeric_limits<float>::quiet_NaN();
  for (auto& series : b.series) series[0] = -std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(encode_block(a, study, parts), encode_block(b, study, parts));
}

TEST(BlockCodec, KeepsSignedZerosAndExtremes) {
  const auto [study, parts] = small_case(Keep::none);
  BlockResult result = toy::block_of(study, parts, 2);
  result.status = {1, 1};
  result.failure = {0, 0};
  result.metrics = {
      {-0.0, 0x1p-149}, {-0.0, 5e-324}, {std::numeric_limits<double>::infinity(), 0.0}};
  EXPECT_TRUE(toy::same(decode_block(encode_block(result, study, parts), 2, study, parts), result));
}

TEST(BlockCodec, ManyWorldsInOneCell) {
  const Study study = toy::study({.futures = 70'000, .replications = 1, .arms = 1, .steps = 1});
  Partition parts{70'000, 70'000, 1};
  BlockResult result = empty_block(study, parts, 0);
  result.status.assign(70'000, 1);
  for (auto& column : result.metrics) column.assign(70'000, 0.25);
  for (auto& cells : result.bands) {
    cells[0] = 127;
    cells[1] = 128;
    cells[2] = 16'384;
    cells[63] = 70'000 - 127 - 128 - 16'384;
  }
  const Bytes bytes = encode_block(result, study, parts);
  EXPECT_TRUE(toy::same(decode_block(bytes, 0, study, parts), result));
  EXPECT_LE(bytes.size(), most_bytes(study, 70'000));
}

// A result of the wrong shape is a fault of the program, never of the journal.
TEST(BlockCodec, ResultsOfAnotherShapeAreNotEncoded) {
  const auto [study, parts] = small_case(Keep::bands);
  const BlockResult good = toy::block_of(study, parts, 0);
  const std::vector<std::function<void(BlockResult&)>> faults{
      [](BlockResult& r) { r.block = 3; },
      [](BlockResult& r) { r.block = 2; },
      [](BlockResult& r) { r.status.pop_back(); },
      [](BlockResult& r) { r.failure.push_back(0); },
      [](BlockResult& r) { r.metrics.pop_back(); },
      [](BlockResult& r) { r.metrics[1].pop_back(); },
      [](BlockResult& r) { r.bands.pop_back(); },
      [](BlockResult& r) { r.bands[1].push_back(0); },
      [](BlockResult& r) { r.series.emplace_back(); },
      [](BlockResult& r) { r.totals.pop_back(); },
      [](BlockResult& r) { r.totals[1].push_back(0); },
      [](BlockResult& r) { r.status[0] = static_cast<uint8_t>(Status::not_run); },
  };
  for (const auto& fault : faults) {
    BlockResult bad = good;
    fault(bad);
    EXPECT_THROW(encode_block(bad, study, parts), std::logic_error) << &fault - faults.data();
  }
  const auto [full, full_parts] = small_case(Keep::full);
  BlockResult bad = toy::block_of(full, full_parts, 0);
  bad.series[0].pop_back();
  EXPECT_THROW(encode_block(bad, full, full_parts), std::logic_error);
}

bool decodes(const Bytes& bytes, uint64_t block, const Case& of) {
  try {
    decode_block(bytes, block, of.study, of.partition);
    return true;
  } catch (const BadBytes&) {
    return false;
  }
}

TEST(BlockCodec, EveryTruncationAndExtensionIsRefused) {
  for (const Keep keep : {Keep::none, Keep::bands, Keep::full}) {
    const Case of = small_case(keep);
    Bytes bytes = encode_block(toy::block_of(of.study, of.partition, 0), of.study, of.partition);
    for (size_t length = 0; length < bytes.size(); ++length) {
      ASSERT_FALSE(decodes(Bytes(bytes.begin(), bytes.begin() + static_cast<long>(length)), 0, of));
    }
    bytes.push_back(0);
    EXPECT_FALSE(decodes(bytes, 0, of));
  }
}

// Whatever the bytes, they are refused or are the one encoding of what they decode to.
TEST(BlockCodec, HostileBytesAreRefusedOrMeanWhatTheySay) {
  for (const Keep keep : {Keep::none, Keep::bands, Keep::full}) {
    const Case of = small_case(keep);
    const Bytes good =
        encode_block(toy::block_of(of.study, of.partition, 0), of.study, of.partition);
    for (size_t at = 0; at < good.size(); ++at) {
      for (int value = 0; value < 256; ++value) {
        Bytes bytes = good;
        bytes[at] = static_cast<unsigned char>(value);
        if (!decodes(bytes, 0, of)) continue;
        const BlockResult result = decode_block(bytes, 0, of.study, of.partition);
        ASSERT_EQ(encode_block(result, of.study, of.partition), bytes) << "byte " << at;
      }
    }
  }
}

TEST(BlockCodec, BytesOfAnotherBlockAreRefused) {
  const Case of = small_case(Keep::bands);
  const Bytes bytes =
      encode_block(toy::block_of(of.study, of.partition, 0), of.study, of.partition);
  EXPECT_TRUE(decodes(bytes, 0, of));
  EXPECT_FALSE(decodes(bytes, 1, of));
  EXPECT_FALSE(decodes(bytes, 3, of));
}

TEST(BlockCodec, ImpossibleWorldsAreRefused) {
  const Case of = small_case(Keep::bands);
  const BlockResult good = toy::block_of(of.study, of.partition, 0);
  const Bytes bytes = encode_block(good, of.study, of.partition);
  constexpr size_t status = 20, failure = 24;
  const auto with = [&](size_t at, unsigned char value) {
    Bytes changed = bytes;
    changed[at] = value;
    return changed;
  };
  const auto ok = static_cast<size_t>(std::find(good.status.begin(), good.status.end(), 1) -
                                      good.status.begin());
  ASSERT_LT(ok, 4u);
  EXPECT_FALSE(decodes(with(status + ok, 0), 0, of)) << "not run";
  EXPECT_FALSE(decodes(with(status + ok, 3), 0, of)) << "no such status";
  EXPECT_FALSE(decodes(with(status + ok, 2), 0, of)) << "failed without a reason";
  EXPECT_FALSE(decodes(with(failure + 2 * ok, 1), 0, of)) << "a reason without failure";
  Bytes failed_with_value = with(status + ok, 2);
  failed_with_value[failure + 2 * ok] = 1;
  EXPECT_FALSE(decodes(failed_with_value, 0, of)) << "failed, and yet a metric";
}

TEST(BlockCodec, HistogramsNeverHoldMoreWorldsThanThereAre) {
  const Case of = small_case(Keep::bands);
  BlockResult result = toy::block_of(of.study, of.partition, 0);
  result.bands[0][0] += 3;  // of two worlds an arm
  const Bytes bytes = encode_block(result, of.study, of.partition);
  EXPECT_FALSE(decodes(bytes, 0, of));
}

TEST(BlockCodec, CountsHaveOneForm) {
  const auto read = [](Bytes bytes) {
    ByteReader reader(bytes);
    const uint32_t value = reader.count();
    reader.end();
    return value;
  };
  EXPECT_EQ(read({0}), 0u);
  EXPECT_EQ(read({0x7F}), 127u);
  EXPECT_EQ(read({0x80, 0x01}), 128u);
  EXPECT_EQ(read({0xFF, 0xFF, 0xFF, 0xFF, 0x0F}), 0xFFFFFFFFu);
  EXPECT_THROW(read({0x80}), BadBytes);
  EXPECT_THROW(read({0x80, 0x00}), BadBytes);
  EXPECT_THROW(read({0xFF, 0xFF, 0xFF, 0xFF, 0x1F}), BadBytes);
  EXPECT_THROW(read({0x80, 0x80, 0x80, 0x80, 0x80, 0x01}), BadBytes);
  for (const uint32_t value : {0u, 1u, 127u, 128u, 16383u, 16384u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
    ByteWriter writer;
    writer.count(value);
    EXPECT_EQ(read(writer.take()), value);
  }
}

TEST(BlockCodec, EstimateIsNearWhatIsWritten) {
  const Study study = toy::study({.futures = 1000, .replications = 1, .arms = 2, .steps = 10});
  const Partition parts = partition(study, 512);
  const uint64_t written = encode_block(toy::block_of(study, parts, 0), study, parts).size();
  EXPECT_LE(written, most_bytes(study, parts.pairs_in(0)));
  EXPECT_GE(2 * written, most_bytes(study, parts.pairs_in(0)));
}

}  // namespace
}  // namespace chasm
