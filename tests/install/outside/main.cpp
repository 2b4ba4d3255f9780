// A few worlds of March (1991) from a program that only knows the installed chasm.

#include <cstdio>
#include <numeric>
#include <vector>

#include "models/models.hpp"
#include "sim/cpu_backend.hpp"
#include "sim/input/study_file.hpp"

int main() {
  const chasm::Study study = chasm::parse_study(
      chasm::starter_study(chasm::find_model("march1991")), "starter study",
      {.sets = {"design.futures=200", "design.replications=1"}, .models = chasm::models()});
  const chasm::Partition partition = chasm::partition(study);
  const chasm::CpuBackend backend(study, partition, chasm::choose_program(*study.model), 2);

  std::vector<uint64_t> blocks(partition.blocks());
  std::iota(blocks.begin(), blocks.end(), 0);
  uint64_t worlds = 0;
  double sum = 0;
  backend.run(blocks, [&](chasm::BlockResult&& block) {
    for (size_t world = 0; world < block.status.size(); ++world, ++worlds) {
      if (block.status[world] != static_cast<uint8_t>(chasm::Status::ok)) return false;
      sum += block.metrics[0][world];
    }
    return true;
  });
  const chasm::Metric& metric = study.model->metrics[study.outputs.metrics[0]];
  const double mean = sum / static_cast<double>(worlds);
  std::printf("%llu worlds, mean %s %.3f\n", static_cast<unsigned long long>(worlds), metric.name,
              mean);
  return worlds == study.worlds() && mean > metric.low && mean < metric.high ? 0 : 1;
}
