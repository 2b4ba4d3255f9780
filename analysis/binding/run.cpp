#include "analysis/binding/run.hpp"

#include <omp.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>

#include "sim/clean_floating_point.hpp"
#include "sim/error.hpp"
#include "sim/tile_buffers.hpp"

namespace chasm::binding {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto between_questions = std::chrono::milliseconds(100);

}  // namespace

BlockResult run_worlds(const Study& study, const Ground& ground, int threads,
                       const std::function<bool()>& go_on) {
  const Program& program = choose_program(*study.model);
  const Partition all{
      .pairs = study.pairs(), .pairs_per_block = study.pairs(), .arms = study.arms.size()};
  BlockResult result = empty_block(study, all, 0);
  const size_t memory = program.memory(ground.shape.get(), ground.shared.get());
  const auto width = static_cast<int64_t>(program.width);
  const int64_t tiles = (static_cast<int64_t>(all.worlds_in(0)) + width - 1) / width;
  if (threads <= 0) threads = omp_get_max_threads();
  std::atomic<bool> stop = false, refused = false;
  std::mutex one_at_a_time;
  std::exception_ptr failure;
#pragma omp parallel num_threads(threads)
  {
    const CleanFloatingPoint clean;
    const bool asks = omp_get_thread_num() == 0;
    auto asked = Clock::now();
    try {
      TileBuffers tile(study, program.width, memory);
#pragma omp for schedule(dynamic, 1)
      for (int64_t i = 0; i < tiles; ++i) {
        if (stop) continue;
        const auto first = static_cast<uint64_t>(i * width);
        program.run(tile.fill(all, 0, first, ground));
        tile.collect(first, result);
        if (asks && Clock::now() - asked > between_questions) {
          asked = Clock::now();
          if (!go_on()) stop = refused = true;
        }
      }
    } catch (...) {
      const std::lock_guard lock(one_at_a_time);
      if (!failure) failure = std::current_exception();
      stop = true;
    }
  }
  if (failure) std::rethrow_exception(failure);
  if (refused) throw Interrupted("stopped when asked to (nothing is kept) start again");
  return result;
}

}  // namespace chasm::binding
