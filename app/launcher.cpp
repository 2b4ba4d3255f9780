#include "app/launcher.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <string_view>

#include "sim/error.hpp"

namespace chasm {

namespace {

struct Launcher {
  const char* size;   // number of processes
  const char* rank;   // this one, from 0
  const char* start;  // how it starts one command a process
};

constexpr Launcher launchers[] = {
    {"OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "mpirun"},
    {"PMI_SIZE", "PMI_RANK", "mpirun"},
    // Of the step: the batch script itself is one task, however many the job has.
    {"SLURM_STEP_NUM_TASKS", "SLURM_PROCID", "srun"},
    {"SLURM_NTASKS", "SLURM_PROCID", "srun"},
};

long number_in(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr) return -1;
  const std::string_view digits = text;
  long value = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

void refuse_many_ranks() {
  bool in_step = false;
  for (const Launcher& launcher : launchers) {
    const std::string_view name = launcher.size;
    if (name == "SLURM_NTASKS" && in_step) continue;
    const long size = number_in(launcher.size);
    if (name == "SLURM_STEP_NUM_TASKS" && size >= 1) in_step = true;
    if (size > 1 && number_in(launcher.rank) >= 0)
      throw InputError(
          fmt::format("{0} started {1} processes ({2}={1}, and this build of chasm has no MPI: "
                      "each would run the whole study) "
                      "give each a share with {0} bash -c 'chasm run STUDY.toml -o F.h5 --shard "
                      "$(({3}+1))/${2}', then chasm "
                      "finish F.h5; or start one process",
                      launcher.start, size, launcher.size, launcher.rank));
  }
}

}  // namespace chasm
