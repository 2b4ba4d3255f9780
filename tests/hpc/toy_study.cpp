#include "tests/hpc/toy_study.hpp"

#include <atomic>
#include <bit>
#include <cmath>
#include <limits>
#include <mutex>
#include <thread>

#include "sim/program.hpp"

namespace chasm::toy {

namespace {

constexpr const char* causes[] = {"drift", "delay", "silos"};

Model make_model() {
  Model model;
  model.name = "toy";
  model.title = "Toy";
  model.source = "nowhere";
  model.step = "step";
  model.default_steps = 4;
  model.metrics = {{"narrow", "1", "a number in f32", 0, 1},
                   {"wide", "1", "a number in f64", 0, 1, Storage::f64},
                   {"absent", "1", "a number that some worlds lack", 0, 1, Storage::f32, "", true}};
  model.series = {{"first", "1", "a series", 0, 1}, {"second", "1", "another", 0, 1}};
  model.totals = [](const Setting&, int steps) {
    return std::vector<Total>{{"lost", "cent", "money", {{"step", steps}, {"cause", 3, causes}}},
                              {"grown", "cent", "more than a word of cells", {{"place", 130}}}};
  };
  model.failures = {{1, "it was not to be"}};
  model.prepare = [](const Setting&, uint64_t) { return Ground{}; };
  model.cost = [](const Setting&, int) { return 1e-3; };
  return model;
}

uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

float unit(uint64_t hash) { return static_cast<float>(hash >> 40) * 0x1p-24f; }

template <class T>
bool same_numbers(const std::vector<T>& a, const std::vector<T>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    const bool both_nan = std::isnan(a[i]) && std::isnan(b[i]);
    if (!both_nan && (a[i] != b[i] || std::signbit(a[i]) != std::signbit(b[i]))) return false;
  }
  return true;
}

template <class T>
bool same_columns(const std::vector<std::vector<T>>& a, const std::vector<std::vector<T>>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!same_numbers(a[i], b[i])) return false;
  }
  return true;
}

}  // namespace

const Model& model() {
  static const Model model = make_model();
  return model;
}

Study study(const Options& options) {
  Study study;
  study.title = "toy";
  study.model = &model();
  study.seed = options.seed;
  study.steps = options.steps;
  for (int arm = 0; arm < options.arms; ++arm) {
    study.arms.push_back({"arm " + std::to_string(arm), {}, {}});
  }
  study.futures = std::make_shared<PlainFutures>(options.futures);
  study.design = "independent";
  study.replications = options.replications;
  study.outputs.metrics = {0, 1, 2};
  study.outputs.series = {0, 1};
  study.outputs.keep = options.keep;
  if (options.totals) study.outputs.totals = {0, 1};
  study.text = options.text;
  return study;
}

BlockResult block_of(const Study& study, const Partition& partition, uint64_t block) {
  BlockResult result = empty_block(study, partition, block);
  const auto rows = static_cast<uint64_t>(series_rows(study.steps, study.outputs.every));
  for (uint64_t world = 0; world < result.status.size(); ++world) {
    const uint64_t place = partition.first_pair(block) * partition.arms + world;
    const uint64_t hash = mixed(study.seed + 0x9e3779b97f4a7c15u * (place + 1));
    const bool failed = hash % 8 == 0;
    result.status[world] = static_cast<uint8_t>(failed ? Status::failed : Status::ok);
    result.failure[world] = failed ? 1 : 0;
    for (size_t k = 0; k < result.metrics.size(); ++k) {
      const bool nan = failed || (k == 2 && hash % 3 == 0);
      result.metrics[k][world] = nan      ? std::numeric_limits<double>::quiet_NaN()
                                 : k == 1 ? static_cast<double>(mixed(hash + k)) * 0x1p-64
                                          : unit(mixed(hash + k));
    }
    for (auto& cells : result.totals) {
      const size_t count = cells.size() / partition.arms;
      // A few cells of each world, of any size and sign.
      for (uint64_t i = 0; i < 5 && !failed; ++i) {
        const uint64_t what = mixed(hash + 7000 + i);
        cells[world % partition.arms * count + what % count] +=
            static_cast<int64_t>(what) >> (8 + what % 50);
      }
    }
    for (size_t k = 0; k < study.outputs.series.size(); ++k) {
      for (uint64_t row = 0; row < rows; ++row) {
        const float value = unit(mixed(hash + 100 * (k + 1) + row));
        if (!result.series.empty()) result.series[k][world * rows + row] = value;
        if (result.bands.empty() || failed) continue;
        const auto bin = static_cast<size_t>(band_bin(model().series[k], value));
        ++result.bands[k][(world % partition.arms * rows + row) * band_bins + bin];
      }
    }
  }
  return result;
}

bool same(const BlockResult& a, const BlockResult& b) {
  return a.block == b.block && a.status == b.status && a.failure == b.failure &&
         same_columns(a.metrics, b.metrics) && same_columns(a.series, b.series) &&
         a.bands == b.bands && a.totals == b.totals;
}

void ToyBackend::run(std::span<const uint64_t> blocks,
                     const std::function<bool(BlockResult&&)>& done) const {
  std::atomic<size_t> next = 0;
  std::atomic<bool> stop = false;
  std::mutex one_at_a_time;
  const auto work = [&] {
    for (size_t i = next++; i < blocks.size() && !stop; i = next++) {
      if (before_) before_(blocks[i]);
      BlockResult result = block_of(study_, partition_, blocks[i]);
      const std::lock_guard lock(one_at_a_time);
      if (!stop && !done(std::move(result))) stop = true;
    }
  };
  std::vector<std::jthread> others;
  for (int i = 1; i < threads_; ++i) others.emplace_back(work);
  work();
}

}  // namespace chasm::toy
