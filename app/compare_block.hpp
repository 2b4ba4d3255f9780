#pragma once

// Blocks that were run again against what a result file holds of them.

#include <cstdint>
#include <string>
#include <vector>

#include "app/recorded.hpp"
#include "sim/block.hpp"

namespace chasm {

class CompareBlock {
 public:
  // `whole`: every block will be added, so that sums over worlds (bands, totals) can be compared too. The recorded study must
  // outlive this.
  CompareBlock(const Recorded&, const Partition&, bool whole);
  void add(const BlockResult&);
  // After the last block.
  void finish();

  uint64_t differences() const { return differences_; }
  // "code_knowledge of world nothing/12/3 is 0.2 in the file and 0.3 when run again", at most ten.
  const std::vector<std::string>& first_differences() const { return words_; }

 private:
  void compare_arm(const BlockResult&, uint64_t arm, PairRange);
  void finish_totals();
  void note(std::string difference);
  std::string world(uint64_t arm, uint64_t pair) const;

  const Recorded& recorded_;
  Partition parts_;
  std::vector<std::vector<int64_t>> bands_;  // [selected series][arm x row x bin]
  std::vector<Total> totals_;                // kept ones, where they are compared
  std::vector<std::vector<int64_t>> sums_;   // [kept total][arm x cell]
  uint64_t differences_ = 0;
  std::vector<std::string> words_;
};

}  // namespace chasm
