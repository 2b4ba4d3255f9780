#pragma once

// The loops over entities that models speak in. They own the order, so that a launcher may map them to lanes,
// threads or a block, and so that every sum has one order.

#include "sim/columns.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// Begins a part of a step. On a device the warps of a block begin it together, so that they share its instructions: the step of
// a large model is a megabyte of them, and warps that run apart wait for instructions most of the time. Elsewhere nothing happens.
// A model that has phases says so (Rules::has_phases).
CHASM_OP void phase() {
#if defined(__CUDA_ARCH__)
  // Not __syncthreads(): threads of a warp may come from different places, and those that have ended are not waited for.
  asm volatile("barrier.sync 0;" ::: "memory");
#endif
}

// Every entity; the body writes only its own.
template <class Body>
CHASM_OP void each(int entities, Body&& body) {
  for (int entity = 0; entity < entities; ++entity) body(entity);
}

// In entity order.
template <class T, class Term>
CHASM_OP T sum(int entities, Term&& term) {
  T total = T(0);
  for (int entity = 0; entity < entities; ++entity) total += term(entity);
  return total;
}

// Stops at the first entity after which the answer is yes in every lane.
template <class M, class Question>
CHASM_OP M any_of(int entities, Question&& question) {
  M yes(false);
  for (int entity = 0; entity < entities; ++entity) {
    yes |= question(entity);
    if (all(yes)) break;
  }
  return yes;
}

// Every lane that is set, by its number: for work that cannot run side by side (a graph of one's own a world).
template <int W, class Body>
CHASM_OP void each_lane(Mask<W> lanes, Body&& body) {
  if constexpr (W == 1) {
    if (lanes.get(0)) body(0);
  } else {
    for (uint32_t rest = lane_bits(lanes); rest != 0; rest &= rest - 1) body(lowest_bit(rest));
  }
}

// One lane of a vector in memory, without touching the others.
template <class T, int W>
CHASM_OP T lane_of(const Vec<T, W>& vector, int lane) {
  T out;
  __builtin_memcpy(&out,
                   reinterpret_cast<const char*>(&vector) + static_cast<size_t>(lane) * sizeof(T),
                   sizeof(T));
  return out;
}
template <class T, int W>
CHASM_OP void set_lane(Vec<T, W>& vector, int lane, T value) {
  __builtin_memcpy(reinterpret_cast<char*>(&vector) + static_cast<size_t>(lane) * sizeof(T), &value,
                   sizeof(T));
}

// What each lane finds at its own place of a column.
template <class T, int Stride, int W>
CHASM_OP T gather(const Column<T, Stride>& column, Vec<uint32_t, W> place) {
  if constexpr (W == 1) {
    return column[static_cast<int>(place.v)];
  } else {
#if defined(__AVX512F__) && !defined(__CUDACC__)
    if constexpr (W == 16 && sizeof(T) == 64 && Stride == 1) {
      const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
      const __m512i at = _mm512_add_epi32(_mm512_slli_epi32((__m512i)place.v, 4), lanes);
      return T::of((typename T::Native)_mm512_i32gather_epi32(at, &column[0], 4));
    }
#endif
#if defined(__AVX2__) && !defined(__CUDACC__)
    if constexpr (W == 8 && sizeof(T) == 32 && Stride == 1) {
      const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
      const __m256i at = _mm256_add_epi32(_mm256_slli_epi32((__m256i)place.v, 3), lanes);
      return T::of((typename T::Native)_mm256_i32gather_epi32(
          reinterpret_cast<const int*>(&column[0]), at, 4));
    }
#endif
    T out;
    for (int lane = 0; lane < W; ++lane)
      out.set(lane, lane_of(column[static_cast<int>(place.get(lane))], lane));
    return out;
  }
}

// Each of `lanes` puts its value at its own place.
template <class T, int Stride, int W>
CHASM_OP void put_at(Column<T, Stride>& column, Vec<uint32_t, W> place, Mask<W> lanes, T value) {
  each_lane(lanes, [&](int lane) {
    set_lane(column[static_cast<int>(place.get(lane))], lane, value.get(lane));
  });
}
// The same, added.
template <class T, int Stride, int W>
CHASM_OP void add_at(Column<T, Stride>& column, Vec<uint32_t, W> place, Mask<W> lanes, T value) {
  each_lane(lanes, [&](int lane) {
    T& at = column[static_cast<int>(place.get(lane))];
    set_lane(at, lane, static_cast<typename T::Element>(lane_of(at, lane) + value.get(lane)));
  });
}

// Counts one-bits position by position: 32 counters a lane, kept as binary digits across words ("vertical"),
// so adding 32 yes/no answers takes a few operations. Counts up to 2^Digits - 1.
template <class L, int Digits>
class Tally {
  using U = typename L::U;
  using I = typename L::I;

 public:
  CHASM_OP Tally() {
    for (int digit = 0; digit < Digits; ++digit) digits_[digit] = U(0u);
  }
  CHASM_OP void add(U ones) {
    ++added_;
    U carry = ones;
    // After n additions no count has more binary digits than n.
    for (int digit = 0; digit < Digits && (added_ >> digit) != 0; ++digit) {
      const U before = digits_[digit];
      digits_[digit] = before ^ carry;
      carry = before & carry;
    }
  }
  // Four at once: two full adders first, then one ripple.
  CHASM_OP void add(U a, U b, U c, U d) {
    const U abc = a ^ b ^ c, two1 = (a & b) | (c & (a ^ b));
    const U one = abc ^ d, two2 = abc & d;
    U carry = digits_[0] & one;
    digits_[0] ^= one;
    const U two = two1 ^ two2, four = two1 & two2;
    const U before1 = digits_[1];
    digits_[1] = before1 ^ two ^ carry;
    carry = (before1 & two) | (carry & (before1 ^ two));
    const U before2 = digits_[2];
    digits_[2] = before2 ^ four ^ carry;
    carry = (before2 & four) | (carry & (before2 ^ four));
    added_ += 4;
    for (int digit = 3; digit < Digits && (added_ >> digit) != 0; ++digit) {
      const U before = digits_[digit];
      digits_[digit] = before ^ carry;
      carry = before & carry;
    }
  }
  // The count at bit `position`.
  CHASM_OP I count(int position) const {
    U total(0u);
    for (int digit = 0; digit < Digits && (added_ >> digit) != 0; ++digit)
      total |= ((digits_[digit] >> position) & U(1u)) << digit;
    return bits_as<I>(total);
  }
  // The positions whose doubled count is above and below a number of each lane: a vote of `voters` for and against.
  CHASM_OP void majority(I voters, U& above, U& below) const {
    above = U(0u);
    below = U(0u);
    const U target = bits_as<U>(voters);
    for (int digit = Digits; digit >= 0; --digit) {
      const U doubled = digit == 0 ? U(0u) : digits_[digit - 1];
      const U wanted = U(0u) - ((target >> digit) & U(1u));
      const U open = ~(above | below);
      above |= open & doubled & ~wanted;
      below |= open & ~doubled & wanted;
    }
  }

 private:
  U digits_[Digits];
  unsigned added_ = 0;
};

}  // namespace CHASM_ISA
}  // namespace chasm
