#pragma once

// Reading a result file of any format version that was ever released.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hpc/code_identity.hpp"
#include "sim/block.hpp"

namespace chasm {

inline constexpr int result_format_version = 1;

struct ResultInfo {
  int format_version = 0;
  std::string title;
  std::string question;
  std::string model;
  int model_version = 0;
  uint64_t seed = 0;
  int random_address_version = 0;
  CodeIdentity code;
  int steps = 0;
  std::string start;  // ISO date of step 0, "" where the study gives none
  std::string design;
  std::vector<std::string> arms;
  uint64_t futures = 0;
  uint64_t replications = 0;
  uint64_t failed_worlds = 0;
  std::string study;  // the study as resolved, verbatim TOML
  std::vector<std::pair<std::string, std::string>>
      tables;                  // name, SHA-256 of the bytes in hexadecimal
  std::string content_digest;  // "sha256:...", as stored
  uint64_t bytes = 0;          // of the file
  bool keeps_worlds = true;    // false: what is said of arms alone

  uint64_t worlds() const { return arms.size() * futures * replications; }
};

enum class VariableKind {
  metric,     // arm, future, replication
  histogram,  // arm, time, bin
  series,     // arm, future, replication, time
  parameter,  // arm or future
  total,      // arm, axes of its own
  summary,    // arm (and a bin): a statistic of a metric where no world is kept
  other,
};

struct ResultVariable {
  std::string name;  // in the file
  VariableKind kind = VariableKind::other;
  std::string
      meaning_of;  // the model's name of the metric, series, parameter or total; "" for other
  std::string statistic;  // of a summary: "mean", "counts"...
  std::string units;
  std::string long_name;
  std::vector<std::string> dimensions;
  std::vector<uint64_t> shape;
};

// Worlds of one arm: pairs are future * replications + replication.
struct PairRange {
  uint64_t first = 0;
  uint64_t count = 0;
};

// A file that crashes or stalls libhdf5 is found out in a child process; tests of the reader itself go without.
enum class Guard { child, none };

// All members throw InputError, with the path, for what is not a whole and readable chasm result.
class ResultFile {
 public:
  explicit ResultFile(const std::string& path, Guard = Guard::child);
  ~ResultFile();
  ResultFile(ResultFile&&) noexcept;
  ResultFile& operator=(ResultFile&&) noexcept;

  const ResultInfo& info() const;
  // Everything in the root group, in the order of the file.
  const std::vector<ResultVariable>& variables() const;

  // By the model's name of the metric. Missing worlds are NaN.
  double metric(const std::string& name, uint64_t arm, uint64_t future, uint64_t replication) const;
  // values.size() == range.count.
  void column(const std::string& name, uint64_t arm, PairRange, std::span<double> values) const;
  // values.size() == range.count x rows of the series; only where every world's series was kept.
  void series(const std::string& name, uint64_t arm, PairRange, std::span<float> values) const;
  // Worlds by [row][bin]; values.size() == rows of the series x band_bins; only where bands were kept.
  void histogram(const std::string& name, uint64_t arm, std::span<int64_t> values) const;

  // The cells of one arm, the last axis fastest; values.size() == product of the axes' lengths.
  void total(const std::string& name, uint64_t arm, std::span<int64_t> values) const;

  // Where no world is kept. A statistic of a metric by arm; for "counts" by arm and bin, for "count_edges" the limits.
  std::vector<double> summary(const std::string& metric, const std::string& statistic) const;
  // Reasons (the first is "ok") and worlds by [arm][reason].
  std::pair<std::vector<std::string>, std::vector<int64_t>> outcomes() const;

  Status status(uint64_t arm, uint64_t future, uint64_t replication) const;
  void statuses(uint64_t arm, PairRange, std::span<uint8_t> values) const;
  // FailureReason::number, 0 where the world did not fail.
  void failures(uint64_t arm, PairRange, std::span<uint16_t> values) const;

  // Reads the whole file; equal to info().content_digest unless somebody changed it.
  std::string recompute_digest() const;
  // Name and digest of every variable's values, to see quickly where two results differ.
  std::vector<std::pair<std::string, std::string>> variable_digests() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace chasm
