#pragma once

// Fills a result file (docs/file-format.md) from blocks in ascending order. Files, names and renaming are finish()'s.

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "hpc/code_identity.hpp"
#include "hpc/columns.hpp"
#include "hpc/netcdf4.hpp"
#include "hpc/result_names.hpp"
#include "hpc/sketches.hpp"
#include "sim/block.hpp"

namespace chasm {

class ResultWriter {
 public:
  // Overwrites `path`. The study must outlive the writer.
  ResultWriter(const Study&, const Partition&, const CodeIdentity&, const std::string& path);
  ~ResultWriter();

  // Throws SystemError where the block is not the next one or not of the study's shape.
  void add(const BlockResult&);
  // After the last block: writes what is left and closes the file; returns the content digest.
  std::string close();

  uint64_t failed() const { return failed_; }

 private:
  void write_axes();
  void write_metrics();
  void write_series();
  void write_histograms();
  void write_total_axes();
  void write_totals();
  void write_futures();
  void write_arms();
  void add_worlds(const BlockResult&, uint64_t pairs);
  void add_sums(const BlockResult&);
  void check(const BlockResult&) const;
  bool totals_fit(const BlockResult&) const;
  uint64_t rows() const;

  const Study& study_;
  Partition partition_;
  ResultNames names_;
  NcFile file_;
  NcDimension arm_, future_, replication_, time_, bin_, bin_edge_;
  std::deque<WorldColumn> status_, failure_, metrics_, series_;
  std::vector<std::vector<int64_t>> histograms_;  // [selected series][arm x row x bin]
  std::vector<Total> totals_;                     // kept ones
  std::vector<NcDimension> total_axes_;           // by ResultNames::axes
  std::vector<std::vector<int64_t>> sums_;        // [kept total][arm x cell]
  Sketches sketches_;                             // where no world is kept
  uint64_t next_block_ = 0;
  uint64_t failed_ = 0;
  std::vector<float> floats_;
  std::vector<double> doubles_;
};

}  // namespace chasm
