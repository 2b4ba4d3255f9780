#pragma once

namespace chasm {

// Throws InputError where variables of mpirun or srun announce more than one process: each of them would run the
// whole study, for this build has no MPI.
void refuse_many_ranks();

}  // namespace chasm
