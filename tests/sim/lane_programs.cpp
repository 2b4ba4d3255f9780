#include "tests/sim/lane_programs.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "sim/processor.hpp"

namespace chasm::lane_test {

const LaneProgram& reference(bool doubles) {
  for (const LaneProgram* program : lane_programs())
    if (program->width == 1 && program->doubles == doubles && !std::strcmp(program->isa, "plain"))
      return *program;
  throw std::logic_error("no plain program of width 1");
}

const LaneProgram& widest() {
  const LaneProgram* best = &reference(false);
  for (const LaneProgram* program : lane_programs())
    if (!program->doubles && program->width > best->width && processor_runs(program->isa) &&
        std::strcmp(program->isa, "plain") != 0)
      best = program;
  return *best;
}

std::string name_of(const LaneProgram& program) {
  return std::string(program.isa) + "_" + std::to_string(program.width) + "_" +
         (program.doubles ? "double" : "float");
}

const Kernel& kernel(const LaneProgram& program, const std::string& name) {
  const std::span kernels(program.kernels, program.kernel_count);
  const auto found = std::find_if(kernels.begin(), kernels.end(),
                                  [&](const Kernel& each) { return each.name == name; });
  if (found == kernels.end()) throw std::out_of_range("no kernel " + name);
  return *found;
}

const DrawKernel& draw(const LaneProgram& program, const std::string& name) {
  const std::span draws(program.draws, program.draw_count);
  const auto found = std::find_if(draws.begin(), draws.end(),
                                  [&](const DrawKernel& each) { return each.name == name; });
  if (found == draws.end()) throw std::out_of_range("no draw " + name);
  return *found;
}

void OnEveryProgram::SetUp() {
  if (!processor_runs(program().isa))
    GTEST_SKIP() << "this processor does not run " << program().isa << " code";
}

}  // namespace chasm::lane_test
