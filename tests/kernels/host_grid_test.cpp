// The kernels' own function over the same grid, on the processor: which thread runs which world, batches, and the order of results.

#include <gtest/gtest.h>

#include <cstring>
#include <numeric>

#include "kernels/device_backend.hpp"
#include "kernels/shared_arrays.hpp"
#include "models/models.hpp"
#include "tests/kernels/device_studies.hpp"
#include "tests/kernels/host_device.hpp"
#include "tests/kernels/host_programs.hpp"

namespace chasm {
namespace {

using test::HostDevice;

const DeviceProgram& program_of(const Study& study) {
  if (study.model == &march1991::model()) return march1991::host_program();
  if (study.model == &diffusion::model()) return diffusion::host_program();
  return enterprise::host_program();
}

struct Ran {
  test::Worlds worlds;
  std::vector<HostDevice::Log> logs;
};

Ran run_on(const Study& study, uint64_t block_worlds,
           const std::vector<HostDevice::Options>& options, int block_threads = 64,
           int threads = 1) {
  Ran out;
  out.logs.resize(options.size());
  const Partition parts = partition(study, block_worlds);
  {
    std::vector<std::unique_ptr<Device>> devices;
    for (size_t i = 0; i < options.size(); ++i)
      devices.push_back(std::make_unique<HostDevice>(options[i], out.logs[i]));
    const DeviceBackend backend(study, parts, program_of(study), std::move(devices), threads,
                                block_threads);
    out.worlds = test::run(study, parts, backend);
  }
  for (const auto& log : out.logs) EXPECT_TRUE(log.released_all);
  return out;
}

test::Worlds reference(const Study& study) {
  return test::run(study, choose_program(*study.model, "plain", 1));
}

TEST(HostGrid, EveryModelHasTheSameBits) {
  for (const auto& [name, study] : test::device_studies(100, 40)) {
    const test::Worlds wanted = reference(study);
    EXPECT_TRUE(test::same_bits(wanted, run_on(study, 0, {{}}).worlds)) << name;
    EXPECT_TRUE(test::same_bits(wanted, test::run(study))) << name;
  }
}

TEST(HostGrid, ThreadsOfAWarpShareNoState) {
  for (const auto& [name, study] : test::device_studies(32, 20)) {
    const Ran ran = run_on(study, 0, {{.blocks = 1, .watches_state = true}}, 32);
    EXPECT_EQ(ran.logs[0].shared_bytes, 0u) << name;
    // Without a network all of diffusion's state is in registers.
    const bool has_columns = name != "diffusion, mean-field" && name != "diffusion, well-mixed";
    EXPECT_EQ(ran.logs[0].owned_bytes > 0, has_columns) << name;
  }
}

TEST(HostGrid, AnyNumberOfWorlds) {
  Study study = test::device_studies(1, 12).front().study;
  study.arms.resize(1);
  for (const uint64_t worlds : {1, 7, 31, 32, 33, 64, 65, 257, 10000}) {
    study.futures = std::make_shared<PlainFutures>(worlds);
    const Ran ran = run_on(study, 0, {{}});
    EXPECT_TRUE(test::same_bits(reference(study), ran.worlds)) << worlds;
    EXPECT_EQ(ran.worlds.status.size(), worlds);
  }
}

TEST(HostGrid, TheWholeEnterpriseOfAnySize) {
  for (const uint64_t worlds : {1, 33, 70}) {
    const Study study = test::enterprise_study(worlds, 120).study;
    EXPECT_TRUE(test::same_bits(reference(study), run_on(study, 0, {{}}).worlds)) << worlds;
  }
}

// Blocks that fill no tile, tiles that hold the ends of several blocks, blocks that go on in the next batch.
TEST(HostGrid, BlocksAndBatchesOfAnySize) {
  const Study study = test::device_studies(1000, 10).front().study;
  const test::Worlds wanted = reference(study);
  const TileNeed need = tile_need(study, program_of(study), prepare(study));
  for (const uint64_t block : {4, 28, 36, 100, 400, 4000})
    for (const size_t tiles : {1, 3, 7}) {
      // Memory for so many tiles, one of which runs at a time.
      const size_t bytes = (tiles * need.buffers() + need.state) * 10 / 9 + need.state / 2;
      const Ran ran = run_on(study, block, {{.memory = bytes, .granted = bytes, .blocks = 1}}, 32);
      EXPECT_TRUE(test::same_bits(wanted, ran.worlds)) << block << " in " << tiles;
      EXPECT_LE(ran.logs[0].most_worlds, static_cast<long>(tiles) * warp);
      EXPECT_GE(ran.logs[0].launches, 1000 / static_cast<int>(tiles * warp));
      EXPECT_LE(ran.logs[0].most_bytes, bytes);
    }
}

TEST(HostGrid, AnyShapeOfTheGrid) {
  const Study study = test::device_studies(500, 10).front().study;
  const test::Worlds wanted = reference(study);
  for (const int threads : {32, 64, 128, 256})
    for (const int blocks : {1, 2, 5, 100}) {
      const Ran ran = run_on(study, 0, {{.blocks = blocks}}, threads, 3);
      EXPECT_TRUE(test::same_bits(wanted, ran.worlds)) << blocks << " x " << threads;
      for (const Grid grid : ran.logs[0].grids) EXPECT_LE(grid.blocks, std::max(blocks, 8));
    }
}

TEST(HostGrid, SeveralDevicesShareTheBlocks) {
  const Study study = test::device_studies(3000, 10).front().study;
  const Ran ran = run_on(study, 40, {{.blocks = 1}, {.blocks = 1}, {.blocks = 2}}, 32, 4);
  EXPECT_TRUE(test::same_bits(reference(study), ran.worlds));
}

TEST(HostGrid, BandsAndTotalsAreTheSame) {
  Study study = test::enterprise_study(60, 40).study;
  study.outputs.keep = Keep::bands;
  EXPECT_TRUE(test::same_bits(reference(study), run_on(study, 15, {{}}, 32, 2).worlds));
}

// Every world of an arm that cannot be: its failure is kept, and it counts in no total.
TEST(HostGrid, FailedWorldsAreTheSame) {
  Study study = test::enterprise_study(40, 30).study;
  study.setting.sizes[static_cast<size_t>(test::size(*study.model, "opportunities"))] = 40;
  const test::Worlds wanted = reference(study);
  EXPECT_NE(std::accumulate(wanted.failure.begin(), wanted.failure.end(), 0), 0);
  EXPECT_TRUE(test::same_bits(wanted, run_on(study, 0, {{}}).worlds));
}

TEST(HostGrid, NothingIsHandedInAfterAStop) {
  const Study study = test::device_studies(4000, 5).front().study;
  const Partition parts = partition(study, 40);
  std::vector<uint64_t> blocks(parts.blocks());
  std::iota(blocks.begin(), blocks.end(), uint64_t{0});
  HostDevice::Log log;
  std::vector<std::unique_ptr<Device>> devices;
  devices.push_back(std::make_unique<HostDevice>(HostDevice::Options{.blocks = 1}, log));
  const DeviceBackend backend(study, parts, program_of(study), std::move(devices), 1, 32);
  int seen = 0;
  backend.run(blocks, [&](BlockResult&&) { return ++seen < 3; });
  EXPECT_EQ(seen, 3);
  EXPECT_LT(log.launches, 40);
}

// What a device reads is on the device: no pointer of the host's stays.
TEST(SharedArrays, EveryPointerIsReplaced) {
  int addresses = 0;
  for (const auto& [name, study] : test::device_studies(1, 5)) {
    HostDevice::Log log;
    HostDevice device({}, log);
    const DeviceProgram& program = program_of(study);
    // What differs between two preparations is an address.
    const Ground ground = prepare(study), other = prepare(study);
    const SharedArrays arrays(device, program, ground);
    const auto word = [](const void* shared, size_t at) {
      uint64_t bits = 0;
      std::memcpy(&bits, static_cast<const char*>(shared) + at, sizeof bits);
      return bits;
    };
    for (size_t at = 0; at + sizeof(uint64_t) <= program.shared_bytes; at += sizeof(uint64_t)) {
      if (word(ground.shared.get(), at) == word(other.shared.get(), at)) continue;
      EXPECT_NE(word(ground.shared.get(), at), word(arrays.view(), at)) << name << ", byte " << at;
      ++addresses;
    }
  }
  EXPECT_GE(addresses, 10);
}

}  // namespace
}  // namespace chasm
