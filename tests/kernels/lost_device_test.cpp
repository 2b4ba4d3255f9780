// A device that is lost in mid-run: what was committed stays in the journal, and the processor goes on from there.

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>

#include "hpc/run.hpp"
#include "kernels/device_backend.hpp"
#include "models/models.hpp"
#include "sim/error.hpp"
#include "tests/hpc/scratch_folder.hpp"
#include "tests/kernels/device_studies.hpp"
#include "tests/kernels/host_device.hpp"
#include "tests/kernels/host_programs.hpp"

namespace chasm {
namespace {

TEST(LostDevice, TheProcessorGoesOnFromTheJournal) {
  const ScratchFolder folder;
  const Study study = test::device_studies(2000, 5).front().study;
  const Partition parts = partition(study, 40);
  RunOptions options;
  options.output = folder / "f.h5";
  test::HostDevice::Log log;
  {
    std::vector<std::unique_ptr<Device>> devices;
    devices.push_back(std::make_unique<test::HostDevice>(
        test::HostDevice::Options{.blocks = 2, .fault = {{3, DeviceError::Kind::lost}}}, log));
    const DeviceBackend backend(study, parts, march1991::host_program(), std::move(devices), 2);
    EXPECT_THROW(run_study(study, parts, backend, options), Interrupted);
  }
  const uint64_t missing = JournalSource(study, parts, options.output).missing();
  EXPECT_GT(missing, 0u);
  EXPECT_LT(missing, parts.blocks());

  const Program& lanes = choose_program(*study.model);
  uint64_t resumed = 0;
  options.progress = [&](const Progress& now) { resumed = now.worlds_resumed; };
  const RunReport report = run_study(study, parts, CpuBackend(study, parts, lanes, 2), options);
  EXPECT_TRUE(report.study_complete);
  EXPECT_EQ(resumed, (parts.blocks() - missing) * 40);

  JournalSource journal(study, parts, options.output);
  const CpuBackend processor(study, parts, lanes, 1);
  for (uint64_t block = 0; block < parts.blocks(); ++block)
    EXPECT_EQ(journal.read(block).totals, processor.run_block(block).totals);
  for (uint64_t block = 0; block < parts.blocks(); ++block)
    EXPECT_EQ(journal.read(block).metrics[0], processor.run_block(block).metrics[0]);
}

}  // namespace
}  // namespace chasm
