#pragma once

#include <functional>
#include <memory>

#include "hpc/mailbox.hpp"

namespace chasm {

// Letters by two-sided messages of MPI_COMM_WORLD. All calls of MPI, MPI_Init_thread and MPI_Finalize among them, are
// made by one thread of its own (MPI_THREAD_FUNNELED). Destroyed, it sends what is left and leaves MPI; where somebody
// gave up it aborts the job, and where MPI does not come to its end in half a minute, the process ends without it, both
// with `exit_code()`.
std::unique_ptr<Mailbox> make_mpi_mailbox(std::function<int()> exit_code);

// "Open MPI v4.1.4, package..."
const char* mpi_library();

}  // namespace chasm
