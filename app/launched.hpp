#pragma once

// What a launcher of processes, mpirun or srun, says in its variables.

#include <optional>

#include "kernels/device_share.hpp"

namespace chasm {

// More than one process.
struct Launched {
  const char* by;       // the command that starts processes
  const char* size_in;  // names of the variables
  const char* rank_in;
  long size = 1;
  int rank = 0;
};
std::optional<Launched> launched();

// This process among those of its machine, as the launcher's variables say.
LocalProcess this_process();

}  // namespace chasm
