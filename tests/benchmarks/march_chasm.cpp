// Our model on one core, one program (lanes) after the other: march_chasm WORLDS P1 [ISA] prints worlds/s and mean.

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>

#include "models/models.hpp"
#include "sim/statistics.hpp"
#include "tests/support/studies.hpp"

int main(int count, char** arguments) {
  if (count < 3) return 2;
  using namespace chasm;
  const Model& march = march1991::model();
  Study study = test::study_of(march, std::strtoull(arguments[1], nullptr, 10), 1, 100);
  study.base[static_cast<size_t>(test::parameter(march, "socialisation"))] =
      std::atof(arguments[2]);
  const Program& program = choose_program(march, count > 3 ? arguments[3] : "");
  const std::clock_t begin = std::clock();
  const auto worlds = test::run(study, program);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%.6g %.4f\n", static_cast<double>(study.worlds()) / seconds,
              estimate({worlds.metrics[0], 1}).mean);
}
