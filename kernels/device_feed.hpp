#pragma once

// Blocks that are yet to be run, handed out to the workers of several devices, and the results that they hand in.

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "sim/block.hpp"

namespace chasm {

class DeviceFeed {
 public:
  DeviceFeed(std::span<const uint64_t> blocks, const std::function<bool(BlockResult&&)>& done)
      : waiting_(blocks.begin(), blocks.end()), done_(done) {}

  // The next block; none where all are handed out or the run was stopped.
  std::optional<uint64_t> take() {
    const std::lock_guard lock(mutex_);
    if (stopped_ || waiting_.empty()) return {};
    const uint64_t block = waiting_.front();
    waiting_.pop_front();
    return block;
  }
  // What a worker took and cannot finish: ahead of all others, in the order of the study.
  void give_back(const std::vector<uint64_t>& blocks) {
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.begin(), blocks.begin(), blocks.end());
  }
  // One at a time; after a stop results are dropped.
  void hand_in(BlockResult&& result) {
    const std::lock_guard lock(handing_in_);
    if (!stopped() && !done_(std::move(result))) stop();
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  bool stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
  }
  bool empty() const {
    const std::lock_guard lock(mutex_);
    return waiting_.empty();
  }

 private:
  mutable std::mutex mutex_;
  std::mutex handing_in_;
  std::deque<uint64_t> waiting_;
  bool stopped_ = false;
  const std::function<bool(BlockResult&&)>& done_;
};

}  // namespace chasm
