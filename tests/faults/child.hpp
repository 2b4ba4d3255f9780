#pragma once

// A program run as a child process, whose output is read while it runs.

#include <sys/types.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace chasm {

class Child {
 public:
  // Variables are added to the environment.
  explicit Child(const std::vector<std::string>& command,
                 const std::vector<std::pair<std::string, std::string>>& variables = {});
  ~Child();  // kills it where it still runs
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void signal(int number) const;
  // Reads until a whole line comes that is as wanted; false where the output ends before.
  bool wait_for(const std::function<bool(const std::string& line)>& wanted);
  struct End {
    int code = -1;    // exit code, -1 where a signal ended it
    int signal = 0;   // that signal
    std::string out;  // everything it wrote
    std::string error;
  };
  // Reads to the end and waits; a child that takes more than a minute is killed.
  const End& wait();

 private:
  bool read_some(int timeout_ms);

  pid_t process_ = -1;
  int out_ = -1, error_ = -1;
  bool ended_ = false;
  size_t lines_read_to_ = 0;
  End end_;
};

}  // namespace chasm
