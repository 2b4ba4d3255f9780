#include "tests/hpc/journal_bytes.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "hpc/block_codec.hpp"
#include "tests/hpc/scratch_folder.hpp"
#include "tests/hpc/toy_study.hpp"

namespace chasm {

Bytes read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::string& path, const Bytes& bytes) {
  // A new file each time: some file systems write one that was truncated to disk at once.
  std::filesystem::remove(path);
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

Entry toy_entry(const Study& study, const Partition& partition, uint64_t block) {
  const BlockResult result = toy::block_of(study, partition, block);
  return {block, partition.worlds_in(block), failed_worlds(result),
          encode_block(result, study, partition)};
}

JournalBytes toy_journal(const Study& study, const Partition& partition,
                         const std::vector<uint64_t>& blocks) {
  const ScratchFolder scratch;
  const Identity identity = identify(study, partition);
  JournalWriter writer(scratch / "j", identity);
  JournalBytes journal;
  journal.ends.push_back(frame_header_bytes + encode(identity).size());
  for (const uint64_t block : blocks) {
    const Entry entry = toy_entry(study, partition, block);
    writer.commit({&entry, 1});
    journal.ends.push_back(journal.ends.back() + frame_header_bytes + entry.payload.size());
  }
  writer.close();
  journal.bytes = read_bytes(writer.path());
  return journal;
}

}  // namespace chasm
