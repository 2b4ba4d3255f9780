#pragma once

// What a phase adds to a total of its tile; the engine sums over worlds.

#include "sim/program.hpp"
#include "sim/vocabulary.hpp"
#include "sim/wide.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// A row of a total of two axes, each lane's own: its cells differ by their number on the second axis alone.
template <class L>
class TotalRow {
  static constexpr int W = L::width;
  static constexpr int spacing = W * L::stride;  // from one cell to the next

 public:
  CHASM_OP explicit TotalRow(int64_t* total) : total_(total) {}
  CHASM_OP void start(int lane, long cell) { start_[lane] = cell * spacing + lane; }

  // The same cell of all lanes' rows; nothing in a lane whose value is 0.
  CHASM_OP void add(typename L::U value, int at) const {
    if (total_ == nullptr) return;
    uint32_t values[W];
    value.store(values);
    for (int lane = 0; lane < W; ++lane) total_[start_[lane] + long{at} * spacing] += values[lane];
  }

 private:
  int64_t* total_;
  long start_[W];
};

template <class L>
class TotalCells {
  using I = typename L::I;
  using M = typename L::M;
  static constexpr int W = L::width;
  static constexpr int spacing = W * L::stride;  // from one cell to the next

 public:
  // `totals` null: none is kept.
  CHASM_OP TotalCells(int64_t* totals, const TotalPlace* places, int total) {
    if (totals == nullptr || places[total].first < 0) return;
    place_ = &places[total];
    first_ = totals + place_->first * spacing;
  }

  // False where the study does not keep it: adding does nothing, and what is only added need not be worked out.
  CHASM_OP bool kept() const { return first_ != nullptr; }

  // Adds to one cell of each of `worlds`, by its number on every axis of the total: an int where it is the same in all
  // lanes (a few vector operations), an I where lanes have cells of their own (lane after lane). Numbers beyond the ends of an
  // axis mean its outer cells.
  template <class... At>
  CHASM_OP void add(M worlds, Wide<W> value, At... at) const {
    static_assert(sizeof...(At) <= 3);
    if (first_ == nullptr) return;
    if constexpr ((__is_same(At, int) && ...)) {
      long cell = 0;
      int axis = 0;
      ((cell = next(cell, axis++, at)), ...);
      add_lanes(first_ + cell * spacing, select(worlds, value, Wide<W>(0)));
    } else {
      each_lane(worlds, [&](int lane) {
        long cell = 0;
        int axis = 0;
        ((cell = next(cell, axis++, in_lane(at, lane))), ...);
        first_[cell * spacing + lane] += value.get(lane);
      });
    }
  }

  // Of a total of two axes: what is added often to one row, there.
  CHASM_OP TotalRow<L> row(I at) const {
    TotalRow<L> out(first_);
    if (first_ != nullptr)
      for (int lane = 0; lane < W; ++lane)
        out.start(lane, next(0, 0, at.get(lane)) * place_->size[1]);
    return out;
  }

 private:
  CHASM_OP static int in_lane(int at, int) { return at; }
  CHASM_OP static int in_lane(I at, int lane) { return at.get(lane); }

  CHASM_OP long next(long cell, int axis, int at) const {
    const int size = place_->size[axis];
    return cell * size + (at < 0 ? 0 : at < size ? at : size - 1);
  }

  CHASM_OP static void add_lanes(int64_t* to, Wide<W> value) {
    uint32_t low[W];
    int32_t high[W];
    value.low.store(low);
    value.high.store(high);
    for (int lane = 0; lane < W; ++lane)
      to[lane] += static_cast<int64_t>(
          static_cast<uint64_t>(static_cast<uint32_t>(high[lane])) << 32 | low[lane]);
  }

  const TotalPlace* place_ = nullptr;
  int64_t* first_ = nullptr;  // [cell][lane]
};

}  // namespace CHASM_ISA
}  // namespace chasm
