#pragma once

// The side of every rank but 0: asks for blocks, computes them, commits them to a journal of its own, and says so.

#include <atomic>
#include <string>

#include "hpc/identity.hpp"
#include "hpc/mailbox.hpp"
#include "hpc/manager.hpp"
#include "sim/backend.hpp"

namespace chasm {

struct WorkerOptions {
  std::string output;
  const std::atomic<bool>* stop = nullptr;  // set by a signal handler
  Patience patience = {};
};

// Works until rank 0 says that the run is over. Throws what stopped it before (rank 0 has been told): SystemError of its
// disk, InputError where journals of rank 0 cannot be seen, Interrupted where rank 0 is lost.
void work(Mailbox&, const Study&, const Partition&, const Backend&, const WorkerOptions&);

// Tells rank 0 that this rank cannot take part, and waits until the run is over.
void decline(Mailbox&, bool bad_input, const std::string& why, const Patience& = {});

}  // namespace chasm
