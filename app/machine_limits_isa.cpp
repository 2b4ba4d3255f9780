// Compiled once per instruction set, as models are.

#include "app/machine_limits.hpp"
#include "sim/random.hpp"

#define CHASM_TEXT_(x) #x
#define CHASM_TEXT(x) CHASM_TEXT_(x)

namespace chasm {
inline namespace CHASM_ISA {

namespace {

using F = Vec<float, CHASM_WIDTH>;
using U = Vec<uint32_t, CHASM_WIDTH>;

uint32_t make_words(uint64_t rounds) {
  const PhiloxKeys key(1);
  U fold(0u);
  for (uint64_t round = 0; round < rounds; ++round) {
    const auto block = philox(U(static_cast<uint32_t>(round)), U(1u), U(2u), U(3u), key);
    fold = fold ^ block.word[0] ^ block.word[1] ^ block.word[2] ^ block.word[3];
  }
  uint32_t out = 0;
  for (int lane = 0; lane < CHASM_WIDTH; ++lane) out ^= fold.get(lane);
  return out;
}

// A processor without the fused instruction multiplies and adds; emulating it exactly is another matter.
F step(F a, F b, F c) {
#if defined(__FMA__)
  return fma(a, b, c);
#else
  return a * b + c;
#endif
}

float make_sums(uint64_t rounds) {
  F chain[fma_chains];
  for (int i = 0; i < fma_chains; ++i) chain[i] = F(static_cast<float>(i));
  const F scale(0.999f), shift(0.001f);
  for (uint64_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (int i = 0; i < fma_chains; ++i) chain[i] = step(chain[i], scale, shift);
  }
  float out = 0;
  for (int i = 0; i < fma_chains; ++i) out += chain[i].get(0);
  return out;
}

}  // namespace

MachineLimits limits() { return {CHASM_TEXT(CHASM_ISA), CHASM_WIDTH, make_words, make_sums}; }

}  // namespace CHASM_ISA
}  // namespace chasm
