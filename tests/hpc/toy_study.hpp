#pragma once

// A study whose blocks cost nothing: values are a hash of the world's place, so anybody can say what block 5 holds.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/backend.hpp"
#include "sim/model.hpp"
#include "sim/study.hpp"

namespace chasm::toy {

const Model& model();

struct Options {
  uint64_t futures = 6;
  uint32_t replications = 2;
  int arms = 2;
  int steps = 4;
  Keep keep = Keep::bands;
  bool totals = false;
  uint64_t seed = 1;
  std::string text = "seed = 1\nmodel = \"toy\"\n";
};
Study study(const Options& = {});

// What block `block` holds; about one world in eight has failed.
BlockResult block_of(const Study&, const Partition&, uint64_t block);

// Same bits where status, failures, metrics (NaN equals NaN), series, histograms and totals agree.
bool same(const BlockResult&, const BlockResult&);

class ToyBackend : public Backend {
 public:
  // Several threads where `threads` > 1; `before` is called before each block, with its number.
  ToyBackend(const Study& study, const Partition& partition, int threads = 1,
             std::function<void(uint64_t)> before = {})
      : study_(study), partition_(partition), threads_(threads), before_(std::move(before)) {}
  void run(std::span<const uint64_t> blocks,
           const std::function<bool(BlockResult&&)>& done) const override;
  size_t slots() const override { return static_cast<size_t>(threads_); }

 private:
  const Study& study_;
  const Partition partition_;
  const int threads_;
  const std::function<void(uint64_t)> before_;
};

}  // namespace chasm::toy
