#pragma once

// Lanes: W worlds side by side. A model is a template over a lane type L; L::F, L::I, L::U and L::M
// hold one real number, one signed, one unsigned 32-bit integer and one yes/no for each of the W worlds.
// Every operation is elementwise and IEEE-exact, so each world's bits are independent of W.

#include <cstddef>
#include <cstdint>

#include "sim/function.hpp"

#if defined(__AVX2__) && !defined(__CUDACC__)
#include <immintrin.h>
#endif

namespace chasm {
inline namespace CHASM_ISA {

namespace detail {

template <class T, int W>
struct NativeOf {
#if CHASM_HAS_VECTORS
  typedef T Type __attribute__((vector_size(sizeof(T) * W)));
#endif
};
template <class T>
struct NativeOf<T, 1> {
  using Type = T;
};

template <class T>
struct BitsOf;
template <>
struct BitsOf<float> {
  using Unsigned = uint32_t;
  using Signed = int32_t;
};
template <>
struct BitsOf<double> {
  using Unsigned = uint64_t;
  using Signed = int64_t;
};

}  // namespace detail

template <class T, int W>
struct Vec {
  using Element = T;
  using Native = typename detail::NativeOf<T, W>::Type;
  static constexpr int width = W;
  Native v;

  Vec() = default;
  // A plain number means the same number in every lane.
  template <class N>
    requires(__is_same(N, int) || __is_same(N, T) || __is_same(N, double) || __is_same(N, unsigned))
  CHASM_OP constexpr Vec(N number) : v(Native{} + static_cast<T>(number)) {}
  CHASM_OP static Vec of(Native native) {
    Vec out;
    out.v = native;
    return out;
  }
  CHASM_OP T get(int lane) const {
    if constexpr (W == 1)
      return v;
    else
      return v[lane];
  }
  CHASM_OP void set(int lane, T value) {
    if constexpr (W == 1)
      v = value;
    else
      v[lane] = value;
  }
  CHASM_OP static Vec load(const T* from) {
    Vec out;
    __builtin_memcpy(&out.v, from, sizeof(Native));
    return out;
  }
  CHASM_OP void store(T* to) const { __builtin_memcpy(to, &v, sizeof(Native)); }

  CHASM_OP friend Vec operator+(Vec a, Vec b) { return of(a.v + b.v); }
  CHASM_OP friend Vec operator-(Vec a, Vec b) { return of(a.v - b.v); }
  CHASM_OP friend Vec operator*(Vec a, Vec b) { return of(a.v * b.v); }
  CHASM_OP friend Vec operator/(Vec a, Vec b) { return of(a.v / b.v); }
  CHASM_OP friend Vec operator-(Vec a) { return of(-a.v); }
  CHASM_OP friend Vec operator&(Vec a, Vec b) { return of(a.v & b.v); }
  CHASM_OP friend Vec operator|(Vec a, Vec b) { return of(a.v | b.v); }
  CHASM_OP friend Vec operator^(Vec a, Vec b) { return of(a.v ^ b.v); }
  CHASM_OP friend Vec operator~(Vec a) { return of(~a.v); }
  CHASM_OP friend Vec operator<<(Vec a, int n) { return of(a.v << n); }
  CHASM_OP friend Vec operator>>(Vec a, int n) { return of(a.v >> n); }
  CHASM_OP friend Vec operator<<(Vec a, Vec n) { return of(a.v << n.v); }
  CHASM_OP friend Vec operator>>(Vec a, Vec n) { return of(a.v >> n.v); }
  CHASM_OP Vec& operator+=(Vec b) { return *this = *this + b; }
  CHASM_OP Vec& operator-=(Vec b) { return *this = *this - b; }
  CHASM_OP Vec& operator*=(Vec b) { return *this = *this * b; }
  CHASM_OP Vec& operator/=(Vec b) { return *this = *this / b; }
  CHASM_OP Vec& operator&=(Vec b) { return *this = *this & b; }
  CHASM_OP Vec& operator|=(Vec b) { return *this = *this | b; }
  CHASM_OP Vec& operator^=(Vec b) { return *this = *this ^ b; }
};

// One yes/no a lane: all bits set or none.
template <int W>
struct Mask {
  using Bits = Vec<int32_t, W>;
  Bits bits;

  Mask() = default;
  CHASM_OP constexpr Mask(bool all) : bits(all ? -1 : 0) {}
  CHASM_OP static Mask of(Bits b) {
    Mask out;
    out.bits = b;
    return out;
  }
  CHASM_OP bool get(int lane) const { return bits.get(lane) != 0; }
  CHASM_OP void set(int lane, bool value) { bits.set(lane, value ? -1 : 0); }
  CHASM_OP friend Mask operator&(Mask a, Mask b) { return of(a.bits & b.bits); }
  CHASM_OP friend Mask operator|(Mask a, Mask b) { return of(a.bits | b.bits); }
  CHASM_OP friend Mask operator^(Mask a, Mask b) { return of(a.bits ^ b.bits); }
  CHASM_OP friend Mask operator~(Mask a) { return of(~a.bits); }
  CHASM_OP Mask& operator&=(Mask b) { return *this = *this & b; }
  CHASM_OP Mask& operator|=(Mask b) { return *this = *this | b; }
};

namespace detail {

// Comparison results have the element's size; masks have 32 bits.
template <class T, int W, class Native>
CHASM_OP Mask<W> to_mask(Native compared) {
  if constexpr (W == 1) {
    return Mask<1>(static_cast<bool>(compared));
  } else {
#if CHASM_HAS_VECTORS
    if constexpr (sizeof(T) == 4)
      return Mask<W>::of(
          Vec<int32_t, W>::of(reinterpret_cast<typename Vec<int32_t, W>::Native>(compared)));
    else
      return Mask<W>::of(
          Vec<int32_t, W>::of(__builtin_convertvector(compared, typename Vec<int32_t, W>::Native)));
#endif
  }
}

}  // namespace detail

template <class T, int W>
CHASM_OP Mask<W> operator<(Vec<T, W> a, Vec<T, W> b) {
  return detail::to_mask<T, W>(a.v < b.v);
}
template <class T, int W>
CHASM_OP Mask<W> operator<=(Vec<T, W> a, Vec<T, W> b) {
  return detail::to_mask<T, W>(a.v <= b.v);
}
template <class T, int W>
CHASM_OP Mask<W> operator>(Vec<T, W> a, Vec<T, W> b) {
  return detail::to_mask<T, W>(a.v > b.v);
}
template <class T, int W>
CHASM_OP Mask<W> operator>=(Vec<T, W> a, Vec<T, W> b) {
  return detail::to_mask<T, W>(a.v >= b.v);
}
template <class T, int W>
CHASM_OP Mask<W> operator==(Vec<T, W> a, Vec<T, W> b) {
  return detail::to_mask<T, W>(a.v == b.v);
}
template <class T, int W>
CHASM_OP Mask<W> operator!=(Vec<T, W> a, Vec<T, W> b) {
  return detail::to_mask<T, W>(a.v != b.v);
}

// m ? yes : no, lane by lane.
template <class T, int W>
CHASM_OP Vec<T, W> select(Mask<W> m, Vec<T, W> yes, Vec<T, W> no) {
  if constexpr (W == 1) {
    return m.bits.v ? yes : no;
  } else {
#if CHASM_HAS_VECTORS
    if constexpr (sizeof(T) == 4) {
      return Vec<T, W>::of(m.bits.v ? yes.v : no.v);
    } else {
      using Wide = typename Vec<int64_t, W>::Native;
      return Vec<T, W>::of(__builtin_convertvector(m.bits.v, Wide) ? yes.v : no.v);
    }
#endif
  }
}

template <int W>
CHASM_OP bool any(Mask<W> m) {
  if constexpr (W == 1) return m.bits.v != 0;
#if defined(__AVX512F__) && !defined(__CUDACC__)
  if constexpr (W == 16) {
    __m512i x = reinterpret_cast<__m512i>(m.bits.v);
    return _mm512_test_epi32_mask(x, x) != 0;
  }
#endif
#if defined(__AVX2__) && !defined(__CUDACC__)
  if constexpr (W == 8) {
    __m256i x = reinterpret_cast<__m256i>(m.bits.v);
    return !_mm256_testz_si256(x, x);
  }
#endif
  int32_t seen = 0;
  for (int lane = 0; lane < W; ++lane) seen |= m.bits.get(lane);
  return seen != 0;
}
// Bit k says whether lane k is below zero (or -0); W is at most 32.
template <class T, int W>
CHASM_OP uint32_t negative_bits(Vec<T, W> x) {
  [[maybe_unused]] constexpr int size = sizeof(x.v);
#if defined(__AVX512F__) && !defined(__CUDACC__)
  if constexpr (sizeof(T) == 4 && size == 64) return _mm512_movepi32_mask((__m512i)x.v);
  if constexpr (sizeof(T) == 8 && size == 64) return _mm512_movepi64_mask((__m512i)x.v);
  if constexpr (sizeof(T) == 2 && size == 64) return _mm512_movepi16_mask((__m512i)x.v);
  if constexpr (sizeof(T) == 2 && size == 32) return _mm256_movepi16_mask((__m256i)x.v);
#endif
#if defined(__AVX2__) && !defined(__CUDACC__)
  if constexpr (sizeof(T) == 4 && size == 32)
    return static_cast<uint32_t>(_mm256_movemask_ps((__m256)x.v));
  if constexpr (sizeof(T) == 2 && size == 32)
    return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(
        _mm256_castsi256_si128((__m256i)x.v), _mm256_extracti128_si256((__m256i)x.v, 1))));
  if constexpr (sizeof(T) == 2 && size == 16)
    return static_cast<uint32_t>(
        _mm_movemask_epi8(_mm_packs_epi16((__m128i)x.v, _mm_setzero_si128())));
#endif
  uint32_t bits = 0;
  for (int lane = 0; lane < W; ++lane) {
    if constexpr (static_cast<T>(0.5) == T(0))
      bits |= (x.get(lane) < T(0) ? 1u : 0u) << lane;
    else
      bits |= (__builtin_signbit(x.get(lane)) ? 1u : 0u) << lane;
  }
  return bits;
}
// Bit k is lane k.
template <int W>
CHASM_OP uint32_t lane_bits(Mask<W> m) {
  return negative_bits(m.bits);
}

template <int W>
CHASM_OP bool all(Mask<W> m) {
  return !any(~m);
}
template <int W>
CHASM_OP bool any(Vec<uint32_t, W> bits) {
  return any(Mask<W>::of(Vec<int32_t, W>::of((typename Vec<int32_t, W>::Native)bits.v)));
}

template <class T, int W>
CHASM_OP Vec<T, W> min(Vec<T, W> a, Vec<T, W> b) {
  return select(b < a, b, a);
}
template <class T, int W>
CHASM_OP Vec<T, W> max(Vec<T, W> a, Vec<T, W> b) {
  return select(a < b, b, a);
}
template <class T, int W>
CHASM_OP Vec<T, W> clamp(Vec<T, W> x, Vec<T, W> low, Vec<T, W> high) {
  return min(max(x, low), high);
}
// Value conversions between element types; To is Vec<int32_t, W>, Vec<float, W>...
// Small counts (Vec<uint8_t, W>, Vec<uint16_t, W>) widen to and narrow from 32 bits in one instruction.
template <class To, class T, int W>
CHASM_OP To convert(Vec<T, W> x) {
  if constexpr (W == 1) {
    return To::of(static_cast<typename To::Element>(x.v));
  } else {
#if CHASM_HAS_VECTORS
    using Native = typename To::Native;
    using Element = typename To::Element;
    [[maybe_unused]] constexpr bool widens =
        __is_same(Element, int32_t) || __is_same(Element, uint32_t);
    [[maybe_unused]] constexpr bool narrows = __is_same(T, int32_t) || __is_same(T, uint32_t);
#if defined(__AVX512F__)
    if constexpr (W == 16 && widens && __is_same(T, uint8_t))
      return To::of((Native)_mm512_cvtepu8_epi32((__m128i)x.v));
    if constexpr (W == 16 && widens && __is_same(T, uint16_t))
      return To::of((Native)_mm512_cvtepu16_epi32((__m256i)x.v));
    if constexpr (W == 16 && narrows && __is_same(Element, uint8_t))
      return To::of((Native)_mm512_cvtepi32_epi8((__m512i)x.v));
    if constexpr (W == 16 && narrows && __is_same(Element, uint16_t))
      return To::of((Native)_mm512_cvtepi32_epi16((__m512i)x.v));
#endif
#if defined(__AVX2__)
    if constexpr (W == 8 && widens && __is_same(T, uint8_t))
      return To::of((Native)_mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)x.v)));
    if constexpr (W == 8 && widens && __is_same(T, uint16_t))
      return To::of((Native)_mm256_cvtepu16_epi32((__m128i)x.v));
#endif
    return To::of(__builtin_convertvector(x.v, Native));
#endif
  }
}

// The same bits read as another type of the same size.
template <class To, class T, int W>
CHASM_OP To bits_as(Vec<T, W> x) {
  static_assert(sizeof(typename To::Element) == sizeof(T));
  To out;
  __builtin_memcpy(&out.v, &x.v, sizeof(x.v));
  return out;
}
template <int W>
CHASM_OP Vec<uint32_t, W> as_bits(Mask<W> m) {
  return bits_as<Vec<uint32_t, W>>(m.bits);
}

// Toward zero; NaN becomes 0 and what does not fit becomes the nearest that does.
template <class T, int W>
CHASM_OP Vec<int32_t, W> to_int(Vec<T, W> x) {
  const Vec<T, W> high = sizeof(T) == 4 ? T(2147483520.0) : T(2147483647.0);
  x = select(x == x, clamp(x, Vec<T, W>(T(-2147483648.0)), high), Vec<T, W>(T(0)));
  return convert<Vec<int32_t, W>>(x);
}

// The size without the sign, also of zero and NaN.
template <class T, int W>
CHASM_OP Vec<T, W> abs(Vec<T, W> x) {
  using Bits = Vec<typename detail::BitsOf<T>::Unsigned, W>;
  return bits_as<Vec<T, W>>((bits_as<Bits>(x) << 1) >> 1);
}

// INT32_MIN has no positive twin and is not allowed.
template <int W>
CHASM_OP Vec<int32_t, W> abs(Vec<int32_t, W> x) {
  return select(x < Vec<int32_t, W>(0), -x, x);
}

// To the nearest whole number, ties to even; the sign of zero, infinities and NaN stay.
template <class T, int W>
CHASM_OP Vec<T, W> round(Vec<T, W> x) {
  using V = Vec<T, W>;
  using Bits = Vec<typename detail::BitsOf<T>::Unsigned, W>;
  const V size = abs(x);
  // From here on every number is whole.
  const V whole = V(sizeof(T) == 4 ? 0x1p23 : 0x1p52);
  const V nearest = (size + whole) - whole;
  const Bits sign = bits_as<Bits>(x) ^ bits_as<Bits>(size);
  return select(size < whole, bits_as<V>(bits_as<Bits>(nearest) | sign), x);
}

template <class T, int W>
CHASM_OP Vec<T, W> floor(Vec<T, W> x) {
  const Vec<T, W> nearest = round(x);
  return select(x < nearest, nearest - Vec<T, W>(T(1)), nearest);
}

// a * b + c with one rounding.
template <class T, int W>
CHASM_OP Vec<T, W> fma(Vec<T, W> a, Vec<T, W> b, Vec<T, W> c) {
#if defined(__AVX512F__) && !defined(__CUDACC__)
  if constexpr (sizeof(a.v) == 64 && sizeof(T) == 4)
    return Vec<T, W>::of(reinterpret_cast<typename Vec<T, W>::Native>(
        _mm512_fmadd_ps((__m512)a.v, (__m512)b.v, (__m512)c.v)));
  if constexpr (sizeof(a.v) == 64 && sizeof(T) == 8)
    return Vec<T, W>::of(reinterpret_cast<typename Vec<T, W>::Native>(
        _mm512_fmadd_pd((__m512d)a.v, (__m512d)b.v, (__m512d)c.v)));
#endif
#if defined(__FMA__) && !defined(__CUDACC__)
  if constexpr (sizeof(a.v) == 32 && sizeof(T) == 4)
    return Vec<T, W>::of(reinterpret_cast<typename Vec<T, W>::Native>(
        _mm256_fmadd_ps((__m256)a.v, (__m256)b.v, (__m256)c.v)));
  if constexpr (sizeof(a.v) == 32 && sizeof(T) == 8)
    return Vec<T, W>::of(reinterpret_cast<typename Vec<T, W>::Native>(
        _mm256_fmadd_pd((__m256d)a.v, (__m256d)b.v, (__m256d)c.v)));
#endif
  Vec<T, W> out;
  for (int lane = 0; lane < W; ++lane)
    if constexpr (sizeof(T) == 4)
      out.set(lane, __builtin_fmaf(a.get(lane), b.get(lane), c.get(lane)));
    else
      out.set(lane, __builtin_fma(a.get(lane), b.get(lane), c.get(lane)));
  return out;
}

template <class T, int W>
CHASM_OP Vec<T, W> sqrt(Vec<T, W> x) {
#if defined(__AVX512F__) && !defined(__CUDACC__)
  if constexpr (sizeof(x.v) == 64 && sizeof(T) == 4)
    return Vec<T, W>::of((typename Vec<T, W>::Native)_mm512_sqrt_ps((__m512)x.v));
  if constexpr (sizeof(x.v) == 64 && sizeof(T) == 8)
    return Vec<T, W>::of((typename Vec<T, W>::Native)_mm512_sqrt_pd((__m512d)x.v));
#endif
#if defined(__AVX2__) && !defined(__CUDACC__)
  if constexpr (sizeof(x.v) == 32 && sizeof(T) == 4)
    return Vec<T, W>::of((typename Vec<T, W>::Native)_mm256_sqrt_ps((__m256)x.v));
  if constexpr (sizeof(x.v) == 32 && sizeof(T) == 8)
    return Vec<T, W>::of((typename Vec<T, W>::Native)_mm256_sqrt_pd((__m256d)x.v));
#endif
  Vec<T, W> out;
  for (int lane = 0; lane < W; ++lane)
    if constexpr (sizeof(T) == 4)
      out.set(lane, __builtin_sqrtf(x.get(lane)));
    else
      out.set(lane, __builtin_sqrt(x.get(lane)));
  return out;
}

// The place of the lowest one-bit; there must be one.
CHASM_OP int lowest_bit(uint32_t bits) {
#if defined(__CUDA_ARCH__)
  return __ffs(static_cast<int>(bits)) - 1;
#else
  return __builtin_ctz(bits);
#endif
}

// The number of one-bits.
template <int W>
CHASM_OP Vec<int32_t, W> popcount(Vec<uint32_t, W> x) {
  using U = Vec<uint32_t, W>;
  if constexpr (W == 1) {
#if defined(__CUDA_ARCH__)
    return Vec<int32_t, W>::of(__popc(x.v));
#else
    return Vec<int32_t, W>::of(__builtin_popcount(x.v));
#endif
  }
#if defined(__AVX512BW__) && !defined(__CUDACC__)
  if constexpr (W == 16) {
    // Two half-bytes a table look-up, then the four bytes are added.
    const __m512i table =
        _mm512_broadcast_i32x4(_mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
    const __m512i half = _mm512_set1_epi8(15), v = (__m512i)x.v;
    const __m512i bytes = _mm512_add_epi8(
        _mm512_shuffle_epi8(table, _mm512_and_si512(v, half)),
        _mm512_shuffle_epi8(table, _mm512_and_si512(_mm512_srli_epi32(v, 4), half)));
    return Vec<int32_t, W>::of((typename Vec<int32_t, W>::Native)_mm512_madd_epi16(
        _mm512_maddubs_epi16(bytes, _mm512_set1_epi8(1)), _mm512_set1_epi16(1)));
  }
#endif
#if defined(__AVX2__) && !defined(__CUDACC__)
  if constexpr (W == 8) {
    const __m256i table =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
    const __m256i half = _mm256_set1_epi8(15), v = (__m256i)x.v;
    const __m256i bytes = _mm256_add_epi8(
        _mm256_shuffle_epi8(table, _mm256_and_si256(v, half)),
        _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi32(v, 4), half)));
    return Vec<int32_t, W>::of((typename Vec<int32_t, W>::Native)_mm256_madd_epi16(
        _mm256_maddubs_epi16(bytes, _mm256_set1_epi8(1)), _mm256_set1_epi16(1)));
  }
#endif
  x = x - ((x >> 1) & U(0x55555555u));
  x = (x & U(0x33333333u)) + ((x >> 2) & U(0x33333333u));
  x = (x + (x >> 4)) & U(0x0f0f0f0fu);
  return bits_as<Vec<int32_t, W>>((x * U(0x01010101u)) >> 24);
}

// The lane type: Real is float (the engine) or double (the precision oracle); Stride is the distance
// between two entities of one column in elements of W worlds (32 where a device keeps [entity][thread]).
// Traced lanes are one world that tells what happens in it (World::note); all others have nothing of it compiled in.
template <class Real_, int W, int Stride = 1, bool Traced = false>
struct Lanes {
  static_assert(!Traced || W == 1);
  using Real = Real_;
  using F = Vec<Real, W>;
  using I = Vec<int32_t, W>;
  using U = Vec<uint32_t, W>;
  using M = Mask<W>;
  static constexpr int width = W;
  static constexpr int stride = Stride;
  static constexpr bool traced = Traced;
};

}  // namespace CHASM_ISA
}  // namespace chasm
