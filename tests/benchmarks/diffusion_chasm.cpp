// Our diffusion on one core: diffusion_chasm WORLDS [ISA] prints worlds/s and the mean share of adopters.

#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "models/models.hpp"
#include "sim/statistics.hpp"
#include "tests/support/studies.hpp"

int main(int count, char** arguments) {
  if (count < 2) return 2;
  using namespace chasm;
  const Model& model = diffusion::model();
  Study study = test::study_of(model, std::strtoull(arguments[1], nullptr, 10), 1, 100);
  const auto set = [&](const char* name, double value) {
    study.base[static_cast<size_t>(test::parameter(model, name))] = value;
  };
  set("step_length", 1);
  set("innovation", .001);
  set("imitation", .1);
  set("network.rewiring", .1);
  set("seeds", 0);
  const Program& program = choose_program(model, count > 2 ? arguments[2] : "");
  const std::clock_t begin = std::clock();
  const auto worlds = test::run(study, program);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  const auto adopted = static_cast<size_t>(test::metric(model, "adopted"));
  std::printf("%.6g %.4f\n", static_cast<double>(study.worlds()) / seconds,
              estimate({worlds.metrics[adopted], 1}).mean);
}
