#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "hpc/journal.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

void make_folder(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0777) == 0) {
    sync_folder(folder_of(folder));
  } else if (errno != EEXIST) {
    throw SystemError("the journal folder " + folder + " cannot be made (" +
                      std::generic_category().message(errno) +
                      ") check permissions and space, then run the same command again");
  }
}

}  // namespace

std::string journal_folder(const std::string& output) { return output + ".journal"; }

JournalWriter::JournalWriter(std::string folder, const Identity& identity)
    : folder_(std::move(folder)), identity_(encode(identity)), tag_(tag_of(identity)) {}

void JournalWriter::create() {
  make_folder(folder_);
  do {
    path_ = folder_ + '/' + own_name() + ".journal";
    file_ = File::create(path_);
  } while (!file_.is_open());
  FrameHeader header;
  header.kind = FrameKind::identity;
  write(header, identity_);
}

void JournalWriter::write(FrameHeader header, std::span<const unsigned char> payload) {
  header.offset = size_;
  header.tag = tag_;
  header.length = payload.size();
  header.payload = checksum(payload);
  file_.write(encode(header));
  file_.write(payload);
  size_ += frame_header_bytes + payload.size();
}

void JournalWriter::start() {
  if (file_.is_open()) return;
  broken_ = true;
  create();
  file_.sync();
  sync_folder(folder_);
  broken_ = false;
}

void JournalWriter::commit(std::span<const Entry> entries) {
  if (broken_) {
    throw SystemError("the journal " + path_ +
                      " takes no more blocks (an earlier write failed) "
                      "run the same command again");
  }
  broken_ = true;
  const bool first = !file_.is_open();
  if (first) create();
  for (const Entry& entry : entries) {
    FrameHeader header;
    header.block = entry.block;
    header.worlds = entry.worlds;
    header.failed = entry.failed;
    write(header, entry.payload);
  }
  file_.sync();
  if (first) sync_folder(folder_);
  broken_ = false;
}

void JournalWriter::close() {
  if (file_.is_open()) file_.close();
}

}  // namespace chasm
