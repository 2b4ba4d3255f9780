// How many worlds go to a device at once.

#include <gtest/gtest.h>

#include "kernels/batch_plan.hpp"

namespace chasm {
namespace {

constexpr TileNeed need{.state = 1000, .inputs = 100, .outputs = 300};
constexpr size_t much = size_t{1} << 40;

TEST(BatchPlan, FillsTheDeviceAFewTimesOver) {
  const BatchPlan plan = plan_batches(need, {much, much, 10}, 1'000'000);
  EXPECT_EQ(plan.slots, 10);
  EXPECT_EQ(plan.tiles, 40);
  EXPECT_EQ(plan.worlds(), 40 * 32);
}

TEST(BatchPlan, TakesNoMoreThanTheStudyHas) {
  for (const uint64_t worlds : {1, 31, 32}) {
    const BatchPlan plan = plan_batches(need, {much, much, 10}, worlds);
    EXPECT_EQ(plan.slots, 1);
    EXPECT_EQ(plan.tiles, 1);
  }
  EXPECT_EQ(plan_batches(need, {much, much, 10}, 33).slots, 2);
}

TEST(BatchPlan, KeepsToTheMemoryOfDeviceAndHost) {
  for (size_t bytes = 1800; bytes < 60'000; bytes += 77)
    for (const size_t host : {size_t{800}, size_t{5000}, much}) {
      const BatchPlan plan = plan_batches(need, {bytes, host, 10}, 1'000'000);
      EXPECT_GE(plan.slots, 1);
      EXPECT_GE(plan.tiles, plan.slots);
      EXPECT_LE(plan.device_bytes(need), bytes);
      EXPECT_LE(plan.host_bytes(need), host);
      // One more round or slot would not have had room, or is not wanted.
      const BatchPlan more{plan.slots, plan.tiles + plan.slots};
      EXPECT_TRUE(more.device_bytes(need) > bytes || more.host_bytes(need) > host ||
                  plan.tiles == 4 * plan.slots);
    }
}

TEST(BatchPlan, ManyRoundsOnlyWhereTheyAreSmall) {
  constexpr TileNeed large{.state = 1000, .inputs = size_t{40} << 20, .outputs = size_t{40} << 20};
  EXPECT_EQ(plan_batches(large, {much, much, 10}, 1'000'000).tiles, 10);
}

TEST(BatchPlan, NoRoomIsSaid) {
  for (const BatchRoom room : {BatchRoom{1799, much, 10}, BatchRoom{much, 799, 10}}) {
    try {
      plan_batches(need, room, 100);
      ADD_FAILURE();
    } catch (const DeviceError& error) {
      EXPECT_EQ(error.kind, DeviceError::Kind::out_of_memory);
    }
  }
}

TEST(BatchPlan, HalfIsNeverNothing) {
  EXPECT_EQ((BatchPlan{1, 1}.half().tiles), 1);
  EXPECT_EQ((BatchPlan{10, 41}.half().tiles), 21);
}

}  // namespace
}  // namespace chasm
