#pragma once

// A schedule that rank 0's own threads take from while it is handed out to other ranks.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "hpc/schedule.hpp"
#include "sim/block_feed.hpp"

namespace chasm {

class SharedSchedule : public BlockFeed {
 public:
  // Rank 0 computes `slots` blocks at the same time, and others may join unless it is `alone`.
  SharedSchedule(const Partition&, std::vector<uint64_t> missing, uint64_t slots, bool alone);

  // For rank 0's threads; waits until there are blocks or there will be none: others may be lost, and their blocks come
  // back.
  std::vector<uint64_t> take(size_t most) override;
  std::vector<uint64_t> take_now(size_t most) override { return hand_out(0, most); }
  void close() override;

  void join(int rank, uint64_t slots);
  std::vector<uint64_t> hand_out(int rank, uint64_t most);
  bool committed(int rank, uint64_t block);
  void lost(int rank);
  uint64_t left() const;
  uint64_t copies() const;
  // Complete, or closed.
  bool over() const;
  double own_idle() const;  // slot-seconds that rank 0's threads waited

 private:
  Schedule::Time now() const;

  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Schedule schedule_;
  const bool alone_;
  bool closed_ = false;
  double own_idle_ = 0;
};

}  // namespace chasm
