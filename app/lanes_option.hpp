#pragma once

// --backend, --threads and --lanes, which every subcommand that runs worlds shares.

#include <string>

#include "app/command_line.hpp"
#include "sim/model.hpp"

namespace chasm {

struct LanesOptions {
  std::string backend = "auto";
  int threads = 0;  // 0: as many as there are cores
  int lanes = 0;    // 0: the widest that this processor runs
};

void add_lanes_options(CLI::App&, LanesOptions&);

// The number of threads; warns on standard error where there are fewer cores.
int threads_of(const LanesOptions&);

// "cpu avx512 x 16"
std::string name_of(const Program&);

}  // namespace chasm
