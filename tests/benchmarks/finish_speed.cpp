// finish_speed FILE [futures replications arms metrics rows uncertain]: seconds and memory that making a result file takes, apart from
// reading journals. The blocks are copies of one block in memory.

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "hpc/finish.hpp"
#include "hpc/read_result.hpp"
#include "sim/program.hpp"

namespace {

using namespace chasm;

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double noise(uint64_t i) {
  const uint64_t mixed = (i + 1) * 0x9e3779b97f4a7c15u;
  return static_cast<double>(static_cast<float>((mixed ^ (mixed >> 29)) >> 40) * 0x1p-24f);
}

class Uncertain : public Futures {
 public:
  Uncertain(uint64_t count, int parameters) : count_(count) {
    for (int p = 0; p < parameters; ++p) parameters_.push_back(p);
  }
  uint64_t count() const override { return count_; }
  void draw(uint64_t future, std::span<double> values) const override {
    for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(future + i);
  }

 private:
  uint64_t count_;
};

class Copies : public BlockSource {
 public:
  Copies(const Study& study, const Partition& parts) : study_(study), parts_(parts) {
    full_ = empty_block(study, parts, 0);
    for (auto& metric : full_.metrics)
      for (size_t i = 0; i < metric.size(); ++i) metric[i] = noise(i);
    for (auto& series : full_.series)
      for (size_t i = 0; i < series.size(); ++i) series[i] = static_cast<float>(noise(i));
    full_.status.assign(full_.status.size(), 1);
  }
  BlockResult read(uint64_t block) override {
    BlockResult result = full_;
    result.block = block;
    const uint64_t worlds = parts_.worlds_in(block);
    if (worlds != result.status.size()) {
      result.status.resize(worlds);
      result.failure.resize(worlds);
      for (auto& metric : result.metrics) metric.resize(worlds);
      for (auto& series : result.series)
        series.resize(worlds * static_cast<uint64_t>(series_rows(study_.steps, 1)));
    }
    return result;
  }

 private:
  const Study& study_;
  Partition parts_;
  BlockResult full_;
};

uint64_t argument(int argc, char** argv, int at, uint64_t otherwise) {
  return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s FILE [futures replications arms metrics rows uncertain]\n",
                 argv[0]);
    return 2;
  }
  const uint64_t futures = argument(argc, argv, 2, 1000000);
  const uint64_t metrics = argument(argc, argv, 5, 4), rows = argument(argc, argv, 6, 0);
  const uint64_t uncertain = argument(argc, argv, 7, 0);
  std::vector<std::string> names;
  for (uint64_t i = 0; i < metrics + uncertain; ++i)
    names.push_back(std::string("m").append(std::to_string(i)));
  Model model;
  model.name = "speed";
  model.step = "step";
  for (uint64_t i = 0; i < metrics; ++i)
    model.metrics.push_back({names[i].c_str(), "", "noise", 0, 1});
  for (uint64_t i = 0; i < uncertain; ++i)
    model.parameters.push_back(
        {names[i].c_str(), "", 0, 0, 1, Grade::judgement, "nowhere", "noise"});
  model.series = {{"path", "", "noise", 0, 1}};
  Study study;
  study.title = "speed";
  study.text = "speed";
  study.model = &model;
  study.steps = rows == 0 ? 100 : static_cast<int>(rows) - 1;
  study.base.assign(uncertain, 0.0);
  study.futures = std::make_shared<Uncertain>(futures, static_cast<int>(uncertain));
  study.replications = static_cast<uint32_t>(argument(argc, argv, 3, 1));
  study.arms.resize(argument(argc, argv, 4, 1));
  for (size_t a = 0; a < study.arms.size(); ++a) study.arms[a].name = "arm " + std::to_string(a);
  for (uint64_t i = 0; i < metrics; ++i) study.outputs.metrics.push_back(static_cast<int>(i));
  if (rows > 0) {
    study.outputs.keep = Keep::full;
    study.outputs.series = {0};
  }
  const Partition parts = partition(study, rows > 0 ? 4096 : 65536);
  Copies source(study, parts);
  const FinishReport report =
      finish(study, parts, source, argv[1], {.code = {}, .replace = true, .progress = {}});
  const double megabytes = static_cast<double>(report.bytes) / 1e6;
  std::printf(
      "%llu worlds x %llu metrics, %llu rows: %.1f MB (estimate %.1f), writing %.3f s, "
      "verifying %.3f s, %.0f MB/s in all, peak memory %.0f MB\n",
      static_cast<unsigned long long>(report.worlds), static_cast<unsigned long long>(metrics),
      static_cast<unsigned long long>(rows), megabytes,
      static_cast<double>(estimate_result_bytes(study)) / 1e6, report.seconds_writing,
      report.seconds_verifying, megabytes / (report.seconds_writing + report.seconds_verifying),
      peak_megabytes());
  return 0;
}
