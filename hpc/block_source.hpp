#pragma once

// Where finished blocks are read from: journals in the program, anything in a test.

#include <cstdint>

#include "sim/block.hpp"

namespace chasm {

class BlockSource {
 public:
  virtual ~BlockSource() = default;
  // The block, valid for its study; throws SystemError where it is missing or damaged.
  virtual BlockResult read(uint64_t block) = 0;
};

}  // namespace chasm
