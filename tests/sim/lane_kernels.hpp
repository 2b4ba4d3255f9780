#pragma once

// Every operation on lanes as a function on arrays, compiled once per instruction set, width and kind of real number
// (lane_kernels.cpp), so that tests compiled for any processor can compare them.

#include <cstddef>
#include <cstdint>

namespace chasm::lane_test {

// `kinds` are the inputs and the outputs, "ff>f": f real number, i int32_t, u uint32_t, m mask (0 or -1 as int32_t),
// w Wide as int64_t.
// `count` is a multiple of 16.
struct Kernel {
  const char* name;
  const char* kinds;
  void (*run)(const void* const* in, void* const* out, size_t count);
};

// Where draws live; the arrays have one element for each draw.
struct Place {
  uint64_t seed;
  const uint32_t* future;
  const uint32_t* replication;
  const uint32_t* entity;
  uint32_t step;
  uint32_t decision;
};

// A draw for each element, with the parameters that `kinds` says ("ff>i").
struct DrawKernel {
  const char* name;
  const char* kinds;
  void (*run)(const Place& place, const void* const* parameters, void* out, size_t count);
};

struct LaneProgram {
  const char* isa;
  int width;
  bool doubles;
  const Kernel* kernels;
  int kernel_count;
  const DrawKernel* draws;
  int draw_count;
  // Words `first` .. `first + 3` of each address as out[4][count]; `first` is a multiple of 4.
  void (*words)(const Place& place, uint32_t first, uint32_t* out, size_t count);
  // Random123's function on any counter: counter[4][count], out[4][count].
  void (*philox)(uint64_t key, const uint32_t* counter, uint32_t* out, size_t count);
};

}  // namespace chasm::lane_test
