#include "kernels/worlds_in_batch.hpp"

#include <omp.h>

#include <algorithm>
#include <exception>
#include <mutex>

#include "kernels/batch.hpp"
#include "sim/clean_floating_point.hpp"

namespace chasm {

namespace {

// body(i, thread) for all i below count; the first exception is thrown again.
template <class Body>
void side_by_side(long count, int threads, const Body& body) {
  std::exception_ptr failure;
  std::mutex mutex;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (long i = 0; i < count; ++i) {
    const CleanFloatingPoint clean;
    try {
      body(i, static_cast<size_t>(omp_get_thread_num()));
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

BlockWorlds::BlockWorlds(const Study& study, const Partition& partition, int threads)
    : study_(study),
      partition_(partition),
      writers_(static_cast<size_t>(std::max(threads, 1)),
               TileWorlds(study, TileLayout::of(study, warp))) {}

Segments BlockWorlds::next(DeviceFeed& feed, long most) {
  Segments segments;
  while (segments.worlds < most) {
    if (open_.empty() || open_.back().next == open_.back().worlds()) {
      const auto block = feed.take();
      if (!block) break;
      OpenBlock opened;
      opened.result = empty_block(study_, partition_, *block);
      opened.missing = opened.worlds();
      open_.push_back(std::move(opened));
    }
    OpenBlock& block = open_.back();
    const long worlds =
        std::min(most - segments.worlds, static_cast<long>(block.worlds() - block.next));
    segments.all.push_back({&block, block.next, segments.worlds, worlds});
    segments.worlds += worlds;
    block.next += static_cast<uint64_t>(worlds);
  }
  return segments;
}

void BlockWorlds::fill(const Segments& segments, void* inputs) {
  const auto find = [&](long place) {
    return std::prev(
        std::upper_bound(segments.all.begin(), segments.all.end(), place,
                         [](long at, const Segment& segment) { return at < segment.place; }));
  };
  side_by_side(
      tiles_of(segments.worlds), static_cast<int>(writers_.size()), [&](long tile, size_t thread) {
        TileWorlds& writer = writers_[thread];
        void* to = tile_table<char>(inputs, static_cast<size_t>(tile) * layout().input_bytes);
        writer.begin(to);
        auto segment = find(tile * warp);
        for (int lane = 0; lane < warp; ++lane) {
          const long place = tile * warp + lane;
          if (place == segments.worlds) break;
          if (place == segment->place + segment->worlds) ++segment;
          const uint64_t world =
              segment->first_world + static_cast<uint64_t>(place - segment->place);
          const uint64_t first_pair = partition_.first_pair(segment->block->result.block);
          writer.put(to, lane, first_pair + world / partition_.arms, world % partition_.arms);
        }
      });
}

void BlockWorlds::collect(const Segments& segments, const void* outputs, DeviceFeed& feed) {
  side_by_side(static_cast<long>(segments.all.size()), static_cast<int>(writers_.size()),
               [&](long index, size_t thread) {
                 const Segment& segment = segments.all[static_cast<size_t>(index)];
                 for (long done = 0; done < segment.worlds;) {
                   const long place = segment.place + done;
                   const int lane = static_cast<int>(place % warp);
                   const long lanes = std::min<long>(warp - lane, segment.worlds - done);
                   const auto tile = static_cast<size_t>(place / warp);
                   writers_[thread].collect(tile_table<char>(outputs, tile * layout().output_bytes),
                                            lane, static_cast<int>(lanes),
                                            segment.first_world + static_cast<uint64_t>(done),
                                            segment.block->result);
                   done += lanes;
                 }
                 segment.block->missing -= static_cast<uint64_t>(segment.worlds);
               });
  while (!open_.empty() && open_.front().missing == 0) {
    feed.hand_in(std::move(open_.front().result));
    open_.pop_front();
  }
}

std::vector<uint64_t> BlockWorlds::give_up() {
  std::vector<uint64_t> blocks;
  for (const OpenBlock& block : open_) blocks.push_back(block.result.block);
  open_.clear();
  return blocks;
}

}  // namespace chasm
