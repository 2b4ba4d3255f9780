#include "hpc/worlds.hpp"

#include <algorithm>
#include <cstring>

#include "sim/error.hpp"

namespace chasm {

namespace {

template <class Copy>
void each_world(uint64_t pairs, uint64_t arms, Copy copy) {
  // A few thousand pairs at a time stay in the nearest cache while every arm passes over them.
  constexpr uint64_t run = 2048;
  for (uint64_t first = 0; first < pairs; first += run) {
    const uint64_t last = std::min(pairs, first + run);
    for (uint64_t arm = 0; arm < arms; ++arm)
      for (uint64_t pair = first; pair < last; ++pair) copy(pair, arm);
  }
}

template <uint64_t bytes>
void to_file(const unsigned char* from, uint64_t pairs, uint64_t arms, unsigned char* to,
             uint64_t stride) {
  each_world(pairs, arms, [=](uint64_t pair, uint64_t arm) {
    std::memcpy(to + (arm * stride + pair) * bytes, from + (pair * arms + arm) * bytes, bytes);
  });
}

template <uint64_t bytes>
void to_world(const unsigned char* from, uint64_t pairs, uint64_t arms, unsigned char* to) {
  each_world(pairs, arms, [=](uint64_t pair, uint64_t arm) {
    std::memcpy(to + (pair * arms + arm) * bytes, from + (arm * pairs + pair) * bytes, bytes);
  });
}

}  // namespace

bool is_world_variable(const std::vector<std::string>& dimensions) {
  return dimensions.size() >= 3 && dimensions[0] == "arm" && dimensions[1] == "future" &&
         dimensions[2] == "replication";
}

WorldShape world_shape(const std::vector<uint64_t>& lengths, uint64_t width) {
  WorldShape shape{lengths.at(0), lengths.at(1), lengths.at(2), width};
  uint64_t all = 1;
  bool too_large = false;
  for (const uint64_t length : lengths)
    too_large = too_large || __builtin_mul_overflow(all, length, &all);
  for (size_t axis = 3; axis < lengths.size(); ++axis)
    too_large = too_large || __builtin_mul_overflow(shape.bytes, lengths[axis], &shape.bytes);
  if (too_large || __builtin_mul_overflow(all, width, &all))
    throw InputError("a variable is too large");
  return shape;
}

uint64_t WorldSlabs::place(uint64_t pair, std::vector<uint64_t>& offset,
                           std::vector<uint64_t>& count) const {
  const uint64_t future = pair / worlds.replications, replication = pair % worlds.replications;
  const bool whole = replications >= worlds.replications;
  offset[0] = 0;
  offset[1] = future;
  offset[2] = whole ? 0 : replication;
  count[0] = worlds.arms;
  count[1] = whole ? std::min(futures, worlds.futures - future) : 1;
  count[2] =
      whole ? worlds.replications : std::min(replications, worlds.replications - replication);
  return count[1] * count[2];
}

WorldSlabs world_slabs(const WorldShape& worlds, uint64_t pairs) {
  const auto even = [](uint64_t all, uint64_t most) {
    const uint64_t parts = (all + most - 1) / most;
    return (all + parts - 1) / parts;
  };
  pairs = std::max<uint64_t>(1, pairs);
  if (pairs >= worlds.replications)
    return {worlds, even(worlds.futures, pairs / worlds.replications), worlds.replications};
  return {worlds, 1, even(worlds.replications, pairs)};
}

void to_file_order(const unsigned char* from, uint64_t pairs, const WorldShape& worlds,
                   unsigned char* to, uint64_t at, uint64_t stride) {
  const uint64_t arms = worlds.arms, bytes = worlds.bytes;
  to += at * bytes;
  if (arms == 1) {
    std::memcpy(to, from, pairs * bytes);
    return;
  }
  switch (bytes) {
    case 1:
      return to_file<1>(from, pairs, arms, to, stride);
    case 2:
      return to_file<2>(from, pairs, arms, to, stride);
    case 4:
      return to_file<4>(from, pairs, arms, to, stride);
    case 8:
      return to_file<8>(from, pairs, arms, to, stride);
    default:
      each_world(pairs, arms, [=](uint64_t pair, uint64_t arm) {
        std::memcpy(to + (arm * stride + pair) * bytes, from + (pair * arms + arm) * bytes, bytes);
      });
  }
}

void to_world_order(const unsigned char* from, uint64_t pairs, const WorldShape& worlds,
                    unsigned char* to) {
  const uint64_t arms = worlds.arms, bytes = worlds.bytes;
  if (arms == 1) {
    std::memcpy(to, from, pairs * bytes);
    return;
  }
  switch (bytes) {
    case 1:
      return to_world<1>(from, pairs, arms, to);
    case 2:
      return to_world<2>(from, pairs, arms, to);
    case 4:
      return to_world<4>(from, pairs, arms, to);
    case 8:
      return to_world<8>(from, pairs, arms, to);
    default:
      each_world(pairs, arms, [=](uint64_t pair, uint64_t arm) {
        std::memcpy(to + (pair * arms + arm) * bytes, from + (arm * pairs + pair) * bytes, bytes);
      });
  }
}

}  // namespace chasm
