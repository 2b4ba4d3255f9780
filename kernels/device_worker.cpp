#include "kernels/device_worker.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "kernels/shared_arrays.hpp"

namespace chasm {

namespace {

// The driver needs some memory of its own, and a card that draws a screen shares it.
constexpr double usable = 0.9;

}  // namespace

size_t host_bytes_for_buffers() {
  const long pages = sysconf(_SC_PHYS_PAGES), bytes = sysconf(_SC_PAGE_SIZE);
  constexpr size_t least = size_t{256} << 20;
  if (pages <= 0 || bytes <= 0) return least;
  return std::max(least, static_cast<size_t>(pages) / 4 * static_cast<size_t>(bytes));
}

DeviceWorker::DeviceWorker(Device& device, const DeviceStudy& of, int block_threads,
                           int host_threads)
    : device_(device),
      of_(of),
      block_threads_(block_threads),
      host_threads_(host_threads),
      need_(tile_need(of.study, of.program, of.ground)) {
  // A kernel of many registers has no room for large blocks.
  while (block_threads_ > warp && device.fit(of.program, block_threads_).occupancy == 0)
    block_threads_ /= 2;
}

BatchPlan DeviceWorker::plan() const {
  const Device::Fit fit = device_.fit(of_.program, block_threads_);
  const size_t free = device_.memory().free;
  const size_t taken = fit.stacks_bytes + shared_array_bytes(of_.program, of_.ground);
  const auto share = static_cast<size_t>(usable * static_cast<double>(free));
  return plan_batches(need_,
                      {share > taken ? share - taken : 0, host_bytes_for_buffers(),
                       long{fit.blocks} * (block_threads_ / warp)},
                      of_.study.worlds());
}

// One batch on its way.
struct DeviceWorker::Buffers {
  Buffers(Device& device, const TileNeed& need, const BatchPlan& plan)
      : host_inputs(bytes_on_host(device, static_cast<size_t>(plan.tiles) * need.inputs)),
        host_outputs(bytes_on_host(device, static_cast<size_t>(plan.tiles) * need.outputs)),
        inputs(bytes_on(device, static_cast<size_t>(plan.tiles) * need.inputs)),
        outputs(bytes_on(device, static_cast<size_t>(plan.tiles) * need.outputs)) {}

  DeviceBytes host_inputs, host_outputs, inputs, outputs;
  Segments segments;
};

void DeviceWorker::stream(DeviceFeed& feed, const BatchPlan& plan, BlockWorlds& worlds) {
  const SharedArrays shared(device_, of_.program, of_.ground);
  const long at_once = device_.fit(of_.program, block_threads_).blocks;
  const size_t places_bytes = of_.places.size() * sizeof(TotalPlace);
  const DeviceBytes places = bytes_on(device_, std::max<size_t>(places_bytes, 1));
  const DeviceBytes state = bytes_on(device_, static_cast<size_t>(plan.slots) * need_.state);
  Buffers buffers[Device::queues] = {Buffers(device_, need_, plan), Buffers(device_, need_, plan)};
  if (places_bytes > 0) device_.copy_in(0, places.get(), of_.places.data(), places_bytes);
  device_.wait(0);

  const auto start = [&](int queue) {
    Buffers& batch = buffers[queue];
    batch.segments = worlds.next(feed, plan.worlds());
    if (batch.segments.worlds == 0) return;
    worlds.fill(batch.segments, batch.host_inputs.get());
    const auto tiles = static_cast<size_t>(tiles_of(batch.segments.worlds));
    device_.copy_in(queue, batch.inputs.get(), batch.host_inputs.get(), tiles * need_.inputs);
    if (worlds.layout().totals_bytes > 0)
      device_.clear(queue, batch.outputs.get(), tiles * need_.outputs);
    Batch launched{};
    launched.seed = of_.study.seed;
    launched.steps = of_.study.steps;
    launched.every = of_.study.outputs.every;
    launched.worlds = batch.segments.worlds;
    launched.layout = worlds.layout();
    launched.inputs = batch.inputs.get();
    launched.outputs = batch.outputs.get();
    launched.state = state.get();
    launched.state_bytes = need_.state;
    launched.places = static_cast<const TotalPlace*>(places.get());
    const auto used = std::min(plan.slots, static_cast<long>(tiles));
    // Smaller blocks where there are too few for the whole device.
    const long warps =
        std::clamp((used + at_once - 1) / at_once, long{1}, long{block_threads_} / warp);
    // Rounded down, so that no slot lies beyond the memory of states.
    const Grid grid{static_cast<int>(used / warps), static_cast<int>(warps) * warp};
    device_.launch(queue, of_.program, launched, of_.ground.shape.get(), shared.view(), grid);
    device_.copy_out(queue, batch.host_outputs.get(), batch.outputs.get(), tiles * need_.outputs);
  };
  const auto end = [&](int queue) {
    Buffers& batch = buffers[queue];
    if (batch.segments.worlds == 0) return false;
    device_.wait(queue);
    worlds.collect(batch.segments, batch.host_outputs.get(), feed);
    batch.segments = {};
    return true;
  };
  try {
    for (int queue = 0; queue < Device::queues; ++queue) start(queue);
    for (int queue = 0; end(queue); queue = (queue + 1) % Device::queues)
      if (!feed.stopped()) start(queue);
  } catch (...) {
    // Nothing may write to memory that is about to be released.
    for (int queue = 0; queue < Device::queues; ++queue) {
      try {
        device_.wait(queue);
      } catch (const DeviceError&) {
      }
    }
    throw;
  }
}

void DeviceWorker::run(DeviceFeed& feed) {
  BlockWorlds worlds(of_.study, of_.partition, host_threads_);
  try {
    const BatchPlan first = plan();
    try {
      stream(feed, first, worlds);
    } catch (const DeviceError& error) {
      if (error.kind != DeviceError::Kind::out_of_memory) throw;
      feed.give_back(worlds.give_up());
      stream(feed, first.half(), worlds);
    }
  } catch (...) {
    feed.give_back(worlds.give_up());
    throw;
  }
}

}  // namespace chasm
