#include "app/lanes_option.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <cstdio>

#include "app/option_checks.hpp"
#include "sim/error.hpp"

namespace chasm {

void add_lanes_options(CLI::App& command, LanesOptions& options) {
  command.add_option("--backend", options.backend, "what computes (default auto)")
      ->type_name("")
      ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
  command.add_option("--threads", options.threads, "processor threads (default: one a core)")
      ->type_name("N")
      ->check(whole_number(1, 4096));
  command
      .add_option("--lanes", options.lanes,
                  "worlds side by side (default: the widest that runs here)")
      ->type_name("")
      ->check(CLI::IsMember({16, 8, 1}));
}

int threads_of(const LanesOptions& options) {
  const int cores = omp_get_num_procs();
  if (options.threads > cores)
    fmt::print(stderr,
               "chasm: warning: {} threads on {} cores (more than one a core is slower, and "
               "changes no bit)\n",
               options.threads, cores);
  return options.threads > 0 ? options.threads : omp_get_max_threads();
}

std::string name_of(const Program& program) {
  return fmt::format("cpu {} x {}", program.isa, program.width);
}

}  // namespace chasm
