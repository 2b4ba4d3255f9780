#pragma once

// Columns by field: one value a lane for each entity, [entity][lane]. State is a struct of columns whose
// constructor takes them from an arena; the same constructor over an empty arena counts the bytes.

#include "sim/lanes.hpp"

namespace chasm {
inline namespace CHASM_ISA {

template <class T, int Stride = 1>
class Column {
 public:
  Column() = default;
  CHASM_OP explicit Column(T* first) : first_(first) {}
  CHASM_OP T& operator[](int entity) { return first_[static_cast<size_t>(entity) * Stride]; }
  CHASM_OP const T& operator[](int entity) const {
    return first_[static_cast<size_t>(entity) * Stride];
  }

 private:
  T* first_ = nullptr;
};

// A column for each lane, one whole column after another: for what is read lane by lane (a graph a world).
template <class T, int Stride = 1>
class LaneColumns {
 public:
  LaneColumns() = default;
  CHASM_OP LaneColumns(T* first, int entities)
      : first_(first), entities_(static_cast<size_t>(entities)) {}
  CHASM_OP Column<T, Stride> operator[](int lane) const {
    return Column<T, Stride>(first_ + static_cast<size_t>(lane) * entities_ * Stride);
  }

 private:
  T* first_ = nullptr;
  size_t entities_ = 0;
};

// Does the same to several columns.
template <class Body, class... Columns>
CHASM_OP void each_column(Body&& body, Columns&... columns) {
  (body(columns), ...);
}

// Hands out columns from a block of memory aligned to 64 bytes; `place` is this lane's place in a device tile.
class Arena {
 public:
  CHASM_FN explicit Arena(void* memory = nullptr, int place = 0)
      : memory_(static_cast<char*>(memory)), place_(place) {}

  template <class L, class T>
  CHASM_FN Column<T, L::stride> column(int entities) {
    const size_t at = used_;
    used_ += (sizeof(T) * static_cast<size_t>(entities) * L::stride + 63) / 64 * 64;
    if (memory_ == nullptr) return Column<T, L::stride>();
    return Column<T, L::stride>(reinterpret_cast<T*>(memory_ + at) + place_);
  }
  template <class L, class T>
  CHASM_FN LaneColumns<T, L::stride> lane_columns(int entities) {
    const size_t at = used_;
    const size_t numbers = static_cast<size_t>(entities) * L::width * L::stride;
    used_ += (sizeof(T) * numbers + 63) / 64 * 64;
    if (memory_ == nullptr) return LaneColumns<T, L::stride>();
    return LaneColumns<T, L::stride>(reinterpret_cast<T*>(memory_ + at) + place_, entities);
  }
  // The memory of a column as one of smaller values: lanes keep apart, which a cast of this lane's pointer would not do.
  template <class Small, class T, int Stride>
  CHASM_FN Column<Small, Stride> as(Column<T, Stride> column) const {
    static_assert(sizeof(Small) <= sizeof(T));
    if (memory_ == nullptr) return Column<Small, Stride>();
    return Column<Small, Stride>(reinterpret_cast<Small*>(&column[0] - place_) + place_);
  }
  CHASM_FN size_t used() const { return used_; }

 private:
  char* memory_;
  size_t used_ = 0;
  int place_;
};

}  // namespace CHASM_ISA
}  // namespace chasm
