#pragma once

// Files through the system calls, every return checked: short writes are continued, EINTR is repeated, and errors
// become SystemError with path and reason.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chasm {

class File {
 public:
  File() = default;
  ~File();  // closes, and drops an error
  File(File&&) noexcept;
  File& operator=(File&&) noexcept;

  // A file that was not there: returns a closed File where the name is taken.
  static File create(const std::string& path);
  // For reading: returns a closed File where there is none. Throws SystemError on anything but a regular file.
  static File open(const std::string& path);

  bool is_open() const { return descriptor_ >= 0; }
  uint64_t size() const;
  void write(std::span<const unsigned char>);  // at the end
  // As many bytes as there are, from the offset on.
  size_t read(uint64_t offset, std::span<unsigned char>) const;
  // fdatasync. After an error the kernel may have dropped the pages: it is never repeated.
  void sync();
  void close();

 private:
  File(int descriptor, std::string path);
  int descriptor_ = -1;
  std::string path_;
};

// fsync of a directory, so that names made in it last.
void sync_folder(const std::string& path);
// What lies in a folder, in the order of the names; nothing where there is no such folder. Throws SystemError.
std::vector<std::string> names_in(const std::string& folder);
// A name that no other process takes: host and process tell people whose it is, 64 random bits make it differ where
// both repeat. "node7-4711-0123456789abcdef"
std::string own_name();
inline constexpr size_t longest_own_name = 64 + 1 + 10 + 1 + 16;  // host, process, digits
// True for what own_name() makes.
bool is_own_name(std::string_view);
// The folder of a path, "." where it names none.
std::string folder_of(const std::string& path);

}  // namespace chasm
