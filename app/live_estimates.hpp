#pragma once

// What the finished blocks of a running study say so far. Reads journals, writes nothing; memory does not grow with the study.

#include <cstdint>
#include <string>
#include <vector>

#include "hpc/journal.hpp"
#include "sim/statistics.hpp"
#include "sim/study.hpp"

namespace chasm {

class LiveEstimates {
 public:
  // Throws InputError where this program cannot read the study that journals carry.
  LiveEstimates(const Identity&, const std::string& folder);

  // Takes blocks that have come since the last call. Throws SystemError where one cannot be read.
  void look(const JournalReader&);
  // A table: by metric and arm the mean with its 95 % interval, and the difference to the baseline; failed worlds. "" before
  // there is anything.
  std::string text() const;

 private:
  // The unit is a future within a block: its replications share what is uncertain.
  struct Arm {
    Moments mean, difference;
  };
  void add(const BlockResult&);
  void add_sketches(const BlockResult&);
  void add_metric(size_t metric, const BlockResult&);

  Study study_;
  Partition partition_;
  std::vector<bool> seen_;              // by block
  std::vector<std::vector<Arm>> arms_;  // [kept metric][arm]
  std::vector<uint64_t> failed_;        // worlds, by arm
  std::vector<Sketch> sketches_;        // [kept metric x arm], of a study that keeps no world
  uint64_t worlds_ = 0;
};

}  // namespace chasm
