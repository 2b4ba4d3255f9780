#pragma once

// Whatever computes blocks: processor threads, a GPU.

#include <cstdint>
#include <functional>
#include <span>

#include "sim/block.hpp"

namespace chasm {

class Backend {
 public:
  virtual ~Backend() = default;
  // Computes the blocks in any order. `done` is called once a finished block, one call at a time, from any
  // thread, and throws nothing; when it returns false no further block is started, blocks in flight are dropped, and
  // run() returns.
  virtual void run(std::span<const uint64_t> blocks,
                   const std::function<bool(BlockResult&&)>& done) const = 0;
};

}  // namespace chasm
