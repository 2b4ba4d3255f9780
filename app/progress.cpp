#include "app/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <utility>

#include "app/text.hpp"

namespace chasm {

namespace {

int terminal_width() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

std::string progress_text(const std::string& things, const Pace& pace, double seconds, int width) {
  const double share =
      pace.total == 0 ? 1 : static_cast<double>(pace.done) / static_cast<double>(pace.total);
  std::string text =
      fmt::format("{:.0f} % of {} {}", std::floor(100 * share), grouped(pace.total), things);
  const uint64_t here = pace.done - pace.before;
  if (here > 0 && seconds > 0) {
    const double rate = static_cast<double>(here) / seconds;
    text += fmt::format(", {} {}/s", grouped(static_cast<uint64_t>(rate + 0.5)), things);
    if (pace.done < pace.total)
      text += fmt::format(", {} left", in_time(static_cast<double>(pace.total - pace.done) / rate));
  }
  if (!pace.also.empty()) text += ", " + pace.also;
  if (pace.failed > 0) text += fmt::format(", {} failed", grouped(pace.failed));
  if (width > 0 && text.size() > static_cast<size_t>(width))
    text.resize(static_cast<size_t>(width));
  return text;
}

ProgressClock::ProgressClock(bool terminal, Moment start)
    : interval_(terminal ? 100 : 60'000), terminal_(terminal), next_(start + interval_) {}

bool ProgressClock::due(Moment now, bool last) {
  if (now < next_ && !(last && terminal_)) return false;
  next_ = now + interval_;
  return true;
}

ProgressLine::ProgressLine(bool wanted, std::string things)
    : wanted_(wanted),
      terminal_(isatty(STDERR_FILENO) == 1),
      things_(std::move(things)),
      start_(std::chrono::steady_clock::now()),
      clock_(terminal_, start_) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const Pace& pace) {
  const auto now = std::chrono::steady_clock::now();
  if (!wanted_ || !clock_.due(now, pace.done == pace.total)) return;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  if (terminal_) {
    fmt::print(stderr, "\r{}\033[K", progress_text(things_, pace, seconds, terminal_width() - 1));
    drawn_ = true;
  } else {
    fmt::print(stderr, "{}\n", progress_text(things_, pace, seconds, 0));
  }
  std::fflush(stderr);
}

void ProgressLine::clear() {
  if (drawn_) fmt::print(stderr, "\r\033[K");
  drawn_ = false;
}

}  // namespace chasm
