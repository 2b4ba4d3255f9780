// Any bytes as a journal: read with and without knowing the study, as an identity and as a block. Nothing may crash,
// hang or allocate without measure; what is accepted must mean what it says.

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <string>

#include "hpc/block_codec.hpp"
#include "hpc/bytes.hpp"
#include "hpc/journal.hpp"
#include "sim/error.hpp"
#include "tests/hpc/toy_study.hpp"

namespace {

using namespace chasm;
using Bytes = std::span<const unsigned char>;

void require(bool truth) {
  if (!truth) std::abort();
}

struct Setting {
  Study study = toy::study();
  Partition parts = partition(study, 4);
  Identity identity = identify_for_all_builds();
  std::string folder =
      std::filesystem::temp_directory_path() / ("chasm-fuzz-" + std::to_string(::getpid()));

  Setting() { std::filesystem::create_directories(folder); }
  ~Setting() { std::filesystem::remove_all(folder); }

  // Kept inputs must stay whole in every build.
  Identity identify_for_all_builds() const {
    Identity made = identify(study, parts);
    made.code = {"0", "0"};
    return made;
  }
};

const Setting& setting() {
  static const Setting setting;
  return setting;
}

void read_journal(const std::optional<Identity>& expected) {
  JournalReader reader(setting().folder, expected);
  try {
    reader.refresh();
    reader.refresh();
  } catch (const InputError&) {
    return;
  } catch (const SystemError&) {
    return;
  }
  const JournalSummary& summary = reader.summary();
  require(reader.blocks().size() == summary.blocks);
  require(summary.failed <= summary.worlds);
  for (const uint64_t block : reader.blocks()) {
    const auto payload = reader.payload(block);
    if (!expected) continue;
    try {
      const BlockResult result = decode_block(payload, block, setting().study, setting().parts);
      require(encode_block(result, setting().study, setting().parts) == payload);
    } catch (const BadBytes&) {
    }
  }
}

void read_identity(Bytes bytes) {
  try {
    const auto again = encode(decode_identity(bytes));
    require(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
  } catch (const BadBytes&) {
  }
}

void read_block(Bytes bytes) {
  for (const Keep keep : {Keep::none, Keep::bands, Keep::full}) {
    Study study = setting().study;
    study.outputs.keep = keep;
    try {
      const BlockResult result = decode_block(bytes, 0, study, setting().parts);
      const auto again = encode_block(result, study, setting().parts);
      require(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
    } catch (const BadBytes&) {
    }
  }
}

}  // namespace

#ifdef CHASM_FUZZING
extern "C" size_t LLVMFuzzerMutate(uint8_t*, size_t, size_t);

// Makes every frame whole again whose magic and length stand, so that mutations reach what lies behind checksums.
static void mend(std::span<unsigned char> bytes) {
  size_t at = 0;
  while (bytes.size() - at >= frame_header_bytes) {
    FrameHeader header;
    const unsigned char* raw = &bytes[at];
    header.kind = static_cast<FrameKind>(1 + raw[8] % 2);
    header.offset = at;
    header.tag = tag_of(setting().identity);
    header.block = read_little_endian<uint64_t>(raw + 32) % 8;
    header.worlds = read_little_endian<uint64_t>(raw + 40) % 8;
    header.failed = read_little_endian<uint64_t>(raw + 48) % 8;
    header.length = read_little_endian<uint64_t>(raw + 56);
    const size_t rest = bytes.size() - at - frame_header_bytes;
    if (header.length > rest) header.length = rest;
    header.payload = checksum(bytes.subspan(at + frame_header_bytes, header.length));
    const FrameBytes made = encode(header);
    std::copy(made.begin(), made.end(), bytes.begin() + static_cast<long>(at));
    at += frame_header_bytes + header.length;
  }
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
  size = LLVMFuzzerMutate(data, size, most);
  if (seed % 4 != 0) mend({data, size});
  return size;
}
#endif

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  {
    // A new file each time: some file systems write one that was truncated to disk at once.
    const std::string path = setting().folder + "/a.journal";
    std::filesystem::remove(path);
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  }
  read_journal(setting().identity);
  read_journal({});
  read_identity({data, size});
  read_block({data, size});
  return 0;
}
