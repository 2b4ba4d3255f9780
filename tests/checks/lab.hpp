#pragma once

// Runs arms of the enterprise model once each. Arms share all luck, so any two of the same number of worlds are paired.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/model.hpp"

namespace chasm::checks {

inline constexpr int weeks = 260;
inline constexpr int row_weeks = 26;  // weeks between two rows of a series

// What an arm changes against the defaults.
struct Spec {
  struct Use {
    double strength = 1;
    double start = 0, until = 1e9;  // weeks
  };
  std::map<std::string, double> parameters;
  std::map<std::string, Use> levers;
  std::map<std::string, long> sizes;

  Spec set(const std::string& parameter, double value) const;
  // A parameter of its default times a factor.
  Spec scale(const std::string& parameter, double factor) const;
  Spec use(const std::string& lever, double strength = 1, double start = 0,
           double until = 1e9) const;
  Spec size(const std::string& name, long value) const;
  // Levers cost neither money nor staff.
  Spec free() const;
};

// What its worlds left.
struct Outcome {
  std::vector<std::vector<double>> metrics;               // [metric][world]
  std::vector<std::vector<float>> series;                 // [series][world x row]
  std::vector<std::vector<std::vector<int64_t>>> totals;  // [total][block of 32 worlds][cell]

  const std::vector<double>& of(const std::string& metric) const;
  // The same in millions.
  std::vector<double> millions(const std::string& metric) const;
  // A series at the end of a week that has a row.
  std::vector<double> at(const std::string& series, int week) const;
};

class Lab {
 public:
  // `threads` 0: all.
  explicit Lab(int threads) : threads_(threads) {}
  // Runs it if it has not run yet.
  const Outcome& run(const Spec&, int worlds);
  int threads() const { return threads_; }
  // Worlds that were run beside.
  void count(long worlds) { worlds_ += worlds; }
  long worlds_run() const { return worlds_; }
  long failed() const { return failed_; }

 private:
  int threads_;
  long worlds_ = 0, failed_ = 0;
  std::map<std::string, std::unique_ptr<Outcome>> done_;
};

const Model& enterprise_model();
std::vector<std::string> all_levers();

}  // namespace chasm::checks
