#pragma once

// What the finished blocks of a running study say so far. Reads journals, writes nothing; memory does not grow with the study.

#include <cstdint>
#include <string>
#include <vector>

#include "app/grouped_mean.hpp"
#include "hpc/journal.hpp"
#include "sim/sketch.hpp"
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
  // The unit is a future, whichever blocks hold its replications: they share what is uncertain. With one future it is the
  // replication.
  struct Row {
    GroupedMean mean, difference;
  };
  void add(const BlockResult&);
  void add_sketches(const BlockResult&);
  void add_row(size_t row, const BlockResult&);

  Study study_;
  Partition partition_;
  std::vector<bool> seen_;        // by block
  std::vector<Row> rows_;         // [kept metric x arm], as many as are shown
  std::vector<uint64_t> failed_;  // worlds, by arm
  std::vector<Sketch> sketches_;  // [kept metric x arm], of a study that keeps no world
  uint64_t worlds_ = 0;
};

}  // namespace chasm
