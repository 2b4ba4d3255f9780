#pragma once

#include <cstdint>

#include "sim/block.hpp"

namespace chasm {

// Where the finaliser finds finished blocks: journals, or memory in tests.
class BlockSource {
 public:
  virtual ~BlockSource() = default;
  // Called once a block, in ascending order from 0. Throws InputError where the block was never committed.
  virtual BlockResult read(uint64_t block) = 0;
};

}  // namespace chasm
