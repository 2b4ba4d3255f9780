#pragma once

// BlockResult <-> bytes: little-endian, one encoding a block, so equal results are equal bytes. Metrics are kept in
// their Storage, every NaN as one NaN, histograms and totals as the cells that are not zero.

#include <cstdint>
#include <span>
#include <vector>

#include "sim/block.hpp"

namespace chasm {

// Throws std::logic_error where the result's shape is not that of its block.
std::vector<unsigned char> encode_block(const BlockResult&, const Study&, const Partition&);

// Takes nothing on trust: every length, code and count is checked against the study before it is used.
// Throws BadBytes (hpc/bytes.hpp).
BlockResult decode_block(std::span<const unsigned char>, uint64_t block, const Study&,
                         const Partition&);

// The most bytes that any block of so many pairs takes, for disk estimates.
uint64_t most_bytes(const Study&, uint64_t pairs);

uint64_t failed_worlds(const BlockResult&);

}  // namespace chasm
