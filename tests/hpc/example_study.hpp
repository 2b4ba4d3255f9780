#pragma once

// A study with one of everything that a result file can hold. Its numbers are functions of a world's address, so
// that a test can say what any place of a file must contain.

#include <functional>
#include <string>

#include "hpc/block_source.hpp"
#include "hpc/finish.hpp"
#include "sim/study.hpp"

namespace chasm::example {

struct Options {
  int arms = 3;
  uint64_t futures = 7;
  uint32_t replications = 4;
  int steps = 6;
  int every = 2;
  Keep keep = Keep::bands;
  bool uncertain = true;  // two parameters drawn, futures in twos share their luck
  bool dated = true;      // a step of seven days and a start date
  bool totals = true;
  uint64_t seed = 20260105;
};

Study study(const Options& = {});

// The code that the tests say they are.
CodeIdentity code();

bool is_failed(const Study&, uint64_t arm, uint64_t future, uint64_t replication);
// By Outputs::metrics; NaN in failed worlds.
double metric(const Study&, size_t selected, uint64_t arm, uint64_t future, uint64_t replication);
// By Outputs::series.
float series(const Study&, size_t selected, uint64_t arm, uint64_t future, uint64_t replication,
             uint64_t row);
// What a world adds to one cell of a total, by Outputs::totals.
struct Addend {
  uint64_t cell = 0;
  int64_t value = 0;  // 0 where it failed
};
Addend addend(const Study&, size_t selected, uint64_t arm, uint64_t future, uint64_t replication);
// Of an uncertain parameter, by Futures::parameters.
double draw(size_t uncertain, uint64_t future);

class Source : public BlockSource {
 public:
  Source(const Study& study, const Partition& partition) : study_(study), partition_(partition) {}
  BlockResult read(uint64_t block) override;
  // Called on each block before it is handed out: faults are planted here.
  std::function<void(BlockResult&)> change;

 private:
  const Study& study_;
  Partition partition_;
};

// finish() with blocks of that many worlds (0: as the study cuts them).
FinishReport write(const Study&, const std::string& path, uint64_t worlds_per_block = 0);

}  // namespace chasm::example
