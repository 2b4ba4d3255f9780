#pragma once

// Runs blocks on the processor: OpenMP over blocks, lanes inside.

#include "sim/backend.hpp"

namespace chasm {

class CpuBackend : public Backend {
 public:
  // The study, its model and the program must outlive the backend. `threads` 0: as many as OpenMP gives.
  // Throws InputError where the setting contradicts itself.
  CpuBackend(const Study& study, const Partition& partition, const Program& program, int threads);

  // Several blocks at a time. The first exception of a block or of `done` is rethrown.
  void run(std::span<const uint64_t> blocks,
           const std::function<bool(BlockResult&&)>& done) const override;
  // Each thread takes its next block when it has finished one.
  void run_from(BlockFeed&, const std::function<bool(BlockResult&&)>& done) const override;
  size_t slots() const override { return static_cast<size_t>(threads_); }

  // One block on the calling thread. What a traced program tells is added to `notes`.
  BlockResult run_block(uint64_t block, std::vector<Note>* notes = nullptr) const;

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
