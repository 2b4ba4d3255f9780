#include "tests/sim/streams.hpp"

#include "tests/sim/lane_programs.hpp"

namespace chasm::random_test {
namespace {

// `bits` binary digits of a number.
uint32_t part(uint64_t number, int shift, int bits) {
  return static_cast<uint32_t>(number >> shift & ((uint64_t{1} << bits) - 1));
}

}  // namespace

void engine(uint64_t seed, std::span<const Place> places, uint32_t* out) {
  const lane_test::LaneProgram& program = lane_test::widest();
  std::vector<uint32_t> future, replication, entity, words;
  // A program takes one step and one decision at a time, for any number of worlds and entities.
  for (size_t first = 0, next; first < places.size(); first = next) {
    for (next = first; next < places.size() && places[next].step == places[first].step &&
                       places[next].decision == places[first].decision;
         ++next) {
      future.push_back(places[next].future);
      replication.push_back(places[next].replication);
      entity.push_back(places[next].entity);
    }
    const size_t padded = (next - first + 15) / 16 * 16;
    future.resize(padded), replication.resize(padded), entity.resize(padded);
    words.resize(4 * padded);
    program.words({seed, future.data(), replication.data(), entity.data(), places[first].step,
                   places[first].decision},
                  0, words.data(), padded);
    for (size_t word = 0; word < 4; ++word)
      for (size_t at = first; at < next; ++at)
        out[word * places.size() + at] = words[word * padded + at - first];
    future.clear(), replication.clear(), entity.clear();
  }
}

Counter philox(Counter c, uint64_t key, int rounds) {
  uint32_t low = static_cast<uint32_t>(key), high = static_cast<uint32_t>(key >> 32);
  for (int round = 0; round < rounds; ++round) {
    const uint64_t product0 = uint64_t{0xD2511F53} * c.word[0];
    const uint64_t product1 = uint64_t{0xCD9E8D57} * c.word[2];
    c = {{static_cast<uint32_t>(product1 >> 32) ^ c.word[1] ^ low, static_cast<uint32_t>(product1),
          static_cast<uint32_t>(product0 >> 32) ^ c.word[3] ^ high,
          static_cast<uint32_t>(product0)}};
    low += 0x9E3779B9;
    high += 0xBB67AE85;
  }
  return c;
}

Counter counter_of(const Place& place) {
  return {{place.future, place.replication << 16 | place.step, place.entity, place.decision << 16}};
}

Generator broken(int rounds, std::function<void(Counter&)> change) {
  return [=](uint64_t seed, std::span<const Place> places, uint32_t* out) {
    for (size_t at = 0; at < places.size(); ++at) {
      Counter counter = counter_of(places[at]);
      change(counter);
      counter = philox(counter, seed, rounds);
      for (size_t word = 0; word < 4; ++word) out[word * places.size() + at] = counter.word[word];
    }
  };
}

std::span<const Order> orders() {
  static const Order all[] = {
      {"futures", [](uint64_t n) { return Place{part(n, 0, 32), 0, 1, 0, 1}; }, true},
      {"replications", [](uint64_t n) { return Place{part(n, 16, 32), part(n, 0, 16), 1, 0, 1}; },
       true},
      {"steps", [](uint64_t n) { return Place{0, part(n, 15, 16), part(n, 0, 15), 0, 1}; }, true},
      {"entities", [](uint64_t n) { return Place{0, 0, 1, part(n, 0, 32), 1}; }, true},
      {"decisions", [](uint64_t n) { return Place{0, 0, 1, part(n, 6, 32), part(n, 0, 6)}; }, true},
      {"worlds", [](uint64_t n) { return Place{part(n, 4, 32), part(n, 0, 4), 1, 0, 1}; }, true},
      {"a study",
       [](uint64_t n) {
         return Place{part(n, 21, 32), part(n, 0, 4), part(n, 14, 7), part(n, 6, 8), part(n, 4, 2)};
       },
       true},
      {"four words of each",
       [](uint64_t n) {
         return Place{part(n, 16, 32), part(n, 12, 4), part(n, 6, 6), part(n, 0, 6), 2};
       },
       false},
  };
  return all;
}

}  // namespace chasm::random_test
