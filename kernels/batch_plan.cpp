#include "kernels/batch_plan.hpp"

#include <algorithm>

namespace chasm {

namespace {

// A batch is a few times what runs at once, so that the worlds that end last keep the device waiting seldom...
constexpr long rounds = 4;
// ...unless that takes much memory of the host.
constexpr size_t large_batch = size_t{512} << 20;

}  // namespace

TileNeed tile_need(const Study& study, const DeviceProgram& program, const Ground& ground) {
  const TileLayout layout = TileLayout::of(study, warp);
  const size_t state = program.state_bytes(ground.shape.get(), ground.shared.get());
  // A whole number of lines of any cache.
  return {std::max<size_t>((state + 127) / 128 * 128, 128), layout.input_bytes,
          layout.output_bytes};
}

BatchPlan plan_batches(const TileNeed& need, const BatchRoom& room, uint64_t worlds) {
  const long wanted = tiles_of(static_cast<long>(std::min<uint64_t>(worlds, uint64_t{1} << 40)));
  const auto fit = [](size_t bytes, size_t each) { return static_cast<long>(bytes / each); };
  const long slots =
      std::min({room.resident, wanted, fit(room.device_bytes, need.state + need.buffers()),
                fit(room.host_bytes, need.buffers())});
  if (slots < 1)
    throw DeviceError(DeviceError::Kind::out_of_memory, "not even 32 worlds have room");
  const size_t left = room.device_bytes - static_cast<size_t>(slots) * need.state;
  const long target =
      std::max(slots, std::min(rounds * slots, fit(large_batch, need.inputs + need.outputs)));
  const long tiles =
      std::min({target, wanted, fit(left, need.buffers()), fit(room.host_bytes, need.buffers())});
  // Whole rounds, so that none is nearly empty.
  return {slots, std::max(slots, tiles / slots * slots)};
}

}  // namespace chasm
