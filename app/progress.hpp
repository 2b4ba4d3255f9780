#pragma once

// One line on a terminal that rewrites itself, or a plain line a minute in a log.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace chasm {

struct Pace {
  uint64_t done = 0;
  uint64_t total = 0;
  uint64_t before = 0;  // of `done`, there when the run began
  uint64_t failed = 0;
  std::string also = {};  // what more is to be said: "4 ranks, 97 % busy"
};

// "41 % of 1,000,000 worlds, 81,300 worlds/s, 7 s left"; at most `width` characters where width > 0.
std::string progress_text(const std::string& things, const Pace&, double seconds, int width);

// Which updates are shown: on a terminal ten a second, in a log one a minute, and the last one on a terminal.
class ProgressClock {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  ProgressClock(bool terminal, Moment start);
  bool due(Moment now, bool last);

 private:
  std::chrono::milliseconds interval_;
  bool terminal_;
  Moment next_;
};

class ProgressLine {
 public:
  // Writes to standard error; nothing at all unless `wanted`.
  ProgressLine(bool wanted, std::string things);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(const Pace&);
  // Takes the line off the terminal.
  void clear();

 private:
  bool wanted_;
  bool terminal_;
  bool drawn_ = false;
  std::string things_;
  ProgressClock::Moment start_;
  ProgressClock clock_;
};

}  // namespace chasm
