// Ranks with and without a device in one run, one of which loses its device: the blocks are those of the processor.

#include <gtest/gtest.h>

#include <latch>
#include <thread>
#include <utility>

#include "hpc/block_codec.hpp"
#include "hpc/run.hpp"
#include "hpc/worker.hpp"
#include "kernels/device_backend.hpp"
#include "models/models.hpp"
#include "sim/error.hpp"
#include "tests/hpc/local_mailboxes.hpp"
#include "tests/hpc/scratch_folder.hpp"
#include "tests/kernels/device_studies.hpp"
#include "tests/kernels/host_device.hpp"
#include "tests/kernels/host_programs.hpp"

namespace chasm {
namespace {

using namespace std::chrono_literals;

constexpr Patience patience{.start = 30s, .silence = 20s, .farewell = 20s, .heartbeat = 50ms};

// Devices that say when their first blocks are done, or lost...
class Watched : public Backend {
 public:
  Watched(const Backend& devices, std::latch& begun) : devices_(devices), begun_(begun) {}
  void run(std::span<const uint64_t> blocks,
           const std::function<bool(BlockResult&&)>& done) const override {
    const auto say_so = [this] {
      if (!std::exchange(said_, true)) begun_.count_down();
    };
    try {
      devices_.run(blocks, [&](BlockResult&& result) {
        say_so();
        return done(std::move(result));
      });
    } catch (...) {
      say_so();
      throw;
    }
  }
  size_t slots() const override { return devices_.slots(); }

 private:
  const Backend& devices_;
  std::latch& begun_;
  mutable bool said_ = false;
};

// ...and a processor that waits for them, so that nobody is left without work.
class Waiting : public Backend {
 public:
  Waiting(const Backend& processor, std::latch& begun) : processor_(processor), begun_(begun) {}
  void run(std::span<const uint64_t> blocks,
           const std::function<bool(BlockResult&&)>& done) const override {
    begun_.wait();
    processor_.run(blocks, done);
  }

 private:
  const Backend& processor_;
  std::latch& begun_;
};

class MixedRanks : public testing::Test {
 protected:
  const ScratchFolder folder_;
  const std::string output_ = folder_ / "f.h5";
  const Study study_ = test::device_studies(8000, 5).front().study;
  const Partition parts_ = partition(study_, 40);
  const CpuBackend processor_{study_, parts_, choose_program(*study_.model), 1};
  LocalPost post_{3};
  std::latch devices_begun_{2};
  std::string ends_[3];
  std::vector<std::string> warnings_;

  void work_on_a_device(int rank, std::optional<test::HostDeviceFault> fault) {
    test::HostDevice::Log log;
    std::vector<std::unique_ptr<Device>> devices;
    devices.push_back(std::make_unique<test::HostDevice>(
        test::HostDevice::Options{.blocks = 2, .fault = fault}, log));
    const DeviceBackend backend(study_, parts_, march1991::host_program(), std::move(devices), 1,
                                warp);
    LocalMailbox mailbox(post_, rank);
    try {
      work(mailbox, study_, parts_, Watched(backend, devices_begun_),
           {.output = output_, .patience = patience});
      ends_[rank] = "done";
    } catch (const SystemError& error) {
      ends_[rank] = error.what();
    }
  }

  RunReport run(std::optional<test::HostDeviceFault> fault_of_rank_2) {
    std::jthread one([this] { work_on_a_device(1, {}); });
    std::jthread two([&] { work_on_a_device(2, fault_of_rank_2); });
    LocalMailbox mailbox(post_, 0);
    Manager manager(mailbox, patience);
    RunOptions options;
    options.output = output_;
    options.manager = &manager;
    options.warn = [&](const std::string& text) { warnings_.push_back(text); };
    return run_study(study_, parts_, Waiting(processor_, devices_begun_), options);
  }

  void expect_blocks_of_the_processor() const {
    JournalSource journal(study_, parts_, output_);
    ASSERT_EQ(journal.missing(), 0u);
    for (uint64_t block = 0; block < parts_.blocks(); ++block)
      EXPECT_EQ(encode_block(journal.read(block), study_, parts_),
                encode_block(processor_.run_block(block), study_, parts_))
          << block;
  }
};

TEST_F(MixedRanks, ShareBlocks) {
  const RunReport report = run({});
  EXPECT_TRUE(report.study_complete);
  const uint64_t of_1 = report.ranks.at(1).blocks, of_2 = report.ranks.at(2).blocks;
  EXPECT_GT(of_1, 0u);
  EXPECT_GT(of_2, 0u);
  EXPECT_LT(of_1 + of_2, parts_.blocks()) << "the processor had nothing to do";
  EXPECT_TRUE(warnings_.empty()) << warnings_[0];
  EXPECT_EQ(ends_[1], "done");
  EXPECT_EQ(ends_[2], "done");
  expect_blocks_of_the_processor();
}

TEST_F(MixedRanks, ALostDeviceStopsItsRankAlone) {
  const RunReport report = run(test::HostDeviceFault{1, DeviceError::Kind::lost});
  EXPECT_TRUE(report.study_complete);
  ASSERT_EQ(warnings_.size(), 1u);
  EXPECT_NE(warnings_[0].find("rank 2"), std::string::npos) << warnings_[0];
  EXPECT_NE(warnings_[0].find("no device is left"), std::string::npos) << warnings_[0];
  EXPECT_EQ(ends_[1], "done");
  EXPECT_NE(ends_[2].find("no device is left"), std::string::npos) << ends_[2];
  expect_blocks_of_the_processor();
}

}  // namespace
}  // namespace chasm
