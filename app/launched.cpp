#include "app/launched.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <utility>

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

// What the text begins with; -1 where that is no number.
long leading_number(std::string_view text) {
  long value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

long number_in(const char* variable) {
  const char* text = std::getenv(variable);
  return text == nullptr ? -1 : leading_number(text);
}

// Of Slurm's "4(x2),1": 4 tasks on each of two nodes, 1 on the third. -1 where it says nothing of the node.
long tasks_of_node(std::string_view tasks, long node) {
  while (node >= 0 && !tasks.empty()) {
    const std::string_view some = tasks.substr(0, tasks.find(','));
    tasks.remove_prefix(std::min(tasks.size(), some.size() + 1));
    const size_t times = some.find("(x");
    node -= times == std::string_view::npos ? 1 : leading_number(some.substr(times + 2));
    if (node < 0) return leading_number(some);
  }
  return -1;
}

}  // namespace

std::optional<Launched> launched() {
  bool in_step = false;
  for (const Launcher& launcher : launchers) {
    const std::string_view name = launcher.size;
    if (name == "SLURM_NTASKS" && in_step) continue;
    const long size = number_in(launcher.size);
    if (name == "SLURM_STEP_NUM_TASKS" && size >= 1) in_step = true;
    const long rank = number_in(launcher.rank);
    if (size > 1 && rank >= 0)
      return Launched{launcher.start, launcher.size, launcher.rank, size, static_cast<int>(rank)};
  }
  return {};
}

LocalProcess this_process() {
  constexpr std::pair<const char*, const char*> local[] = {
      {"OMPI_COMM_WORLD_LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_SIZE"},
      {"MPI_LOCALRANKID", "MPI_LOCALNRANKS"}};
  for (const auto& [rank, size] : local)
    if (const long number = number_in(rank), count = number_in(size); number >= 0 && count > number)
      return {static_cast<int>(number), static_cast<int>(count)};
  const long number = number_in("SLURM_LOCALID");
  const char* const tasks = std::getenv("SLURM_STEP_TASKS_PER_NODE");
  const long count = tasks == nullptr ? -1 : tasks_of_node(tasks, number_in("SLURM_NODEID"));
  if (number >= 0 && count > number) return {static_cast<int>(number), static_cast<int>(count)};
  return {};
}

}  // namespace chasm
