#include "tests/faults/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace chasm {

namespace {

constexpr int a_minute = 60'000;

}  // namespace

Child::Child(const std::vector<std::string>& command,
             const std::vector<std::pair<std::string, std::string>>& variables) {
  int out[2], error[2];
  if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(error, O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe");
  }
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("no process");
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(out[1], STDOUT_FILENO);
    ::dup2(error[1], STDERR_FILENO);
    for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    ::_exit(127);
  }
  ::close(out[1]);
  ::close(error[1]);
  out_ = out[0];
  error_ = error[0];
}

Child::~Child() {
  if (!ended_) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  if (out_ >= 0) ::close(out_);
  if (error_ >= 0) ::close(error_);
}

void Child::signal(int number) const {
  if (!ended_) ::kill(process_, number);
}

// False at the end of both pipes, or where nothing came in time.
bool Child::read_some(int timeout_ms) {
  pollfd files[] = {{out_, POLLIN, 0}, {error_, POLLIN, 0}};
  if ((out_ < 0 && error_ < 0) || ::poll(files, 2, timeout_ms) <= 0) return false;
  char bytes[4096];
  for (int i = 0; i < 2; ++i) {
    if (files[i].revents == 0) continue;
    const ssize_t got = ::read(files[i].fd, bytes, sizeof bytes);
    int& descriptor = i == 0 ? out_ : error_;
    if (got > 0) {
      (i == 0 ? end_.out : end_.error).append(bytes, static_cast<size_t>(got));
    } else {
      ::close(descriptor);
      descriptor = -1;
    }
  }
  return true;
}

bool Child::wait_for(const std::function<bool(const std::string& line)>& wanted) {
  for (;;) {
    for (size_t end; (end = end_.out.find('\n', lines_read_to_)) != std::string::npos;) {
      const std::string line = end_.out.substr(lines_read_to_, end - lines_read_to_);
      lines_read_to_ = end + 1;
      if (wanted(line)) return true;
    }
    if (!read_some(a_minute)) return false;
  }
}

const Child::End& Child::wait() {
  if (ended_) return end_;
  while (read_some(a_minute)) {
  }
  if (out_ >= 0 || error_ >= 0) ::kill(process_, SIGKILL);
  int status = 0;
  ::waitpid(process_, &status, 0);
  ended_ = true;
  if (WIFEXITED(status)) end_.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) end_.signal = WTERMSIG(status);
  return end_;
}

}  // namespace chasm
