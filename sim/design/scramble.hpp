#pragma once

#include <cstdint>

#include "sim/design/address.hpp"

namespace chasm {

// Owen's nested uniform scrambling of the first 32 binary digits of a coordinate, exactly: each digit is flipped by
// a random bit of its own for every value of the digits before it; what lies below the 32nd digit becomes uniform.
// Seven levels of that binary tree take one Philox block. Owen 1995, doi:10.1007/978-1-4612-2552-2_19.
inline double scrambled(uint32_t digits, const PhiloxKeys& seed, uint64_t name,
                        DesignDecision decision) {
  constexpr int levels_a_block = 7;  // 2^7 - 1 nodes, 128 bits
  uint32_t flips = 0;
  uint32_t block = 0;
  for (int level = 0; level < 32; level += levels_a_block, ++block) {
    const uint32_t prefix = level == 0 ? 0 : digits >> (32 - level);
    const auto words = design_words(seed, prefix, name, decision, block);
    uint32_t node = 1;
    for (int l = level; l < level + levels_a_block && l < 32; ++l) {
      const uint32_t bit = (words.word[node >> 5].v >> (node & 31)) & 1;
      flips |= bit << (31 - l);
      node = 2 * node + ((digits >> (31 - l)) & 1);
    }
  }
  return unit_number(digits ^ flips, design_words(seed, digits, name, decision, block).word[0].v);
}

}  // namespace chasm
