#pragma once

// CHASM_FN marks a function that runs on lanes, threads and devices alike.
// CHASM_OP does the same for the few operations that must vanish into their caller.
#if defined(__CUDACC__)
#define CHASM_FN __host__ __device__ inline
#define CHASM_OP __host__ __device__ __forceinline__
#else
#define CHASM_FN inline
#define CHASM_OP inline __attribute__((always_inline))
#endif

// Unrolls the loop that follows.
#define CHASM_PRAGMA(text) _Pragma(#text)
#if defined(__CUDACC__)
#define CHASM_UNROLL(times) CHASM_PRAGMA(unroll times)
#else
#define CHASM_UNROLL(times) CHASM_PRAGMA(GCC unroll times)
#endif

// Code that is compiled once per instruction set lives in an inline namespace of that set, so that
// the linker can never hand the AVX-512 copy of a function to a processor without AVX-512.
#ifndef CHASM_ISA
#define CHASM_ISA plain
#endif

// The device compiler knows scalars only.
#if defined(__CUDACC__)
#define CHASM_HAS_VECTORS 0
#else
#define CHASM_HAS_VECTORS 1
#endif
