#include "app/signals.hpp"

#include <csignal>

namespace chasm {

namespace {

std::atomic<bool> stop = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void on_signal(int) { stop = true; }

}  // namespace

void stop_on_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) {
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | (signal == SIGINT ? static_cast<int>(SA_RESETHAND) : 0);
    sigaction(signal, &action, nullptr);
  }
}

const std::atomic<bool>& stop_requested() { return stop; }

}  // namespace chasm
