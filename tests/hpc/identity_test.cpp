#include "hpc/identity.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "hpc/bytes.hpp"
#include "hpc/sha256.hpp"
#include "hpc/this_code.hpp"
#include "sim/random.hpp"
#include "tests/hpc/toy_study.hpp"

namespace chasm {
namespace {

using Bytes = std::vector<unsigned char>;

Identity example() {
  Study study = toy::study({.text = "seed = 1\nreplications = 50\n"});
  study.setting.tables["edges"] = {"edges.csv", "aa", {"from", "to"}, {}};
  study.setting.tables["posts"] = {"posts.csv", "bb", {"post"}, {}};
  return identify(study, partition(study, 4));
}

TEST(Identity, SaysWhatTheRunIs) {
  const Identity identity = example();
  EXPECT_EQ(identity.model, "toy");
  EXPECT_EQ(identity.seed, 1u);
  EXPECT_EQ(identity.model_version, 1);
  EXPECT_EQ(identity.address_version, random_address_version);
  EXPECT_EQ(identity.code, this_code());
  EXPECT_EQ(identity.partition.pairs, 12u);
  EXPECT_EQ(identity.tables.size(), 2u);
  EXPECT_EQ(identity.study.size(), 64u);
}

TEST(Identity, NamesTheFirstDifference) {
  const std::vector<std::pair<std::function<void(Identity&)>, std::string>> changes{
      {[](Identity& i) { i.model = "march1991"; }, "the model is toy there, march1991 here"},
      {[](Identity& i) { i.seed = 7; }, "the seed is 1 there, 7 here"},
      {[](Identity& i) { i.text = "seed = 1\nreplications = 100\n"; },
       "line 2 of the study is \"replications = 50\" there, \"replications = 100\" here"},
      {[](Identity& i) { i.text = "seed = 1\n"; },
       "line 2 of the study is \"replications = 50\" there, absent here"},
      {[](Identity& i) { i.text += "steps = 3"; },
       "line 3 of the study is absent there, \"steps = 3\" here"},
      {[](Identity& i) { i.text.pop_back(); }, "the study's text ends differently"},
      {[](Identity& i) { i.text.insert(0, std::string(100, 'x')); },
       "line 1 of the study is \"seed = 1\" there, \"" + std::string(80, 'x') + "...\" here"},
      {[](Identity& i) { i.tables[1].second = "cc"; },
       "the table \"posts\" is SHA-256 bb there, cc here"},
      {[](Identity& i) { i.tables.pop_back(); },
       "the list of tables is (edges, posts) there, (edges) here"},
      {[](Identity& i) { i.study = "00"; }, "the study's SHA-256 is "},
      {[](Identity& i) { i.model_version = 2; }, "the version of the model toy is 1 there, 2 here"},
      {[](Identity& i) { i.address_version += 1; },
       "the version of random addresses is 1 there, 2 here"},
      {[](Identity& i) { i.code.version = "9"; }, "the version of chasm is "},
      {[](Identity& i) { i.code.commit = "beef"; }, "chasm's commit is "},
      {[](Identity& i) { i.partition.pairs = 13; }, "futures x replications is 12 there, 13 here"},
      {[](Identity& i) { i.partition.arms = 3; }, "the number of arms is 2 there, 3 here"},
      {[](Identity& i) { i.partition.pairs_per_block = 1; },
       "the number of worlds a block is 4 there, 2 here"},
  };
  const Identity theirs = example();
  EXPECT_EQ(difference(theirs, theirs), "");
  for (const auto& [change, expected] : changes) {
    Identity ours = theirs;
    change(ours);
    const std::string found = difference(theirs, ours);
    EXPECT_EQ(found.substr(0, expected.size()), expected);
    EXPECT_NE(tag_of(theirs), tag_of(ours)) << expected;
  }
}

TEST(Identity, TextAndTablesMakeTheDigest) {
  const Identity one = example();
  Study study = toy::study({.text = "seed = 1\nreplications = 50\n"});
  EXPECT_NE(identify(study, one.partition).study, one.study);
  study.setting.tables["edges"] = {"another/path.csv", "aa", {}, {}};
  study.setting.tables["posts"] = {"posts.csv", "bb", {}, {}};
  EXPECT_EQ(identify(study, one.partition).study, one.study)
      << "where a table lies does not matter";
  study.setting.tables["posts"].digest = "bc";
  EXPECT_NE(identify(study, one.partition).study, one.study);
}

TEST(Identity, RoundTrips) {
  const Identity identity = example();
  EXPECT_EQ(difference(decode_identity(encode(identity)), identity), "");
}

TEST(Identity, HostileBytesAreRefusedOrMeanWhatTheySay) {
  const Bytes good = encode(example());
  for (size_t length = 0; length < good.size(); ++length) {
    EXPECT_THROW(decode_identity(std::span(good).first(length)), BadBytes);
  }
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_THROW(decode_identity(longer), BadBytes);
  for (size_t at = 0; at < good.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      Bytes bytes = good;
      bytes[at] = static_cast<unsigned char>(value);
      try {
        const Identity identity = decode_identity(bytes);
        ASSERT_EQ(encode(identity), bytes);
        ASSERT_GE(identity.partition.pairs_per_block, 1u);
      } catch (const BadBytes&) {
      }
    }
  }
}

TEST(Sha256, KnownAnswers) {  // FIPS 180-4 examples
  Sha256 abc;
  abc.add("a");
  abc.add("bc");
  EXPECT_EQ(abc.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 empty;
  EXPECT_EQ(empty.hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace chasm
