#pragma once

// Draws that several parts of the model share.

#include "models/diffusion/tables.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// One world in all lanes: what is drawn for one world alone (its graph) is drawn for many entities at a time.
template <class L>
CHASM_OP Address<L> one_world(const Address<L>& worlds, int lane) {
  return {worlds.key, typename L::U(worlds.future.get(lane)),
          typename L::U(worlds.replication.get(lane))};
}

// first, first + 1, ... in the lanes.
template <class L>
CHASM_OP typename L::U numbered(int first) {
  typename L::U entities;
  for (int lane = 0; lane < L::width; ++lane)
    entities.set(lane, static_cast<uint32_t>(first + lane));
  return entities;
}

// A number below n, each with the same chance. False: no number, the word has to be drawn again (Lemire 2019,
// doi:10.1145/3230636).
CHASM_OP bool number_below(uint32_t n, uint32_t word, uint32_t& number) {
  const uint64_t product = static_cast<uint64_t>(word) * n;
  number = static_cast<uint32_t>(product >> 32);
  const auto low = static_cast<uint32_t>(product);
  return low >= n || low >= (0u - n) % n;
}

// The words of W addresses, asked for one address at a time: an address a lane.
template <class L>
class LaneWords {
 public:
  static constexpr uint32_t kept = 4;

  CHASM_OP explicit LaneWords(const Words<L>& words) : words_(words) {}
  CHASM_OP uint32_t word(int lane, uint32_t index) {
    return index / 4 < kept ? block(index / 4).word[index % 4].get(lane)
                            : words_.block(index / 4).word[index % 4].get(lane);
  }
  // For index < kept.
  CHASM_OP const PhiloxBlock<L::width>& block(uint32_t index) {
    for (; made_ <= index; ++made_) blocks_[made_] = words_.block(made_);
    return blocks_[index];
  }

 private:
  Words<L> words_;
  PhiloxBlock<L::width> blocks_[kept];
  uint32_t made_ = 0;
};

// Exponential with mean 1, from 2^-32 to 16.6 (float): -log(1 - v) for v the middle of one of 2^31 equal cells of (0, 1). It
// keeps all digits near 0, where rare adoptions and short gaps live.
template <class Real, int W>
CHASM_OP Vec<Real, W> waiting_time(Vec<uint32_t, W> word) {
  using F = Vec<Real, W>;
  const F cell = convert<F>(bits_as<Vec<int32_t, W>>(word >> 1));
  const F v = cell * F(Real(0x1p-31)) + F(Real(0x1p-32));
  return -log1p(-min(v, F(Real(1 - 0x1p-24))));
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
