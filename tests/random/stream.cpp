// The words of a study as a model asks for them, without end, on standard output: 32-bit words, little end first.
//
//   c++ -std=c++20 -O2 -march=native -ffp-contract=off -I. tests/random/stream.cpp -o stream
//   ./stream [seed] | dieharder -a -g 200
//
// Each step has 64 entities with 3 decisions of 4 words; a world has 128 steps; replications of a future come next to each
// other, 16 of them. So all fields of the address move within a few megabytes.

#include <cstdio>
#include <cstdlib>

#include "sim/random.hpp"

int main(int count, char** arguments) {
  using namespace chasm;
  using L = Lanes<float, 1>;
  using U = L::U;
  const uint64_t seed = count > 1 ? std::strtoull(arguments[1], nullptr, 0) : 1;
  const PhiloxKeys keys(seed);
  uint32_t out[64 * 3 * 4];
  for (uint32_t future = 0;; ++future)
    for (uint32_t replication = 0; replication < 16; ++replication) {
      const Address<L> at{keys, U(future), U(replication)};
      for (uint32_t step = 0; step < 128; ++step) {
        uint32_t* next = out;
        for (uint32_t entity = 0; entity < 64; ++entity)
          for (uint32_t decision = 1; decision <= 3; ++decision) {
            const auto block = at.at(decision, step, U(entity)).block(0);
            for (const U& word : block.word) *next++ = word.v;
          }
        if (std::fwrite(out, sizeof out, 1, stdout) != 1) return 0;
      }
    }
}
