#pragma once

// The words that a study asks for, in several orders: each field of the address as the one that moves fastest.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace chasm::random_test {

struct Place {
  uint32_t future, replication, step, entity, decision;
};

// Fills out[4][count] with the first four words of each address.
using Generator = std::function<void(uint64_t seed, std::span<const Place>, uint32_t* out)>;

// What the engine makes, on the widest lanes of this processor.
void engine(uint64_t seed, std::span<const Place> places, uint32_t* out);

// Philox written down once more, plainly, with any number of rounds and any change to the counter before it is used.
struct Counter {
  uint32_t word[4];
};
Counter philox(Counter counter, uint64_t key, int rounds = 10);
Counter counter_of(const Place& place);
Generator broken(int rounds, std::function<void(Counter&)> change);

struct Order {
  const char* name;
  Place (*place)(uint64_t number);
  bool first_words_only;  // one word an address, as most decisions take
};
std::span<const Order> orders();

}  // namespace chasm::random_test
