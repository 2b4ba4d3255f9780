#include "hpc/guard.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <system_error>

#include "sim/error.hpp"

#if defined(__has_feature)
#define CHASM_CLANG_SANITIZER (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define CHASM_CLANG_SANITIZER 0
#endif

namespace chasm {

namespace {

constexpr char done = 'd', bad_input = 'i', bad_system = 's';

[[noreturn]] void cannot_start() {
  throw SystemError("a process to read a file in cannot be started (" +
                    std::generic_category().message(errno) +
                    ") free some memory or raise the limit of processes");
}

void limit(int what, uint64_t most) {
  rlimit now{};
  if (::getrlimit(static_cast<__rlimit_resource>(what), &now) != 0) return;
  if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most) most = now.rlim_max;
  now.rlim_cur = most;
  ::setrlimit(static_cast<__rlimit_resource>(what), &now);
}

// Sanitizers reserve terabytes of addresses.
void limit_memory() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !CHASM_CLANG_SANITIZER
  unsigned long pages = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  limit(RLIMIT_AS, pages * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE)) + (uint64_t{4} << 30));
#endif
}

void send(int to, char kind, const std::string& text) {
  const std::string all = kind + text;
  for (size_t at = 0; at < all.size();) {
    const ssize_t now = ::write(to, all.data() + at, all.size() - at);
    if (now < 0 && errno == EINTR) continue;
    if (now <= 0) return;
    at += static_cast<size_t>(now);
  }
}

// What a crash prints is nobody's business, and a handler of the parent's must not run here.
void be_quiet() {
  const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nothing >= 0) ::dup2(nothing, STDERR_FILENO);
  for (const int crash : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU})
    ::signal(crash, SIG_DFL);
}

[[noreturn]] void child(int to, uint64_t seconds, const std::function<std::string()>& work) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, seconds);
  limit_memory();
  be_quiet();
  try {
    send(to, done, work());
  } catch (const InputError& error) {
    send(to, bad_input, error.what());
  } catch (const std::exception& error) {
    send(to, bad_system, error.what());
  }
  // Not exit(): buffers and open files are the parent's.
  ::_exit(0);
}

std::string receive(int from) {
  std::string all;
  char buffer[4096];
  for (;;) {
    const ssize_t now = ::read(from, buffer, sizeof buffer);
    if (now < 0 && errno == EINTR) continue;
    if (now <= 0) return all;
    all.append(buffer, static_cast<size_t>(now));
  }
}

std::string crash_of(int status) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
    return "reading it did not come to an end";
  if (WIFSIGNALED(status))
    return "reading it crashed the HDF5 library, " + std::string(::strsignal(WTERMSIG(status)));
  return "reading it failed inside the HDF5 library";
}

}  // namespace

uint64_t reading_seconds(uint64_t bytes) {
  constexpr uint64_t slowest_bytes_per_second = 4u << 20;
  return 120 + bytes / slowest_bytes_per_second;
}

std::string in_child(const std::string& path, uint64_t seconds,
                     const std::function<std::string()>& work) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) cannot_start();
  const pid_t process = ::fork();
  if (process < 0) {
    const int reason = errno;
    ::close(ends[0]);
    ::close(ends[1]);
    errno = reason;
    cannot_start();
  }
  if (process == 0) {
    ::close(ends[0]);
    child(ends[1], seconds, work);
  }
  ::close(ends[1]);
  std::string answer;
  try {
    answer = receive(ends[0]);
  } catch (...) {
    ::close(ends[0]);
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    throw;
  }
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  const bool whole = WIFEXITED(status) && WEXITSTATUS(status) == 0 && !answer.empty();
  if (!whole)
    throw InputError(path + " cannot be read (" + crash_of(status) +
                     ") it is damaged or no result of chasm");
  const std::string text = answer.substr(1);
  if (answer[0] == bad_input) throw InputError(text);
  if (answer[0] == bad_system) throw SystemError(text);
  return text;
}

}  // namespace chasm
