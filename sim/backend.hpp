#pragma once

// Whatever computes blocks: processor threads, a GPU.

#include <cstdint>
#include <functional>
#include <span>

#include "sim/block.hpp"
#include "sim/block_feed.hpp"

namespace chasm {

class Backend {
 public:
  virtual ~Backend() = default;
  // Computes the blocks in any order. `done` is called once a finished block, one call at a time, from any
  // thread, and throws nothing; when it returns false no further block is started, blocks in flight are dropped, and
  // run() returns.
  virtual void run(std::span<const uint64_t> blocks,
                   const std::function<bool(BlockResult&&)>& done) const = 0;

  // Blocks that it computes at the same time.
  virtual size_t slots() const { return 1; }
  // The same for blocks as a feed gives them, `slots()` in one go unless a backend knows better.
  virtual void run_from(BlockFeed& feed, const std::function<bool(BlockResult&&)>& done) const {
    const size_t most = slots();
    bool more = true;
    while (more) {
      const std::vector<uint64_t> blocks = feed.take(most);
      if (blocks.empty()) return;
      run(blocks, [&](BlockResult&& result) { return more = done(std::move(result)); });
    }
  }
};

}  // namespace chasm
