// Devices of a machine among the processes that a launcher starts there.

#include "kernels/device_share.hpp"

#include <gtest/gtest.h>

namespace chasm {
namespace {

using Devices = std::vector<int>;

TEST(DeviceShare, OneProcessHasThemAll) {
  EXPECT_EQ(devices_of({}, 4), (Devices{0, 1, 2, 3}));
  EXPECT_EQ(devices_of({}, 0), Devices{});
}

TEST(DeviceShare, OneProcessADevice) {
  for (int process = 0; process < 4; ++process)
    EXPECT_EQ(devices_of({process, 4}, 4), Devices{process});
}

TEST(DeviceShare, FewProcessesShareOutAll) {
  EXPECT_EQ(devices_of({0, 2}, 5), (Devices{0, 2, 4}));
  EXPECT_EQ(devices_of({1, 2}, 5), (Devices{1, 3}));
}

// Also where a scheduler shows each process a device of its own as the only one.
TEST(DeviceShare, ManyProcessesShareOne) {
  EXPECT_EQ(devices_of({0, 3}, 1), Devices{0});
  EXPECT_EQ(devices_of({2, 3}, 1), Devices{0});
  EXPECT_EQ(devices_of({5, 7}, 2), Devices{1});
  EXPECT_EQ(devices_of({5, 7}, 0), Devices{});
}

}  // namespace
}  // namespace chasm
