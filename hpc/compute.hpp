#pragma once

#include <functional>
#include <span>

#include "hpc/journal.hpp"
#include "sim/backend.hpp"
#include "sim/block_feed.hpp"

namespace chasm {

// Computes blocks as the feed gives them and commits each to the journal, whoever hands them out. Ends when the feed does,
// or early where `asked_to_stop` says so. `committed` is called once entries are on disk, one call at a time.
// Throws what went wrong; the feed is closed then.
void compute(const Study&, const Partition&, const Backend&, JournalWriter&, BlockFeed&,
             const std::function<bool()>& asked_to_stop,
             const std::function<void(std::span<const Entry>)>& committed);

}  // namespace chasm
