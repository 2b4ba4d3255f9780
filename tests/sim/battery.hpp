#pragma once

// Statistical tests of 32-bit words in the order in which they come. Each verdict is the chance that good words look at least
// as bad. Knuth, The Art of Computer Programming 2, 3.3; Marsaglia's birthday spacings and binary ranks.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chasm::random_test {

struct Verdict {
  std::string test;
  double p;
};

// The chance of a chi-square at least as large, for counts against expected counts with one degree of freedom less than
// cells; cells are merged from the rarest end until each expects at least 5.
double chi_square(const std::vector<double>& counts, const std::vector<double>& expected);

class Battery {
 public:
  // A multiple of 4096 words.
  void add(std::span<const uint32_t> words);
  std::vector<Verdict> verdicts() const;

 private:
  void add_runs(uint32_t word);
  void add_birthdays(std::span<const uint32_t> words);
  void add_ranks(std::span<const uint32_t> words);

  double words_ = 0;
  std::array<double, 32> ones_{};                                // of each bit
  std::array<std::array<double, 256>, 4> bytes_{};               // [byte][value]
  std::vector<double> high_pairs_ = std::vector<double>(65536);  // the top bytes of two neighbours
  std::vector<double> low_pairs_ = std::vector<double>(65536);
  std::array<double, 33> differing_bits_{};      // between neighbours
  std::array<double, 33> differing_bits_far_{};  // between words 16 apart
  std::array<double, 24> orders_{};              // of four words
  std::array<double, 6> runs_{};                 // ascending runs of length 1..5, 6 or more
  std::array<double, 3> ranks_{};                // of 32 x 32 bits: full, one less, fewer
  std::array<double, 16> equal_spacings_{};      // among 4096 birthdays in 2^32 days
  double products_ = 0;                          // of neighbours, centred and scaled
  uint32_t before_ = 0;
  int run_ = 0;  // length so far; 0 where a run is to begin
};

}  // namespace chasm::random_test
