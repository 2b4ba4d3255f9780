// CudaDevice's calls of the CUDA runtime, on a runtime that is the processor: launches in order, copies around them, all released.

#include "kernels/cuda_device.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "kernels/device_backend.hpp"
#include "models/models.hpp"
#include "sim/error.hpp"
#include "tests/kernels/device_studies.hpp"
#include "tests/kernels/fake_cuda.hpp"
#include "tests/kernels/host_programs.hpp"

namespace chasm {
namespace {

using test::fake_cuda;

const DeviceProgram& faked() {
  static const decltype(DeviceProgram::thread) thread = march1991::host_program().thread;
  static const DeviceProgram program = [] {
    DeviceProgram kernel = march1991::host_program();
    kernel.thread = nullptr;
    kernel.kernel = &thread;
    return kernel;
  }();
  return program;
}

test::Worlds run_on_fakes(const Study& study, int devices) {
  const Partition parts = partition(study, 40);
  std::vector<std::unique_ptr<Device>> all;
  for (int ordinal = 0; ordinal < devices; ++ordinal)
    all.push_back(std::make_unique<CudaDevice>(ordinal));
  return test::run(study, parts, DeviceBackend(study, parts, faked(), std::move(all), 2, 32));
}

TEST(CudaDevice, StreamsAStudy) {
  const Study study = test::device_studies(20000, 5).front().study;
  const test::Worlds wanted = test::run(study, choose_program(*study.model, "plain", 1));
  EXPECT_TRUE(test::same_bits(wanted, run_on_fakes(study, 1)));
  EXPECT_GE(fake_cuda().launches, 3);
  EXPECT_FALSE(fake_cuda().launches_overlap);
  EXPECT_EQ(fake_cuda().allocations, 0);
  EXPECT_EQ(fake_cuda().streams, 0);
  EXPECT_EQ(fake_cuda().events, 0);
}

TEST(CudaDevice, SaysHowAProgramFits) {
  CudaDevice device(0);
  EXPECT_EQ(device.name(), "a fake device");
  const Device::Fit fit = device.fit(faked(), 64);
  EXPECT_EQ(fit.blocks, 3 * 512 / 64);
  EXPECT_EQ(fit.registers, 128);
  EXPECT_EQ(fit.stack_bytes, 1000u);
  EXPECT_EQ(fit.stacks_bytes, 1000u * 2048 * 3);
  EXPECT_EQ(fit.occupancy, 0.25);
}

TEST(CudaDevice, AStickyErrorEndsTheRun) {
  const Study study = test::device_studies(200, 5).front().study;
  fake_cuda().fail_launch = cudaErrorIllegalAddress;
  EXPECT_THROW(run_on_fakes(study, 1), SystemError);
  fake_cuda().fail_launch = cudaErrorECCUncorrectable;
  EXPECT_THROW(run_on_fakes(study, 1), Interrupted);
  fake_cuda().fail_launch = cudaSuccess;
  EXPECT_EQ(fake_cuda().allocations, 0);
}

}  // namespace
}  // namespace chasm
