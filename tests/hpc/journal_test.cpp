// What a folder of journals gives back: every whole frame, and nothing that was not written.

#include "hpc/journal.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "sim/error.hpp"
#include "tests/hpc/journal_bytes.hpp"
#include "tests/hpc/scratch_folder.hpp"
#include "tests/hpc/toy_study.hpp"

namespace chasm {
namespace {

class Journal : public testing::Test {
 protected:
  Study study_ = toy::study();
  Partition partition_ = partition(study_, 4);  // 6 blocks
  Identity identity_ = identify(study_, partition_);
  ScratchFolder scratch_;
  std::string folder_ = scratch_ / "r.h5.journal";

  JournalReader read() const {
    JournalReader reader(folder_, identity_);
    reader.refresh();
    return reader;
  }
  void put(const std::string& name, const Bytes& bytes) const {
    std::filesystem::create_directories(folder_);
    write_bytes(folder_ + '/' + name, bytes);
  }
  bool intact(const JournalReader& reader, uint64_t block) const {
    return reader.payload(block) == toy_entry(study_, partition_, block).payload;
  }
};

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST_F(Journal, GivesBackWhatWasCommitted) {
  JournalWriter writer(folder_, identity_);
  EXPECT_FALSE(std::filesystem::exists(folder_)) << "a run without a block leaves nothing behind";
  const std::vector<Entry> entries{toy_entry(study_, partition_, 4),
                                   toy_entry(study_, partition_, 1)};
  writer.commit(entries);
  writer.close();

  const JournalReader reader = read();
  EXPECT_TRUE(intact(reader, 1));
  EXPECT_TRUE(intact(reader, 4));
  EXPECT_FALSE(reader.has(0));
  EXPECT_EQ(reader.file_of(1), writer.path());
  const JournalSummary& summary = reader.summary();
  EXPECT_EQ(summary.files, 1u);
  EXPECT_EQ(summary.blocks, 2u);
  EXPECT_EQ(summary.worlds, 8u);
  EXPECT_EQ(summary.failed, entries[0].failed + entries[1].failed);
  EXPECT_EQ(summary.copies, 0u);
  EXPECT_EQ(summary.damaged_bytes, 0u);
}

TEST_F(Journal, FolderThatIsNotThereIsEmpty) {
  EXPECT_EQ(read().summary().blocks, 0u);
  EXPECT_EQ(summarise_journals(folder_).files, 0u);
}

TEST_F(Journal, WritersNeverShareAFile) {
  JournalWriter one(folder_, identity_), two(folder_, identity_);
  const Entry first = toy_entry(study_, partition_, 0), second = toy_entry(study_, partition_, 1);
  one.commit({&first, 1});
  two.commit({&second, 1});
  EXPECT_NE(one.path(), two.path());
  EXPECT_EQ(read().summary().blocks, 2u);
}

TEST_F(Journal, EveryTruncationKeepsTheWholeFrames) {
  const JournalBytes journal = toy_journal(study_, partition_, {3, 0, 5});
  for (size_t length = 0; length <= journal.bytes.size(); ++length) {
    put("a.journal",
        Bytes(journal.bytes.begin(), journal.bytes.begin() + static_cast<long>(length)));
    const JournalReader reader = read();
    const std::vector<uint64_t> blocks{3, 0, 5};
    uint64_t whole = 0;
    for (size_t i = 0; i < blocks.size(); ++i) {
      const bool expected = journal.ends[i + 1] <= length;
      ASSERT_EQ(reader.has(blocks[i]), expected) << "length " << length;
      ASSERT_TRUE(!expected || intact(reader, blocks[i])) << "length " << length;
      whole += expected;
    }
    ASSERT_EQ(reader.summary().blocks, whole) << "length " << length;
  }
}

TEST_F(Journal, EveryBitFlipCostsAtMostItsOwnFrame) {
  const std::vector<uint64_t> blocks{3, 0, 5};
  const JournalBytes journal = toy_journal(study_, partition_, blocks);
  for (size_t bit = 0; bit < 8 * journal.bytes.size(); ++bit) {
    Bytes damaged = journal.bytes;
    damaged[bit / 8] ^= static_cast<unsigned char>(1u << (bit % 8));
    put("a.journal", damaged);
    const JournalReader reader = read();
    uint64_t whole = 0;
    for (size_t i = 0; i < blocks.size(); ++i) {
      const bool hit = bit / 8 >= journal.ends[i] && bit / 8 < journal.ends[i + 1];
      ASSERT_EQ(reader.has(blocks[i]), !hit) << "bit " << bit;
      ASSERT_TRUE(hit || intact(reader, blocks[i])) << "bit " << bit;
      whole += !hit;
    }
    ASSERT_EQ(reader.summary().blocks, whole) << "bit " << bit;
    ASSERT_GT(reader.summary().damaged_bytes, 0u) << "bit " << bit;
  }
}

TEST_F(Journal, FindsFramesAgainAfterGarbage) {
  const JournalBytes journal = toy_journal(study_, partition_, {3, 0, 5});
  // A garbage stretch over the end of block 3 and the header of block 0, with magic bytes in it.
  for (const size_t length : {1u, 7u, 96u, 150u}) {
    Bytes damaged = journal.bytes;
    for (size_t i = 0; i < length; ++i) {
      damaged[journal.ends[1] - 20 + i] = frame_magic[i % frame_magic.size()];
    }
    put("a.journal", damaged);
    const JournalReader reader = read();
    EXPECT_FALSE(reader.has(3));
    EXPECT_EQ(reader.has(0), length < 20) << length;
    EXPECT_TRUE(intact(reader, 5)) << length;
  }
}

TEST_F(Journal, GarbageIsNoBlock) {
  uint64_t state = 1;
  for (int round = 0; round < 300; ++round) {
    Bytes garbage(static_cast<size_t>(round * 7));
    for (unsigned char& byte : garbage) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      byte = static_cast<unsigned char>(state >> 56);
    }
    if (garbage.size() > 200)
      std::copy(frame_magic.begin(), frame_magic.end(), garbage.begin() + 90);
    put("a.journal", garbage);
    ASSERT_EQ(read().summary().blocks, 0u);
    ASSERT_EQ(read().summary().damaged_bytes, garbage.size());
  }
}

TEST_F(Journal, FramesLongerThanTheReadersWindow) {
  JournalWriter writer(folder_, identity_);
  std::vector<Entry> entries;
  for (uint64_t block = 0; block < 3; ++block) {
    entries.push_back({block, 4, 0, Bytes(1'000'000 + block, static_cast<unsigned char>(block))});
  }
  writer.commit(entries);
  for (const bool damaged : {false, true}) {
    if (damaged) {
      Bytes bytes = read_bytes(writer.path());
      bytes[1'400'000] ^= 1;  // in the payload of block 1
      write_bytes(writer.path(), bytes);
    }
    const JournalReader reader = read();
    for (const Entry& entry : entries) {
      EXPECT_EQ(reader.has(entry.block), !damaged || entry.block != 1);
      EXPECT_TRUE(!reader.has(entry.block) || reader.payload(entry.block) == entry.payload);
    }
  }
}

TEST_F(Journal, AFileOfNothingButMagicsIsReadInOnePass) {
  Bytes hostile;
  while (hostile.size() < 4'000'000) {
    hostile.insert(hostile.end(), frame_magic.begin(), frame_magic.end());
  }
  put("a.journal", hostile);
  EXPECT_EQ(read().summary().blocks, 0u);
}

TEST_F(Journal, AFrameMovedOrHiddenInAPayloadIsNoFrame) {
  const JournalBytes journal = toy_journal(study_, partition_, {3, 0, 5});
  // The frame of block 0 alone, where the file's second frame should be.
  Bytes moved(journal.bytes.begin(), journal.bytes.begin() + static_cast<long>(journal.ends[0]));
  moved.insert(moved.end(), journal.bytes.begin() + static_cast<long>(journal.ends[1]),
               journal.bytes.begin() + static_cast<long>(journal.ends[2]));
  put("a.journal", moved);
  EXPECT_EQ(read().summary().blocks, 0u);

  // A frame inside the payload of another, at the offset it claims; the outer payload is damaged.
  Entry outer{3, 4, 0, Bytes(400)};
  FrameHeader inner;
  inner.offset = journal.ends[0] + frame_header_bytes + 40;
  inner.tag = tag_of(identity_);
  inner.block = 1;
  inner.worlds = 4;
  inner.payload = checksum({});
  const FrameBytes bytes = encode(inner);
  std::copy(bytes.begin(), bytes.end(), outer.payload.begin() + 40);
  JournalWriter writer(folder_, identity_);
  writer.commit({&outer, 1});
  Bytes damaged = read_bytes(writer.path());
  damaged.back() ^= 1;
  write_bytes(writer.path(), damaged);
  EXPECT_EQ(read().summary().blocks, 0u);
}

TEST_F(Journal, AFrameThatContradictsTheStudyIsNoBlock) {
  JournalWriter writer(folder_, identity_);
  const Entry good = toy_entry(study_, partition_, 0);
  Entry beyond = good, crowded = good, too_many_failed = good;
  beyond.block = 6;
  crowded.worlds = 5;
  crowded.block = 1;
  too_many_failed.failed = 5;
  too_many_failed.block = 2;
  const std::vector<Entry> entries{beyond, crowded, too_many_failed, good};
  writer.commit(entries);
  const JournalReader reader = read();
  EXPECT_EQ(reader.summary().blocks, 1u);
  EXPECT_TRUE(reader.has(0));
  EXPECT_GT(reader.summary().damaged_bytes, 0u);
}

TEST_F(Journal, LengthsBeyondTheFileAreNotBelieved) {
  JournalBytes journal = toy_journal(study_, partition_, {3});
  for (const uint64_t length :
       {uint64_t{1} << 40, ~uint64_t{0}, ~uint64_t{0} - 95, uint64_t{1} << 63}) {
    FrameHeader header;
    header.offset = journal.bytes.size();
    header.tag = tag_of(identity_);
    header.block = 1;
    header.worlds = 4;
    header.length = length;
    const FrameBytes bytes = encode(header);
    Bytes hostile = journal.bytes;
    hostile.insert(hostile.end(), bytes.begin(), bytes.end());
    put("a.journal", hostile);
    EXPECT_EQ(read().summary().blocks, 1u);

    header.offset = 0;
    header.kind = FrameKind::identity;
    const FrameBytes first = encode(header);
    put("a.journal", Bytes(first.begin(), first.end()));
    EXPECT_FALSE(summarise_journals(folder_).identity.has_value());
  }
}

TEST_F(Journal, EqualCopiesAreOneBlock) {
  const Bytes bytes = toy_journal(study_, partition_, {3, 0}).bytes;
  put("a.journal", bytes);
  put("b.journal", bytes);
  const JournalReader reader = read();
  EXPECT_EQ(reader.summary().blocks, 2u);
  EXPECT_EQ(reader.summary().copies, 2u);
  EXPECT_EQ(reader.summary().worlds, 8u);
}

TEST_F(Journal, CopiesThatDifferStopEverything) {
  for (const uint64_t changed : {0u, 1u}) {
    std::filesystem::remove_all(folder_);
    JournalWriter one(folder_, identity_), two(folder_, identity_);
    Entry entry = toy_entry(study_, partition_, 3);
    one.commit({&entry, 1});
    if (changed == 0) entry.payload.back() ^= 1;
    if (changed == 1) entry.payload.push_back(0);
    two.commit({&entry, 1});
    const std::string message = message_of([&] { read(); });
    EXPECT_THROW(read(), SystemError);
    for (const std::string& part : {std::string("block 3"), one.path(), two.path()}) {
      EXPECT_NE(message.find(part), std::string::npos) << message;
    }
  }
}

TEST_F(Journal, AnotherStudyIsRefusedByName) {
  put("a.journal", toy_journal(study_, partition_, {3}).bytes);
  Study other = toy::study({.seed = 2});
  JournalReader reader(folder_, identify(other, partition_));
  EXPECT_THROW(reader.refresh(), InputError);
  const std::string message = message_of([&] { reader.refresh(); });
  EXPECT_NE(message.find("the seed is 1 there, 2 here"), std::string::npos) << message;
  EXPECT_NE(message.find("a.journal"), std::string::npos) << message;
}

TEST_F(Journal, TwoStudiesInOneFolderAreRefused) {
  put("a.journal", toy_journal(study_, partition_, {3}).bytes);
  put("b.journal", toy_journal(toy::study({.seed = 2}), partition_, {3}).bytes);
  EXPECT_THROW(summarise_journals(folder_), InputError);
}

TEST_F(Journal, FramesOfAnotherStudyBehindADamagedIdentityAreNotTaken) {
  Bytes bytes = toy_journal(toy::study({.seed = 2}), partition_, {3}).bytes;
  bytes[100] ^= 1;
  put("a.journal", bytes);
  EXPECT_EQ(read().summary().blocks, 0u);
}

TEST_F(Journal, SummaryNeedsNoStudy) {
  put("a.journal", toy_journal(study_, partition_, {3, 0}).bytes);
  put("b.journal", toy_journal(study_, partition_, {5, 0}).bytes);
  const JournalSummary summary = summarise_journals(folder_);
  ASSERT_TRUE(summary.identity.has_value());
  EXPECT_EQ(difference(*summary.identity, identity_), "");
  EXPECT_EQ(summary.identity->partition.blocks(), 6u);
  EXPECT_EQ(summary.blocks, 3u);
  EXPECT_EQ(summary.copies, 1u);
}

TEST_F(Journal, IsFollowedWhileItGrows) {
  const JournalBytes journal = toy_journal(study_, partition_, {3, 0, 5});
  JournalReader reader(folder_);
  // Whatever the pieces in which bytes arrive, each frame is found once.
  for (size_t length = 0; length < journal.bytes.size(); length += 37) {
    put("a.journal",
        Bytes(journal.bytes.begin(), journal.bytes.begin() + static_cast<long>(length)));
    reader.refresh();
  }
  put("a.journal", journal.bytes);
  reader.refresh();
  put("b.journal", toy_journal(study_, partition_, {1}).bytes);
  reader.refresh();
  reader.refresh();
  EXPECT_EQ(reader.summary().blocks, 4u);
  EXPECT_EQ(reader.summary().copies, 0u);
  EXPECT_EQ(reader.summary().damaged_bytes, 0u);
  EXPECT_TRUE(intact(reader, 5));
  std::filesystem::remove_all(folder_);
  reader.refresh();
  EXPECT_THROW(reader.payload(5), SystemError) << "the result was made and the journals removed";
}

TEST_F(Journal, ABlockThatChangedSinceItWasFoundIsAnError) {
  Bytes bytes = toy_journal(study_, partition_, {3}).bytes;
  put("a.journal", bytes);
  const JournalReader reader = read();
  bytes.back() ^= 1;
  put("a.journal", bytes);
  const std::string message = message_of([&] { reader.payload(3); });
  EXPECT_NE(message.find("block 3 cannot be read"), std::string::npos) << message;
  bytes.pop_back();
  put("a.journal", bytes);
  EXPECT_THROW(reader.payload(3), SystemError);
}

TEST_F(Journal, OtherFilesInTheFolderAreLeftAlone) {
  put("a.journal", toy_journal(study_, partition_, {3}).bytes);
  put("a.journal~", toy_journal(toy::study({.seed = 2}), partition_, {3}).bytes);
  put("notes.txt", {'h', 'i'});
  EXPECT_EQ(read().summary().files, 1u);
  remove_journals(folder_, identity_);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/a.journal"));
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/notes.txt"));
}

TEST_F(Journal, APipeDoesNotHangTheReader) {
  std::filesystem::create_directories(folder_);
  ASSERT_EQ(::mkfifo((folder_ + "/p.journal").c_str(), 0600), 0);
  EXPECT_THROW(read(), SystemError);
}

TEST_F(Journal, IsRemovedByIdentity) {
  const Study other = toy::study({.seed = 2});
  put("a.journal", toy_journal(study_, partition_, {3}).bytes);
  put("b.journal", toy_journal(other, partition_, {3}).bytes);
  put("c.journal", {});
  remove_other_journals(folder_, identity_);
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/a.journal"));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/b.journal"));
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/c.journal")) << "it may be one that just begins";
  remove_journals(folder_, identity_);
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(Journal, WritingWhereNothingCanBeWrittenSaysSo) {
  write_bytes(scratch_ / "file", {});
  JournalWriter writer(scratch_ / "file/j", identity_);
  const Entry entry = toy_entry(study_, partition_, 0);
  EXPECT_THROW(writer.commit({&entry, 1}), SystemError);
  const std::string message = message_of([&] { writer.commit({&entry, 1}); });
  EXPECT_NE(message.find("takes no more blocks"), std::string::npos) << message;
}

}  // namespace
}  // namespace chasm
