#include "app/join_ranks.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <string_view>

#include "app/launched.hpp"
#include "sim/error.hpp"
#ifdef CHASM_HAS_MPI
#include "hpc/mpi/mpi_mailbox.hpp"
#endif

namespace chasm {

namespace {

// Whether srun has offered processes a way to find one another: PMIx, PMI-2 or PMI-1.
[[maybe_unused]] bool speaks_pmi() {
  for (char** variable = environ; *variable != nullptr; ++variable)
    if (std::string_view(*variable).starts_with("PMI")) return true;
  return false;
}

std::unique_ptr<Mailbox> ranks;
std::atomic<int> exit_code = 0;

[[noreturn, maybe_unused]] void refuse_alone(const Launched& launch) {
  throw InputError(fmt::format(
      "{0} started {1} processes ({2}={1}, and this build of chasm has no MPI: "
      "each would run the whole study) "
      "give each a share with {0} bash -c 'chasm run STUDY.toml -o F.h5 --shard "
      "$(({3}+1))/${2}', then chasm finish F.h5; or start one process; or build chasm with MPI",
      launch.by, launch.size, launch.size_in, launch.rank_in));
}

[[noreturn, maybe_unused]] void refuse_strangers(const Launched& launch, const std::string& seen) {
  throw InputError(fmt::format(
      "{0} started {1} processes ({2}={1}) but MPI sees {3} (launcher and MPI do not match, and "
      "each would run the whole study) start with srun --mpi=pmix, or with the mpirun of the MPI "
      "that chasm was built with, or give each a share with --shard k/N",
      launch.by, launch.size, launch.size_in, seen));
}

}  // namespace

Mailbox* join_ranks() {
  const auto launch = launched();
  if (!launch) return nullptr;
#ifdef CHASM_HAS_MPI
  // Open MPI would end the process by itself, with other words.
  if (launch->by == std::string_view("srun") && !speaks_pmi()) refuse_strangers(*launch, "none");
  ranks = make_mpi_mailbox([] { return exit_code.load(); });
  const int size = ranks->size();
  if (size < launch->size) {
    ranks.reset();
    refuse_strangers(*launch, std::to_string(size));
  }
  return ranks.get();
#else
  refuse_alone(*launch);
#endif
}

int leave_ranks(int code) {
  exit_code = code;
  ranks.reset();
  return code;
}

}  // namespace chasm
