#pragma once

// Journals: finished blocks on disk before the result file exists. Beside results.h5 stands the folder
// results.h5.journal with one append-only file a writer. A file is never appended to by another process and never
// changed, so no lock, clock or rename decides what is true; a resumed run opens a file of its own.
//
//   frame  = magic, kind, offset in the file, identity tag, block, worlds, failed worlds, length of the payload,
//            XXH3-128 of the payload, XXH3-128 of the header so far; then the payload
//   file   = one frame of kind `identity`, then frames of kind `block`
//
// A frame counts when both checksums, its offset and its tag agree. After a damaged header the reader searches for
// the next magic; a whole header tells where its frame ends even where the payload is damaged.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "hpc/file.hpp"
#include "hpc/frame.hpp"
#include "hpc/identity.hpp"

namespace chasm {

// "results.h5" -> "results.h5.journal"
std::string journal_folder(const std::string& output);

// A block on its way to disk.
struct Entry {
  uint64_t block = 0;
  uint64_t worlds = 0;
  uint64_t failed = 0;
  std::vector<unsigned char> payload;
};

// Makes the folder and, with the first entry, a file that no other writer has. Not for several threads at once.
class JournalWriter {
 public:
  JournalWriter(std::string folder, const Identity&);
  // Makes the file before the first entry, so that others can see it.
  void start();
  // Returns once all of them are on disk (one fdatasync). Throws SystemError naming path and bytes; after that
  // the writer accepts nothing more, and what was committed before stays readable.
  void commit(std::span<const Entry>);
  // Throws SystemError where the file system reports a late error.
  void close();
  const std::string& path() const { return path_; }  // "" before the first entry or start()

 private:
  void create();
  void write(FrameHeader, std::span<const unsigned char> payload);

  std::string folder_;
  std::vector<unsigned char> identity_;
  uint64_t tag_;
  std::string path_;
  File file_;
  uint64_t size_ = 0;
  bool broken_ = false;
};

// What a folder of journals holds.
struct JournalSummary {
  std::optional<Identity> identity;  // the expected one, or the first found
  uint64_t files = 0;
  uint64_t blocks = 0;         // different ones
  uint64_t worlds = 0;         // in them
  uint64_t failed = 0;         // of those worlds
  uint64_t copies = 0;         // frames of blocks that were there already
  uint64_t damaged_bytes = 0;  // not part of any whole frame, unfinished ends included
};

// Reads journals, also while they are being written. Memory is O(blocks): payloads stay on disk.
class JournalReader {
 public:
  // With an identity, a journal of another one is refused; without, the first one found sets it.
  explicit JournalReader(std::string folder, std::optional<Identity> expected = {});

  // Reads what was appended since the last call, in all files. A folder that does not exist is empty.
  // Throws InputError on a journal of another identity (the first difference named), SystemError where two copies
  // of a block differ (both files named) or a file cannot be read.
  void refresh();

  const JournalSummary& summary() const { return summary_; }
  bool has(uint64_t block) const { return places_.contains(block); }
  std::vector<uint64_t> blocks() const;  // ascending
  // The payload of a block, checked against its checksum again; throws SystemError.
  std::vector<unsigned char> payload(uint64_t block) const;
  // The file that holds the block, for messages.
  const std::string& file_of(uint64_t block) const;
  uint64_t failed_in(uint64_t block) const;

 private:
  struct Place {
    const std::string* path;
    uint64_t offset;  // of the payload
    uint64_t length;
    uint64_t failed;
    Checksum checksum;
  };
  struct Source {
    uint64_t read_to = 0;  // start of the first frame that was not whole at the end of the file
    uint64_t kept = 0;     // bytes in whole frames
    uint64_t size = 0;     // when last read
    bool identified = false;
  };

  void list_files();
  void read_identity(const std::string& path, Source&);
  void read_file(const std::string& path, Source&);
  bool take_block(const std::string& path, const FrameHeader&);

  std::string folder_;
  std::optional<uint64_t> tag_;
  JournalSummary summary_;
  std::map<std::string, Source> sources_;  // by path
  std::unordered_map<uint64_t, Place> places_;
};

// What `chasm info --follow` shows; reads the folder once.
JournalSummary summarise_journals(const std::string& folder);

// Once the result file stands: removes the journals of this identity, those without a whole identity frame, and the
// folder where nothing is left in it. Throws SystemError.
void remove_journals(const std::string& folder, const Identity&);
// Removes the journals of any other identity. Throws SystemError.
void remove_other_journals(const std::string& folder, const Identity&);

}  // namespace chasm
