#pragma once

// The narrow bridge between the engine and a model compiled for one lane width and instruction set:
// plain data and two functions. A tile is `width` worlds run together, one a lane.

#include <cstddef>
#include <cstdint>

namespace chasm {

// Where a total lies in a tile.
struct TotalPlace {
  long first = -1;  // its first cell, -1 where the study does not keep it
  int size[3] = {1, 1, 1};
};

enum class Comparison : char { below, at_most, above, at_least };

// A lever that starts at the end of a step where a series, as observed then, compares so with a value.
struct Condition {
  int lane;
  int lever;
  int series;
  Comparison comparison;
  float value;
  int step;
};

// What a traced world tells: an event of the model's table, what it is about, and its values in the table's order.
struct Note {
  static constexpr int most_values = 12;
  int step;
  unsigned short event;  // Event::number
  int count;             // of values
  long entity;
  double values[most_values];
};

// A device's tile is as wide as a warp; its inputs and outputs lie like those of 32 lanes.
struct Tile {
  uint64_t seed;
  int steps;                    // 1..max_steps
  int every;                    // a series row is kept at steps 0, every, 2 every, ...
  const uint32_t* future;       // [lane], the random-address future
  const uint32_t* replication;  // [lane]
  const double* parameters;     // [parameter][lane]
  const double* levers;         // [lever][strength, start, until, ramp][lane]
  const void* shape;            // the model's Shape
  const void* shared;           // the model's Shared
  void* memory;                 // Program::memory bytes, aligned to 64
  double* metrics;              // [metric][lane]
  float* series;                // [row][series][lane], or null where no series is wanted
  uint16_t* failure;            // [lane], 0 or a FailureReason number
  int64_t* totals = nullptr;    // [cell][lane], zeros; null where no total is kept
  const Condition* conditions = nullptr;
  int condition_count = 0;
  const TotalPlace* places = nullptr;  // [total]
  // Where a traced program tells each note, in the order of events; null: nobody listens.
  void (*note)(void* listener, const Note&) = nullptr;
  void* listener = nullptr;
};

struct Program {
  const char* isa;  // "plain", "avx2", "avx512"; "trace" for traced lanes
  int width;        // worlds a tile
  bool doubles;     // real numbers of 64 instead of 32 bits
  size_t (*memory)(const void* shape, const void* shared);  // bytes of state a tile needs
  void (*run)(const Tile&);
};

// Rows of a series: step 0 and every `every`-th one after it.
inline int series_rows(int steps, int every) { return steps / every + 1; }

}  // namespace chasm
