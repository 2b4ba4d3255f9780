#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include "hpc/bytes.hpp"
#include "hpc/journal.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

// Whole files ending in ".journal", in the order of their names; what else lies in the folder is not ours.
std::vector<std::string> journals_in(const std::string& folder) {
  std::vector<std::string> paths;
  for (const std::string& name : names_in(folder)) {
    if (name.ends_with(".journal")) paths.push_back(folder + '/' + name);
  }
  return paths;
}

// A file read forwards in large pieces, so that even a file made of nothing but magics costs one pass.
class Window {
 public:
  Window(const File& file, uint64_t size)
      : file_(file), bytes_(std::clamp<uint64_t>(size, 1 << 10, 1 << 18)) {}

  // Bytes from the offset on: `least` of them unless the file ends before, `least` <= size().
  std::span<const unsigned char> at(uint64_t offset, size_t least) {
    if (offset < start_ || offset + least > start_ + held_) {
      held_ = file_.read(offset, bytes_);
      start_ = offset;
    }
    return std::span(bytes_).first(held_).subspan(offset - start_);
  }
  size_t size() const { return bytes_.size(); }

 private:
  const File& file_;
  std::vector<unsigned char> bytes_;
  uint64_t start_ = 0;
  size_t held_ = 0;
};

std::optional<FrameHeader> header_at(Window& window, uint64_t offset) {
  const auto bytes = window.at(offset, frame_header_bytes);
  if (bytes.size() < frame_header_bytes) return {};
  return decode_frame(bytes.first<frame_header_bytes>(), offset);
}

std::vector<unsigned char> read_payload(const File& file, uint64_t offset, uint64_t length) {
  std::vector<unsigned char> bytes(length);
  bytes.resize(file.read(offset, bytes));
  return bytes;
}

// Of bytes on disk, without holding them.
Checksum checksum_at(Window& window, uint64_t offset, uint64_t length) {
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                       XXH3_freeState);
  if (!state) throw std::bad_alloc();
  XXH3_128bits_reset(state.get());
  while (length > 0) {
    const auto here = window.at(offset, std::min<uint64_t>(window.size(), length));
    if (here.empty()) break;
    const size_t taken = std::min<uint64_t>(here.size(), length);
    XXH3_128bits_update(state.get(), here.data(), taken);
    offset += taken;
    length -= taken;
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
  return {hash.low64, hash.high64};
}

// Where the next frame may begin: the first magic from `offset` on, or the few last bytes, which may be its start.
uint64_t next_magic(Window& window, uint64_t offset, uint64_t size) {
  constexpr size_t overlap = frame_magic.size() - 1;
  while (size - offset > overlap) {
    const auto here = window.at(offset, frame_magic.size());
    const auto found =
        std::search(here.begin(), here.end(), frame_magic.begin(), frame_magic.end());
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
  FrameBytes bytes{};
  if (file.read(0, bytes) != bytes.size()) return {};
  const auto header = decode_frame(bytes, 0);
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
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    throw SystemError("the journal " + path + " cannot be removed (" +
                      std::generic_category().message(errno) + ") check its folder's permissions");
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

// The same study in other blocks is no other study, and what it committed need not be lost.
[[noreturn]] void refuse_journal(const std::string& path, const Identity& theirs,
                                 const Identity& ours) {
  Identity regrouped = theirs;
  regrouped.partition = ours.partition;
  if (difference(regrouped, ours).empty())
    throw InputError("the journal " + path + " has other blocks (" + difference(theirs, ours) +
                     ") give --block " +
                     std::to_string(theirs.partition.pairs_per_block * theirs.partition.arms) +
                     " to go on with it, choose another output path, or replace it with --force");
  throw InputError("the journal " + path + " belongs to another study or build (" +
                   difference(theirs, ours) +
                   ") choose another output path, or replace what is there with --force");
}

}  // namespace

JournalReader::JournalReader(std::string folder, std::optional<Identity> expected)
    : folder_(std::move(folder)) {
  if (expected) tag_ = tag_of(*expected);
  summary_.identity = std::move(expected);
}

void JournalReader::refresh() {
  for (const std::string& path : journals_in(folder_)) sources_.try_emplace(path);
  summary_.files = sources_.size();
  for (auto& [path, source] : sources_) {
    if (!source.identified) read_identity(path, source);
  }
  if (!tag_) return;
  for (auto& [path, source] : sources_) read_file(path, source);
  summary_.damaged_bytes = 0;
  for (const auto& [path, source] : sources_) summary_.damaged_bytes += source.size - source.kept;
}

void JournalReader::read_identity(const std::string& path, Source& source) {
  const File file = File::open(path);
  if (!file.is_open()) return;
  auto found = identity_in(file, file.size());
  if (!found) return;
  auto& [identity, tag] = *found;
  if (!tag_) {
    summary_.identity = std::move(identity);
    tag_ = tag;
  } else if (tag != *tag_) {
    refuse_journal(path, identity, *summary_.identity);
  }
  source.identified = true;
}

void JournalReader::read_file(const std::string& path, Source& source) {
  const File file = File::open(path);
  if (!file.is_open()) return;
  source.size = std::max(source.size, file.size());
  const uint64_t size = source.size;
  Window window(file, size);
  while (size - source.read_to >= frame_header_bytes) {
    const auto header = header_at(window, source.read_to);
    if (!header) {
      source.read_to = next_magic(window, source.read_to + 1, size);
      continue;
    }
    if (!fits(*header, size)) break;
    const uint64_t bytes = frame_header_bytes + header->length;
    const bool whole =
        header->tag == *tag_ &&
        checksum_at(window, header->offset + frame_header_bytes, header->length) == header->payload;
    if (whole && (header->kind == FrameKind::identity || take_block(path, *header))) {
      source.kept += bytes;
    }
    source.read_to += bytes;
  }
}

bool JournalReader::take_block(const std::string& path, const FrameHeader& header) {
  const Partition& partition = summary_.identity->partition;
  if (header.block >= partition.blocks() || header.worlds != partition.worlds_in(header.block) ||
      header.failed > header.worlds) {
    return false;
  }
  const Place place{&path, header.offset + frame_header_bytes, header.length, header.failed,
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
                      *other.path + " and " + path +
                      ") one machine computed wrongly: remove the journal you trust less and run "
                      "the same command again");
  }
  ++summary_.copies;
  return true;
}

std::vector<uint64_t> JournalReader::blocks() const {
  std::vector<uint64_t> blocks;
  blocks.reserve(places_.size());
  for (const auto& [block, place] : places_) blocks.push_back(block);
  std::sort(blocks.begin(), blocks.end());
  return blocks;
}

std::vector<unsigned char> JournalReader::payload(uint64_t block) const {
  const Place& place = places_.at(block);
  const File file = File::open(*place.path);
  std::vector<unsigned char> bytes;
  if (file.is_open() && file.size() >= place.offset + place.length) {
    bytes = read_payload(file, place.offset, place.length);
  }
  if (bytes.size() != place.length || checksum(bytes) != place.checksum) {
    throw SystemError("block " + std::to_string(block) + " cannot be read from " + *place.path +
                      " (it has changed since it was found) check the disk, then run the same "
                      "command again: the block is computed anew");
  }
  return bytes;
}

const std::string& JournalReader::file_of(uint64_t block) const { return *places_.at(block).path; }

uint64_t JournalReader::failed_in(uint64_t block) const { return places_.at(block).failed; }

JournalSummary summarise_journals(const std::string& folder) {
  JournalReader reader(folder);
  reader.refresh();
  return reader.summary();
}

void remove_journals(const std::string& folder, const Identity& identity) {
  remove_if(folder,
            [own = tag_of(identity)](std::optional<uint64_t> tag) { return !tag || *tag == own; });
  // Fails where something else lies in it, which then stays.
  ::rmdir(folder.c_str());
}

void remove_other_journals(const std::string& folder, const Identity& identity) {
  remove_if(folder,
            [own = tag_of(identity)](std::optional<uint64_t> tag) { return tag && *tag != own; });
}

}  // namespace chasm
