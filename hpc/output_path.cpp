#include "hpc/output_path.hpp"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "hpc/file.hpp"
#include "hpc/journal.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

enum class Kind { nothing, folder, other };

Kind kind_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return Kind::nothing;
  return S_ISDIR(status.st_mode) ? Kind::folder : Kind::other;
}

bool leads_nowhere(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode) &&
         ::stat(path.c_str(), &status) != 0;
}

// The names beside the result are longer than its own.
void check_length(const std::string& output, const std::string& folder) {
  const std::string name = output.substr(output.find_last_of('/') + 1);
  constexpr size_t beside = 1 + longest_own_name + 4;  // "." and ".tmp"
  const long most = ::pathconf(folder.c_str(), _PC_NAME_MAX);
  if (most <= 0 || name.size() + beside <= static_cast<size_t>(most)) return;
  throw InputError("the file name of the output path is too long (it has " +
                   std::to_string(name.size()) + " bytes; names in " + folder + " have up to " +
                   std::to_string(most) + ", and files beside the result need " +
                   std::to_string(beside) + " of them) choose a shorter one");
}

void check_writable(const std::string& folder) {
  if (::access(folder.c_str(), W_OK | X_OK) == 0) return;
  throw InputError("nothing can be written in the folder " + folder + " (" +
                   std::generic_category().message(errno) +
                   ") change its permissions or choose another output path");
}

}  // namespace

void check_output_path(const std::string& output) {
  if (output.empty()) {
    throw InputError("no output path (it is empty) give one with -o results.h5");
  }
  if (output.back() == '/' || kind_of(output) == Kind::folder) {
    throw InputError("the output path " + output +
                     " is a folder (a file is written there) give a "
                     "file name in it, such as results.h5");
  }
  const std::string folder = folder_of(output);
  if (kind_of(folder) != Kind::folder) {
    throw InputError("the output path " + output + " cannot be written (there is no folder " +
                     folder + ") make the folder first or choose another path");
  }
  check_writable(folder);
  check_length(output, folder);
  if (leads_nowhere(output)) {
    throw InputError(
        "the output path " + output +
        " is a link to nothing (results replace what is there, links too) remove it or "
        "choose another path");
  }
  const std::string journals = journal_folder(output);
  const Kind kind = kind_of(journals);
  if (kind == Kind::other) {
    throw InputError(journals +
                     " is a file (journals of the run go into a folder of that name) "
                     "remove it or choose another output path");
  }
  if (kind == Kind::folder) check_writable(journals);
}

void check_free_space(const std::string& path, uint64_t bytes, const std::string& what) {
  struct statvfs disk {};
  int result = ::statvfs(path.c_str(), &disk);
  while (result != 0 && errno == EINTR) result = ::statvfs(path.c_str(), &disk);
  if (result != 0) {
    throw SystemError("the free space of " + path + " cannot be read (" +
                      std::generic_category().message(errno) + ") check the disk");
  }
  const uint64_t free = uint64_t{disk.f_bavail} * disk.f_frsize;
  if (free >= bytes) return;
  throw SystemError("the disk of " + path + " is too full (" + what + " take up to " +
                    readable_bytes(bytes) + ", " + readable_bytes(free) +
                    " are free) free some space, keep fewer outputs or choose another path");
}

std::string readable_bytes(uint64_t bytes) {
  constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  auto value = static_cast<double>(bytes);
  int unit = 0;
  while (value >= 999.5 && unit < 6) {
    value /= 1000;
    ++unit;
  }
  char text[32];
  std::snprintf(text, sizeof text, value < 9.95 && unit > 0 ? "%.1f %s" : "%.0f %s", value,
                units[unit]);
  return text;
}

}  // namespace chasm
