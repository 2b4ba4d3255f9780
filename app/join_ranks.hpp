#pragma once

#include "hpc/mailbox.hpp"

namespace chasm {

// The other ranks of this run; none where no launcher started more than one. Throws InputError where processes that a
// launcher started cannot find one another: each would run the whole study.
Mailbox* join_ranks();

// Leaves them, at the very end; returns the code that the process ends with.
int leave_ranks(int exit_code);

}  // namespace chasm
