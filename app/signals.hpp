#pragma once

#include <atomic>

namespace chasm {

// SIGINT, SIGTERM and SIGUSR1 from now on ask for a stop at the next block; a second SIGINT ends at once.
void stop_on_signals();

const std::atomic<bool>& stop_requested();

}  // namespace chasm
