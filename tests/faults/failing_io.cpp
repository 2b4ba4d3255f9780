// A library to preload: fails the k-th call of one kind that touches a file under a folder.
//   FAIL_UNDER   the folder; calls on other files are left alone and not counted
//   FAIL_CALL    open, read, write, sync, rename, close, truncate, mkdir or unlink
//   FAIL_AT      k, from 1
//   FAIL_WITH    a number of <errno.h>, or 0 for a short count (read and write)
//   FAIL_MARK    a file that is made when the call was failed
// After ENOSPC every later write fails too, as on a disk that stays full.

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<int> calls = 0;

const char* setting(const char* name) {
  const char* value = ::getenv(name);
  return value == nullptr ? "" : value;
}

bool under(const char* path) {
  const char* folder = setting("FAIL_UNDER");
  return *folder != 0 && std::strncmp(path, folder, std::strlen(folder)) == 0;
}

bool under(int descriptor) {
  char link[64], path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const long length = ::syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (length <= 0) return false;
  path[length] = 0;
  return under(path);
}

void mark() {
  const long file = ::syscall(SYS_openat, AT_FDCWD, setting("FAIL_MARK"), O_CREAT | O_WRONLY, 0666);
  ::syscall(SYS_close, file);
}

// True where this call is the one; errno is set.
template <class Where>
bool fails(const char* call, Where where) {
  if (std::strcmp(setting("FAIL_CALL"), call) != 0 || !under(where)) return false;
  const int at = ++calls, wanted = std::atoi(setting("FAIL_AT"));
  const int error = std::atoi(setting("FAIL_WITH"));
  const bool stays_full = error == ENOSPC && at > wanted && std::strcmp(call, "write") == 0;
  if (at != wanted && !stays_full) return false;
  mark();
  errno = error;
  return true;
}

bool is_short() { return errno == 0; }

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

template <class Function, class... Rest>
int open_with(const char* name, const char* path, int flags, mode_t mode) {
  if (fails("open", path)) return -1;
  return next<Function>(name)(path, flags, mode);
}

mode_t mode_of(int flags, va_list rest) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

}  // namespace

extern "C" {

#define CHASM_OPEN(name)                                                        \
  int name(const char* path, int flags, ...) {                                  \
    va_list rest;                                                               \
    va_start(rest, flags);                                                      \
    const mode_t mode = mode_of(flags, rest);                                   \
    va_end(rest);                                                               \
    return open_with<int (*)(const char*, int, ...)>(#name, path, flags, mode); \
  }
CHASM_OPEN(open)
CHASM_OPEN(open64)

ssize_t write(int file, const void* bytes, size_t count) {
  if (fails("write", file)) {
    if (!is_short()) return -1;
    count = (count + 1) / 2;
  }
  return next<ssize_t (*)(int, const void*, size_t)>("write")(file, bytes, count);
}

#define CHASM_AT(name, kind, pointer)                                                         \
  ssize_t name(int file, pointer bytes, size_t count, off_t offset) {                         \
    if (fails(kind, file)) {                                                                  \
      if (!is_short()) return -1;                                                             \
      count = (count + 1) / 2;                                                                \
    }                                                                                         \
    return next<ssize_t (*)(int, pointer, size_t, off_t)>(#name)(file, bytes, count, offset); \
  }
CHASM_AT(pwrite, "write", const void*)
CHASM_AT(pwrite64, "write", const void*)
CHASM_AT(pread, "read", void*)
CHASM_AT(pread64, "read", void*)

#define CHASM_ONE(name, kind, type)          \
  int name(type what) {                      \
    if (fails(kind, what)) return -1;        \
    return next<int (*)(type)>(#name)(what); \
  }
CHASM_ONE(fsync, "sync", int)
CHASM_ONE(fdatasync, "sync", int)
CHASM_ONE(unlink, "unlink", const char*)
CHASM_ONE(remove, "unlink", const char*)
CHASM_ONE(rmdir, "unlink", const char*)

int close(int file) {
  if (!fails("close", file)) return next<int (*)(int)>("close")(file);
  const int error = errno;
  next<int (*)(int)>("close")(file);
  errno = error;
  return -1;
}

#define CHASM_TRUNCATE(name)                             \
  int name(int file, off_t size) {                       \
    if (fails("truncate", file)) return -1;              \
    return next<int (*)(int, off_t)>(#name)(file, size); \
  }
CHASM_TRUNCATE(ftruncate)
CHASM_TRUNCATE(ftruncate64)

int mkdir(const char* path, mode_t mode) {
  if (fails("mkdir", path)) return -1;
  return next<int (*)(const char*, mode_t)>("mkdir")(path, mode);
}

int rename(const char* from, const char* to) {
  if (fails("rename", from)) return -1;
  return next<int (*)(const char*, const char*)>("rename")(from, to);
}

}  // extern "C"
