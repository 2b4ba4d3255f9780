#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "hpc/bytes.hpp"
#include "hpc/journal.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

constexpr size_t window = 1 << 18;

// Whole files ending in ".journal", in the order of their names; what else lies in the folder is not ours.
std::vector<std::string> journals_in(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".journal") paths.push_back(at->path().string());
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw SystemError("the journal folder " + folder + " cannot be read (" + error.message() +
                      ") check its permissions");
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::optional<FrameHeader> header_at(const File& file, uint64_t offset) {
  FrameBytes bytes{};
  if (file.read(offset, bytes) != bytes.size()) return {};
  return decode_frame(bytes, offset);
}

std::vector<unsigned char> read_payload(const File& file, uint64_t offset, uint64_t length) {
  std::vector<unsigned char> bytes(length);
  bytes.resize(file.read(offset, bytes));
  return bytes;
}

// Of bytes on disk, without holding them.
Checksum checksum_at(const File& file, uint64_t offset, uint64_t length) {
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                      XXH3_freeState);
  if (!state) throw std::bad_alloc();
  XXH3_128bits_reset(state.get());
  std::vector<unsigned char> bytes(std::min<uint64_t>(window, length));
  while (length > 0) {
    const auto want = std::span(bytes).first(std::min<uint64_t>(window, length));
    const size_t got = file.read(offset, want);
    XXH3_128bits_update(state.get(), bytes.data(), got);
    if (got < want.size()) break;
    offset += got;
    length -= got;
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
  return {hash.low64, hash.high64};
}

// Where the next frame may begin: the first magic from `offset` on, or the few last bytes, which may be its start.
uint64_t next_magic(const File& file, uint64_t offset, uint64_t size) {
  std::vector<unsigned char> bytes(window);
  constexpr size_t overlap = frame_magic.size() - 1;
  while (size - offset > overlap) {
    const auto here = std::span(bytes).first(file.read(offset, bytes));
    const auto found = std::search(here.begin(), here.end(), frame_magic.begin(), frame_magic.end());
    if (found != here.end()) return offset + static_cast<uint64_t>(found - here.begin());
    if (here.size() <= overlap) return size;
    offset += here.size() - overlap;
  }
  return offset;
}

bool fits(const FrameHeader& header, uint64_t size) {
  return size - header.offset >= frame_header_bytes &&
         header.length <= size - header.offset - frame_header_bytes;
}

// The identity in the first frame, with its tag.
std::optional<std::pair<Identity, uint64_t>> identity_in(const File& file, uint64_t size) {
  const auto header = header_at(file, 0);
  if (!header || header->kind != FrameKind::identity || !fits(*header, size)) return {};
  const auto payload = read_payload(file, frame_header_bytes, header->length);
  if (payload.size() != header->length || checksum(payload) != header->payload) return {};
  try {
    Identity identity = decode_identity(payload);
    const uint64_t tag = tag_of(identity);
    if (tag != header->tag) return {};
    return std::pair(std::move(identity), tag);
  } catch (const BadBytes&) {
    return {};
  }
}

void remove_file(const std::string& path) {
  std::error_code error;
  std::filesystem::remove(path, error);
  if (error) {
    throw SystemError("the journal " + path + " cannot be removed (" + error.message() +
                      ") check its folder's permissions");
  }
}

template <class Chosen>
void remove_if(const std::string& folder, Chosen chosen) {
  for (const std::string& path : journals_in(folder)) {
    const File file = File::open(path);
    if (!file.is_open()) continue;
    const auto found = identity_in(file, file.size());
    if (chosen(found ? std::optional(found->second) : std::nullopt)) remove_file(path);
  }
}

}  // namespace

JournalReader::JournalReader(std::string folder, std::optional<Identity> expected)
    : folder_(std::move(folder)) {
  if (expected) tag_ = tag_of(*expected);
  summary_.identity = std::move(expected);
}

void JournalReader::refresh() {
  list_files();
  for (Source& source : sources_) {
    if (!source.identified) read_identity(source);
  }
  if (!tag_) return;
  for (uint32_t index = 0; index < sources_.size(); ++index) read_file(index);
  summary_.damaged_bytes = 0;
  for (const Source& source : sources_) summary_.damaged_bytes += source.size - source.kept;
}

void JournalReader::list_files() {
  for (const std::string& path : journals_in(folder_)) {
    if (paths_.contains(path)) continue;
    sources_.push_back({.path = path});
    paths_.insert(path);
  }
  summary_.files = sources_.size();
}

void JournalReader::read_identity(Source& source) {
  const File file = File::open(source.path);
  if (!file.is_open()) return;
  const auto found = identity_in(file, file.size());
  if (!found) return;
  const auto& [identity, tag] = *found;
  if (!tag_) {
    tag_ = tag;
    summary_.identity = identity;
  } else if (tag != *tag_) {
    throw InputError("the journal " + source.path + " belongs to another study or build (" +
                     difference(identity, *summary_.identity) +
                     ") choose another output path, or replace what is there with --force");
  }
  source.identified = true;
}

void JournalReader::read_file(uint32_t index) {
  Source& source = sources_[index];
  const File file = File::open(source.path);
  if (!file.is_open()) return;
  source.size = std::max(source.size, file.size());
  const uint64_t size = source.size;
  while (size - source.read_to >= frame_header_bytes) {
    const auto header = header_at(file, source.read_to);
    if (!header) {
      source.read_to = next_magic(file, source.read_to + 1, size);
      continue;
    }
    if (!fits(*header, size)) break;
    const uint64_t bytes = frame_header_bytes + header->length;
    const bool whole =
        header->tag == *tag_ &&
        checksum_at(file, header->offset + frame_header_bytes, header->length) == header->payload;
    if (whole && (header->kind == FrameKind::identity || take_block(index, *header))) {
      source.kept += bytes;
    }
    source.read_to += bytes;
  }
}

bool JournalReader::take_block(uint32_t file, const FrameHeader& header) {
  const Partition& partition = summary_.identity->partition;
  if (header.block >= partition.blocks() ||
      header.worlds != partition.worlds_in(header.block) || header.failed > header.worlds) {
    return false;
  }
  const Place place{file, header.offset + frame_header_bytes, header.length, header.failed,
                    header.payload};
  const auto [at, is_new] = places_.try_emplace(header.block, place);
  if (is_new) {
    ++summary_.blocks;
    summary_.worlds += header.worlds;
    summary_.failed += header.failed;
    return true;
  }
  const Place& other = at->second;
  if (other.length != place.length || other.checksum != place.checksum ||
      other.failed != place.failed) {
    throw SystemError("two copies of block " + std::to_string(header.block) + " differ (" +
                      sources_[other.file].path + " and " + sources_[file].path +
                      ") one machine computed wrongly: remove the journal you trust less and run "
                      "the same command again");
  }
  ++summary_.copies;
  return true;
}

std::vector<unsigned char> JournalReader::payload(uint64_t block) const {
  const Place& place = places_.at(block);
  const std::string& path = sources_[place.file].path;
  const File file = File::open(path);
  std::vector<unsigned char> bytes;
  if (file.is_open() && file.size() >= place.offset + place.length) {
    bytes = read_payload(file, place.offset, place.length);
  }
  if (bytes.size() != place.length || checksum(bytes) != place.checksum) {
    throw SystemError("block " + std::to_string(block) + " cannot be read from " + path +
                      " (it has changed since it was found) check the disk, then run the same "
                      "command again: the block is computed anew");
  }
  return bytes;
}

const std::string& JournalReader::file_of(uint64_t block) const {
  return sources_[places_.at(block).file].path;
}

uint64_t JournalReader::failed_in(uint64_t block) const { return places_.at(block).failed; }

JournalSummary summarise_journals(const std::string& folder) {
  JournalReader reader(folder);
  reader.refresh();
  return reader.summary();
}

void remove_journals(const std::string& folder, const Identity& identity) {
  remove_if(folder, [own = tag_of(identity)](std::optional<uint64_t> tag) {
    return !tag || *tag == own;
  });
  std::error_code not_empty;
  std::filesystem::remove(folder, not_empty);
}

void remove_other_journals(const std::string& folder, const Identity& identity) {
  remove_if(folder, [own = tag_of(identity)](std::optional<uint64_t> tag) {
    return tag && *tag != own;
  });
}

}  // namespace chasm
