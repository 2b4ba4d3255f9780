#pragma once

// The product of two 32-bit numbers a lane, in full.

#include <cstdint>

#include "sim/lanes.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// A 32-bit number a lane in the form in which the machine multiplies 32 x 32 -> 64 bits: where vectors do, even and
// odd lanes apart, each in the low half of a 64-bit place (the high half holds anything). A chain of such products
// takes the lanes apart and puts them together once.
template <int W>
struct Factor {
  using U = Vec<uint32_t, W>;
  U all;
  CHASM_OP explicit Factor(U x) : all(x) {}
  CHASM_OP U join() const { return all; }
  CHASM_OP friend Factor operator^(Factor a, Factor b) { return Factor(a.all ^ b.all); }
  CHASM_OP friend Factor operator^(Factor a, uint32_t b) { return Factor(a.all ^ U(b)); }
};

// The high and the low half of a * b.
template <int W>
CHASM_OP void multiply_wide(Factor<W> a, Factor<W> b, Factor<W>& high, Factor<W>& low) {
  for (int lane = 0; lane < W; ++lane) {
    const uint64_t product = static_cast<uint64_t>(a.all.get(lane)) * b.all.get(lane);
    high.all.set(lane, static_cast<uint32_t>(product >> 32));
    low.all.set(lane, static_cast<uint32_t>(product));
  }
}
// The same where b is the same in every lane.
template <int W>
CHASM_OP void multiply_wide(Factor<W> a, uint32_t b, Factor<W>& high, Factor<W>& low) {
  for (int lane = 0; lane < W; ++lane) {
    const uint64_t product = static_cast<uint64_t>(a.all.get(lane)) * b;
    high.all.set(lane, static_cast<uint32_t>(product >> 32));
    low.all.set(lane, static_cast<uint32_t>(product));
  }
}

#if defined(__AVX2__) && !defined(__CUDACC__)
template <>
struct Factor<8> {
  using U = Vec<uint32_t, 8>;
  __m256i even, odd;
  CHASM_OP Factor(__m256i e, __m256i o) : even(e), odd(o) {}
  CHASM_OP explicit Factor(U x) : even((__m256i)x.v), odd(_mm256_srli_epi64((__m256i)x.v, 32)) {}
  CHASM_OP U join() const {
    return U::of((U::Native)_mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa));
  }
  CHASM_OP friend Factor operator^(Factor a, Factor b) {
    return {_mm256_xor_si256(a.even, b.even), _mm256_xor_si256(a.odd, b.odd)};
  }
  CHASM_OP friend Factor operator^(Factor a, uint32_t b) {
    const __m256i same = _mm256_set1_epi32(static_cast<int>(b));
    return {_mm256_xor_si256(a.even, same), _mm256_xor_si256(a.odd, same)};
  }
};
CHASM_OP void multiply_wide(Factor<8> a, Factor<8> b, Factor<8>& high, Factor<8>& low) {
  low = {_mm256_mul_epu32(a.even, b.even), _mm256_mul_epu32(a.odd, b.odd)};
  high = {_mm256_srli_epi64(low.even, 32), _mm256_srli_epi64(low.odd, 32)};
}
CHASM_OP void multiply_wide(Factor<8> a, uint32_t b, Factor<8>& high, Factor<8>& low) {
  const __m256i same = _mm256_set1_epi32(static_cast<int>(b));
  low = {_mm256_mul_epu32(a.even, same), _mm256_mul_epu32(a.odd, same)};
  high = {_mm256_srli_epi64(low.even, 32), _mm256_srli_epi64(low.odd, 32)};
}
#endif

#if defined(__AVX512F__) && !defined(__CUDACC__)
template <>
struct Factor<16> {
  using U = Vec<uint32_t, 16>;
  __m512i even, odd;
  CHASM_OP Factor(__m512i e, __m512i o) : even(e), odd(o) {}
  CHASM_OP explicit Factor(U x) : even((__m512i)x.v), odd(_mm512_srli_epi64((__m512i)x.v, 32)) {}
  CHASM_OP U join() const {
    return U::of((U::Native)_mm512_mask_blend_epi32(0xaaaa, even, _mm512_slli_epi64(odd, 32)));
  }
  CHASM_OP friend Factor operator^(Factor a, Factor b) {
    return {_mm512_xor_si512(a.even, b.even), _mm512_xor_si512(a.odd, b.odd)};
  }
  CHASM_OP friend Factor operator^(Factor a, uint32_t b) {
    const __m512i same = _mm512_set1_epi32(static_cast<int>(b));
    return {_mm512_xor_si512(a.even, same), _mm512_xor_si512(a.odd, same)};
  }
};
CHASM_OP void multiply_wide(Factor<16> a, Factor<16> b, Factor<16>& high, Factor<16>& low) {
  low = {_mm512_mul_epu32(a.even, b.even), _mm512_mul_epu32(a.odd, b.odd)};
  high = {_mm512_srli_epi64(low.even, 32), _mm512_srli_epi64(low.odd, 32)};
}
CHASM_OP void multiply_wide(Factor<16> a, uint32_t b, Factor<16>& high, Factor<16>& low) {
  const __m512i same = _mm512_set1_epi32(static_cast<int>(b));
  low = {_mm512_mul_epu32(a.even, same), _mm512_mul_epu32(a.odd, same)};
  high = {_mm512_srli_epi64(low.even, 32), _mm512_srli_epi64(low.odd, 32)};
}
#endif

}  // namespace CHASM_ISA
}  // namespace chasm
