#pragma once

// Journals as bytes, for tests that damage them.

#include <string>
#include <vector>

#include "hpc/identity.hpp"
#include "hpc/journal.hpp"

namespace chasm {

using Bytes = std::vector<unsigned char>;

Bytes read_bytes(const std::string& path);
void write_bytes(const std::string& path, const Bytes&);

// The entry of a block of the toy study.
Entry toy_entry(const Study&, const Partition&, uint64_t block);

// A journal file of these blocks, one commit each, and where each frame ends: [0] the identity, [i + 1] blocks[i].
struct JournalBytes {
  Bytes bytes;
  std::vector<size_t> ends;
};
JournalBytes toy_journal(const Study&, const Partition&, const std::vector<uint64_t>& blocks);

}  // namespace chasm
