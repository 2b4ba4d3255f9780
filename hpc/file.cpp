#include "hpc/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "sim/error.hpp"

namespace chasm {

namespace {

[[noreturn]] void fail(const std::string& what, const std::string& path,
                       const std::string& advice) {
  throw SystemError(what + " " + path + " failed (" + std::generic_category().message(errno) +
                    ") " + advice);
}

// Repeats a call that a signal interrupted.
template <class Call>
auto repeat(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

}  // namespace

File::File(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}

File::~File() {
  if (is_open()) ::close(descriptor_);
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    if (is_open()) ::close(descriptor_);
    descriptor_ = std::exchange(other.descriptor_, -1);
    path_ = std::move(other.path_);
  }
  return *this;
}

File File::create(const std::string& path) {
  std::string kept = path;
  const int descriptor =
      repeat([&] { return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666); });
  if (descriptor < 0) {
    if (errno == EEXIST) return {};
    fail("creating", path,
         "check the folder's permissions and space, then run the same command again");
  }
  return {descriptor, std::move(kept)};
}

File File::open(const std::string& path) {
  std::string kept = path;
  // O_NONBLOCK: opening a pipe must not wait for its writer.
  const int descriptor =
      repeat([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); });
  if (descriptor < 0) {
    if (errno == ENOENT) return {};
    fail("opening", path, "check that it may be read");
  }
  File file(descriptor, std::move(kept));
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail("reading", path, "check the disk");
  if (!S_ISREG(status.st_mode)) {
    throw SystemError(
        path +
        " is not a regular file (a folder, pipe or device) remove it or choose another path");
  }
  return file;
}

uint64_t File::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) fail("reading the size of", path_, "check the disk");
  return static_cast<uint64_t>(status.st_size);
}

void File::write(std::span<const unsigned char> bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t written =
        repeat([&] { return ::write(descriptor_, bytes.data() + done, bytes.size() - done); });
    if (written < 0) {
      fail("writing " + std::to_string(bytes.size() - done) + " bytes to", path_,
           "free space on that disk or mend it, then run the same command again: what was "
           "committed is kept");
    }
    done += static_cast<size_t>(written);
  }
}

size_t File::read(uint64_t offset, std::span<unsigned char> bytes) const {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = repeat([&] {
      return ::pread(descriptor_, bytes.data() + done, bytes.size() - done,
                     static_cast<off_t>(offset + done));
    });
    if (got < 0) fail("reading", path_, "check the disk");
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return done;
}

void File::sync() {
  if (repeat([&] { return ::fdatasync(descriptor_); }) != 0) {
    fail("syncing", path_,
         "free space on that disk or mend it, then run the same command again: what was "
         "committed is kept");
  }
}

void File::close() {
  // After EINTR the descriptor is gone on Linux, so close is never repeated.
  if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) {
    fail("closing", path_, "check the disk, then run the same command again");
  }
}

void sync_folder(const std::string& path) {
  const int descriptor =
      repeat([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
  if (descriptor < 0) fail("opening the folder", path, "check that it exists and may be read");
  const int synced = repeat([&] { return ::fsync(descriptor); });
  const int reason = errno;
  ::close(descriptor);
  // Some network file systems cannot sync a folder and say so with EINVAL.
  if (synced != 0 && reason != EINVAL) {
    errno = reason;
    fail("syncing the folder", path, "check the disk, then run the same command again");
  }
}

std::string folder_of(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace chasm
