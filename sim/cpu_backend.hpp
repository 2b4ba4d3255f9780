#pragma once

// Runs blocks on the processor: OpenMP over blocks, lanes inside.

#include <functional>
#include <span>

#include "sim/block.hpp"

namespace chasm {

class CpuBackend {
 public:
  // The study, its model and the program must outlive the backend. `threads` 0: as many as OpenMP gives.
  // Throws InputError where the setting contradicts itself.
  CpuBackend(const Study& study, const Partition& partition, const Program& program, int threads);

  // Runs the blocks, several at a time. `done` is called one block at a time, in any order, from any of the threads;
  // once it returns false no further block is begun. The first exception of a block or of `done` is rethrown.
  void run(std::span<const uint64_t> blocks, const std::function<bool(BlockResult&&)>& done) const;

  // One block on the calling thread.
  BlockResult run_block(uint64_t block) const;

  int threads() const { return threads_; }
  const Program& program() const { return program_; }
  // Bytes of state, inputs and outputs that one thread holds.
  size_t memory_per_thread() const;

 private:
  const Study& study_;
  Partition partition_;
  const Program& program_;
  int threads_;
  Ground ground_;
  size_t tile_memory_;
};

}  // namespace chasm
