#pragma once

// Worlds are computed in (future, replication, arm) order and lie in a file on (arm, future, replication, ...).
// A pair is one (future, replication), numbered future * replications + replication.

#include <cstdint>
#include <string>
#include <vector>

namespace chasm {

struct WorldShape {
  uint64_t arms = 1;
  uint64_t futures = 1;
  uint64_t replications = 1;
  uint64_t bytes = 1;  // of one world: a value, or a value a row

  uint64_t pairs() const { return futures * replications; }
};

bool is_world_variable(const std::vector<std::string>& dimensions);
// Of a variable with these lengths and values of `width` bytes; throws InputError where they cannot be multiplied.
WorldShape world_shape(const std::vector<uint64_t>& lengths, uint64_t width);

// A variable cut into slabs that hold all arms of a run of pairs: whole futures, or part of one future.
struct WorldSlabs {
  WorldShape worlds;
  uint64_t futures = 1;       // of a slab
  uint64_t replications = 1;  // of a slab

  uint64_t pairs() const { return futures * replications; }
  // The slab that begins at `pair`: sets the first three places of offset and count, returns its pairs.
  uint64_t place(uint64_t pair, std::vector<uint64_t>& offset, std::vector<uint64_t>& count) const;
};

// Slabs of nearly equal size with at most that many pairs (at least one).
WorldSlabs world_slabs(const WorldShape&, uint64_t pairs);

// from [pair][arm] to [arm][pair], where an arm's worlds in `to` are `stride` pairs and the first goes to pair `at`.
void to_file_order(const unsigned char* from, uint64_t pairs, const WorldShape&, unsigned char* to,
                   uint64_t at, uint64_t stride);
// from [arm][pair] to [pair][arm].
void to_world_order(const unsigned char* from, uint64_t pairs, const WorldShape&,
                    unsigned char* to);

}  // namespace chasm
