// Memory that runs out, kernels that fail, devices that are lost: on a device that fails when it is told to.

#include <gtest/gtest.h>

#include <numeric>

#include "kernels/device_backend.hpp"
#include "models/models.hpp"
#include "sim/error.hpp"
#include "tests/kernels/device_studies.hpp"
#include "tests/kernels/host_device.hpp"
#include "tests/kernels/host_programs.hpp"

namespace chasm {
namespace {

using test::HostDevice;
using Kind = DeviceError::Kind;

struct Faults : testing::Test {
  Study study = test::device_studies(2000, 5).front().study;
  Partition parts = partition(study, 40);
  std::vector<HostDevice::Log> logs = std::vector<HostDevice::Log>(2);
  std::vector<uint64_t> seen;

  std::string error;
  template <class Error>
  bool fails(std::vector<HostDevice::Options> options) {
    try {
      run(std::move(options));
    } catch (const Error& caught) {
      error = caught.what();
      return true;
    } catch (const std::exception& other) {
      error = other.what();
    }
    return false;
  }
  void run(std::vector<HostDevice::Options> options) {
    std::vector<std::unique_ptr<Device>> devices;
    for (size_t i = 0; i < options.size(); ++i)
      devices.push_back(std::make_unique<HostDevice>(options[i], logs[i]));
    const DeviceBackend backend(study, parts, march1991::host_program(), std::move(devices), 2, 32);
    std::vector<uint64_t> blocks(parts.blocks());
    std::iota(blocks.begin(), blocks.end(), uint64_t{0});
    const test::Worlds wanted = test::run(study, choose_program(*study.model, "plain", 1));
    backend.run(blocks, [&](BlockResult&& block) {
      seen.push_back(block.block);
      const uint64_t first = parts.first_pair(block.block) * parts.arms;
      for (size_t k = 0; k < block.metrics.size(); ++k)
        for (size_t world = 0; world < block.status.size(); ++world) {
          const double a = block.metrics[k][world], b = wanted.metrics[k][first + world];
          EXPECT_TRUE(a == b || (a != a && b != b));
        }
      return true;
    });
  }
  void expect_every_block_once() {
    std::sort(seen.begin(), seen.end());
    ASSERT_EQ(seen.size(), parts.blocks());
    for (size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], i);
  }
  TileNeed need() const { return tile_need(study, march1991::host_program(), prepare(study)); }
};

TEST_F(Faults, LessMemoryThanSaidMeansSmallerBatchesOnce) {
  const size_t bytes = 8 * (need().state + need().buffers());
  run({{.memory = 2 * bytes, .granted = bytes, .blocks = 100}});
  expect_every_block_once();
  EXPECT_LE(logs[0].most_bytes, bytes);
}

TEST_F(Faults, NoMemoryForStacksMeansSmallerBatchesOnce) {
  run({{.blocks = 3, .fault = {{2, Kind::out_of_memory}}}});
  expect_every_block_once();
  EXPECT_LT(logs[0].grids.back().slots(), 3);
}

TEST_F(Faults, FarTooLittleMemoryIsAClearError) {
  EXPECT_TRUE(fails<SystemError>({{.granted = 1000, .blocks = 100}})) << error;
  EXPECT_NE(error.find("too little memory"), std::string::npos) << error;
  EXPECT_NE(error.find("--backend cpu"), std::string::npos) << error;
  seen.clear();
  EXPECT_TRUE(fails<SystemError>({{.memory = 1000}})) << error;
  EXPECT_NE(error.find("not even 32 worlds"), std::string::npos) << error;
}

TEST_F(Faults, ALostDeviceKeepsWhatWasHandedIn) {
  EXPECT_TRUE(fails<Interrupted>({{.blocks = 2, .fault = {{3, Kind::lost}}}})) << error;
  EXPECT_NE(error.find("run the same command again"), std::string::npos) << error;
  EXPECT_FALSE(seen.empty());
  EXPECT_LT(seen.size(), parts.blocks());
}

TEST_F(Faults, OthersTakeWhatALostDeviceLeaves) {
  run({{.blocks = 2, .fault = {{1, Kind::lost}}}, {.blocks = 1}});
  expect_every_block_once();
}

// The device that is left has run out of blocks when the other is lost.
TEST_F(Faults, EvenOnesThatHadEnded) {
  run({{.blocks = 1, .fault = {{1, Kind::lost, std::chrono::milliseconds(500)}}}, {.blocks = 1}});
  expect_every_block_once();
}

// A run takes blocks in several goes, and asks how many it can take.
TEST_F(Faults, ALostDeviceDoesNotEndALongRun) {
  std::vector<std::unique_ptr<Device>> devices;
  devices.push_back(std::make_unique<HostDevice>(
      HostDevice::Options{.blocks = 1, .fault = {{1, Kind::lost}}}, logs[0]));
  devices.push_back(std::make_unique<HostDevice>(HostDevice::Options{.blocks = 1}, logs[1]));
  const DeviceBackend backend(study, parts, march1991::host_program(), std::move(devices), 2, 32);
  std::vector<uint64_t> blocks(parts.blocks());
  std::iota(blocks.begin(), blocks.end(), uint64_t{0});
  ASSERT_LT(backend.slots(), blocks.size());
  ListFeed feed(blocks);
  backend.run_from(feed, [&](BlockResult&& block) {
    seen.push_back(block.block);
    return true;
  });
  EXPECT_EQ(logs[0].launches, 2);  // the second was on its way
  expect_every_block_once();
}

// Batch follows batch however few blocks the feed gives at a time: buffers are made once.
TEST_F(Faults, ALongRunKeepsItsBuffers) {
  int allocations[2];
  for (const bool is_long : {false, true}) {
    std::vector<std::unique_ptr<Device>> devices;
    HostDevice::Log log;
    devices.push_back(std::make_unique<HostDevice>(HostDevice::Options{.blocks = 1}, log));
    const DeviceBackend backend(study, parts, march1991::host_program(), std::move(devices), 2, 32);
    std::vector<uint64_t> blocks(is_long ? parts.blocks() : 1);
    std::iota(blocks.begin(), blocks.end(), uint64_t{0});
    ListFeed feed(blocks);
    size_t done = 0;
    backend.run_from(feed, [&](BlockResult&&) { return ++done > 0; });
    EXPECT_EQ(done, blocks.size());
    if (is_long) {
      EXPECT_LT(backend.slots(), blocks.size());
      EXPECT_GT(log.launches, 4);
    }
    allocations[is_long] = log.allocations;
  }
  EXPECT_EQ(allocations[1], allocations[0]);
}

TEST_F(Faults, AKernelThatFailsIsAnErrorAndNotTriedAgain) {
  EXPECT_TRUE(fails<SystemError>({{.blocks = 2, .fault = {{2, Kind::broken}}}})) << error;
  EXPECT_NE(error.find("the kernel failed"), std::string::npos) << error;
  EXPECT_EQ(logs[0].launches, 3);  // the third was on its way
}

TEST_F(Faults, WhatHandingInThrowsComesThrough) {
  std::vector<std::unique_ptr<Device>> devices;
  devices.push_back(std::make_unique<HostDevice>(HostDevice::Options{}, logs[0]));
  // A total that leaves 64 bits is the study's fault, and is found while collecting: here any exception does.
  const DeviceBackend backend(study, parts, march1991::host_program(), std::move(devices), 2);
  const std::vector<uint64_t> blocks = {0, 1};
  EXPECT_THROW(backend.run(blocks, [](BlockResult&&) -> bool { throw SystemError("disk"); }),
               SystemError);
}

}  // namespace
}  // namespace chasm
