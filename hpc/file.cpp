#include "hpc/file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <memory>
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

constexpr char digits[] = "0123456789abcdef";
constexpr int random_digits = 16;

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

// Not std::filesystem::directory_iterator, which ends the program where memory is short (libstdc++ 12).
std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
  if (!open) {
    if (errno == ENOENT) return names;
    fail("opening the folder", folder, "check its permissions");
  }
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(open.get());
    if (entry == nullptr) break;
    names.emplace_back(entry->d_name);
  }
  if (errno != 0) fail("reading the folder", folder, "check the disk");
  std::sort(names.begin(), names.end());
  return names;
}

std::string own_name() {
  std::array<char, 65> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = 0;
  std::string name = host.data();
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) { return std::isalnum(c) == 0 && c != '-' && c != '.'; }, '_');
  name += '-' + std::to_string(::getpid()) + '-';
  uint64_t word = 0;
  if (::getrandom(&word, sizeof word, 0) != sizeof word) {
    throw SystemError(
        "no name for a new file could be drawn (getrandom failed) check this machine");
  }
  for (int i = 0; i < random_digits; ++i, word >>= 4) name += digits[word & 15];
  return name;
}

bool is_own_name(std::string_view name) {
  if (name.size() <= random_digits || name[name.size() - random_digits - 1] != '-') return false;
  return name.substr(name.size() - random_digits).find_first_not_of(digits) == name.npos;
}

std::string folder_of(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace chasm
