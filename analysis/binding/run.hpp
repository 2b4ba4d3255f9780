#pragma once

// All worlds of a study in memory, on all threads.

#include <functional>

#include "sim/block.hpp"

namespace chasm::binding {

// Worlds in (future, replication, arm) order. Bits are those of CpuBackend: a world does not depend on its neighbours.
// Tiles of lanes are shared out, not blocks: with many arms one block would hold every world.
// `go_on` is asked now and then on the calling thread; false ends the run with Interrupted.
BlockResult run_worlds(const Study&, const Ground&, int threads,
                       const std::function<bool()>& go_on);

}  // namespace chasm::binding
