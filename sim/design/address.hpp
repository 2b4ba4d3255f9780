#pragma once

// Where a design's random bits live: Philox with the study's seed as key and the counter
// (row | the parameter's 64-bit name hash | decision 16, block 16). Models number their decisions below 0xff00.

#include <cstdint>
#include <string_view>

#include "sim/random.hpp"

namespace chasm {

// Appended, never renumbered.
enum class DesignDecision : uint16_t {
  independent = 0xff00,        // row = the future
  scramble = 0xff01,           // row = the leading digits, block = the group of digits
  scramble_second = 0xff02,    // the same for the second point of a Saltelli base
  latin_permutation = 0xff03,  // row = half of the index, block = the round
  latin_place = 0xff04,        // row = the future
  trajectory = 0xff05,         // row = the trajectory
};

// FNV-1a with 64 bits (Fowler, Noll & Vo) of the bytes of a parameter's name.
constexpr uint64_t name_hash(std::string_view name) {
  uint64_t hash = 14695981039346656037u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

inline PhiloxBlock<1> design_words(const PhiloxKeys& seed, uint32_t row, uint64_t name,
                                   DesignDecision decision, uint32_t block = 0) {
  using U = Vec<uint32_t, 1>;
  return philox<1>(U(row), U(static_cast<uint32_t>(name)), U(static_cast<uint32_t>(name >> 32)),
                   U((static_cast<uint32_t>(decision) << 16) | block), seed);
}

// The middle of one of 2^52 equal cells of (0, 1); `high` gives the leading 32 binary digits,
// the upper 20 bits of `low` the others.
constexpr double unit_number(uint32_t high, uint32_t low) {
  const uint64_t cell = (uint64_t{high} << 20) | (low >> 12);
  return (static_cast<double>(cell) + 0.5) * 0x1p-52;
}

}  // namespace chasm
