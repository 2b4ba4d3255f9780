#include "sim/cpu_backend.hpp"

#include <omp.h>

#include <atomic>
#include <exception>
#include <mutex>

#include "sim/clean_floating_point.hpp"
#include "sim/tile_buffers.hpp"

namespace chasm {

CpuBackend::CpuBackend(const Study& study, const Partition& partition, const Program& program,
                       int threads)
    : study_(study),
      partition_(partition),
      program_(program),
      threads_(threads > 0 ? threads : omp_get_max_threads()),
      ground_(prepare(study)),
      tile_memory_(program.memory(ground_.shape.get(), ground_.shared.get())) {}

size_t CpuBackend::memory_per_thread() const {
  return tile_memory_ + TileBuffers::bytes(study_, program_.width) +
         block_bytes(study_, partition_.pairs_per_block * partition_.arms);
}

BlockResult CpuBackend::run_block(uint64_t block, std::vector<Note>* notes) const {
  const CleanFloatingPoint clean;
  BlockResult result = empty_block(study_, partition_, block);
  TileBuffers tile(study_, program_.width, tile_memory_);
  const uint64_t worlds = partition_.worlds_in(block);
  for (uint64_t first = 0; first < worlds; first += static_cast<uint64_t>(program_.width)) {
    Tile worlds_of_tile = tile.fill(partition_, block, first, ground_);
    if (notes != nullptr) {
      worlds_of_tile.listener = notes;
      worlds_of_tile.note = [](void* listener, const Note& note) {
        static_cast<std::vector<Note>*>(listener)->push_back(note);
      };
    }
    program_.run(worlds_of_tile);
    tile.collect(first, result);
  }
  return result;
}

void CpuBackend::run(std::span<const uint64_t> blocks,
                     const std::function<bool(BlockResult&&)>& done) const {
  ListFeed feed(blocks);
  run_from(feed, done);
}

void CpuBackend::run_from(BlockFeed& feed, const std::function<bool(BlockResult&&)>& done) const {
  std::atomic<bool> stop = false;
  std::mutex one_at_a_time;
  std::exception_ptr failure;
  const auto end = [&] {
    stop = true;
    feed.close();
  };
#pragma omp parallel num_threads(threads_)
  while (!stop) {
    try {
      const std::vector<uint64_t> blocks = feed.take(1);
      if (blocks.empty()) break;
      BlockResult result = run_block(blocks[0]);
      const std::lock_guard lock(one_at_a_time);
      if (!stop && !done(std::move(result))) end();
    } catch (...) {
      const std::lock_guard lock(one_at_a_time);
      if (!failure) failure = std::current_exception();
      end();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace chasm
