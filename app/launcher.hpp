#pragma once

#include <memory>
#include <optional>
#include <string>

#include "hpc/mailbox.hpp"

namespace chasm {

// What variables of mpirun or srun say of more than one process.
struct Launched {
  const char* by;       // the command that starts processes
  const char* size_in;  // names of the variables
  const char* rank_in;
  long size = 1;
  int rank = 0;
};
std::optional<Launched> launched();

// The other ranks of this run; none where no launcher started more than one. Throws InputError where processes that a
// launcher started cannot find one another: each would run the whole study.
Mailbox* join_ranks();

// Leaves them, at the very end; returns the code that the process ends with.
int leave_ranks(int exit_code);

// The number of this process on its machine, from 0, as the launcher says: which of its GPUs is this rank's.
int local_rank();

}  // namespace chasm
