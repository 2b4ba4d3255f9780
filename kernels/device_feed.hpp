#pragma once

// Blocks on their way from a feed to the workers of several devices and back, and the results that they hand in.

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "sim/block.hpp"
#include "sim/block_feed.hpp"

namespace chasm {

class DeviceFeed {
 public:
  DeviceFeed(BlockFeed& source, const std::function<bool(BlockResult&&)>& done)
      : source_(source), done_(done) {}

  // Waits for a block where none is here. False: there are no more, or the run was stopped.
  bool wait() {
    if (stopped()) return false;
    if (empty()) give_back(source_.take(1));
    return !empty();
  }
  // The next block; none where there is none now or the run was stopped. Never waits: batches in flight are to be collected.
  std::optional<uint64_t> take() {
    const std::lock_guard lock(mutex_);
    if (stopped_) return {};
    if (waiting_.empty()) {
      const std::vector<uint64_t> more = source_.take_now(1);
      waiting_.assign(more.begin(), more.end());
    }
    if (waiting_.empty()) return {};
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
  BlockFeed& source_;
  std::deque<uint64_t> waiting_;
  bool stopped_ = false;
  const std::function<bool(BlockResult&&)>& done_;
};

}  // namespace chasm
