#pragma once

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "tests/sim/lane_kernels.hpp"

namespace chasm::lane_test {

// Everything that was compiled, whether this processor runs it or not; the first is plain code, one float wide.
std::span<const LaneProgram* const> lane_programs();

// Plain code, one world at a time: what all others must agree with.
const LaneProgram& reference(bool doubles);

// The widest program of floats that this processor runs.
const LaneProgram& widest();

std::string name_of(const LaneProgram& program);
const Kernel& kernel(const LaneProgram& program, const std::string& name);
const DrawKernel& draw(const LaneProgram& program, const std::string& name);

// Runs one kernel on whole columns; counts are equal and multiples of 16.
template <class Out, class... In>
std::vector<Out> apply(const LaneProgram& program, const std::string& name,
                       const std::vector<In>&... in) {
  const size_t count = std::get<0>(std::tie(in...)).size();
  std::vector<Out> out(count);
  const void* inputs[] = {in.data()...};
  void* outputs[] = {out.data()};
  kernel(program, name).run(inputs, outputs, count);
  return out;
}

// A test for each program; one that this processor lacks is skipped by name.
class OnEveryProgram : public ::testing::TestWithParam<const LaneProgram*> {
 protected:
  void SetUp() override;
  const LaneProgram& program() const { return *GetParam(); }
};

#define CHASM_ON_EVERY_PROGRAM(suite)                                                \
  INSTANTIATE_TEST_SUITE_P(, suite, ::testing::ValuesIn(lane_test::lane_programs()), \
                           [](const auto& each) { return lane_test::name_of(*each.param); })

}  // namespace chasm::lane_test
