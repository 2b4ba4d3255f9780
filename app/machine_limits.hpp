#pragma once

// How fast one core of this machine does what worlds are made of: random words, and multiplications with addition.

#include <cstdint>

namespace chasm {

struct MachineLimits {
  const char* isa;
  int width;
  // Makes 4 x width x `rounds` Philox words; returns a fold of them, so that none can be left out.
  uint32_t (*philox)(uint64_t rounds);
  // 2 x width x fma_chains x `rounds` floating-point operations.
  float (*multiply_add)(uint64_t rounds);
};

inline constexpr int fma_chains = 12;

// Of the widest instruction set that this processor runs.
MachineLimits machine_limits();

}  // namespace chasm
