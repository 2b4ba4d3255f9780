#pragma once

// Where a backend takes blocks from while others, on this machine or elsewhere, take theirs.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chasm {

class BlockFeed {
 public:
  virtual ~BlockFeed() = default;
  // Up to `most` blocks; waits while there may be some later. Nothing: there are no more. From any thread.
  virtual std::vector<uint64_t> take(size_t most) = 0;
  // The same without waiting. Nothing: there are none now.
  virtual std::vector<uint64_t> take_now(size_t most) = 0;
  // From now on there are no more.
  virtual void close() = 0;
};

// Blocks that are all known.
class ListFeed : public BlockFeed {
 public:
  explicit ListFeed(std::span<const uint64_t> blocks) : blocks_(blocks) {}
  std::vector<uint64_t> take(size_t most) override {
    if (closed_) return {};
    const size_t first = next_.fetch_add(most);
    if (first >= blocks_.size()) return {};
    const auto taken = blocks_.subspan(first, std::min(most, blocks_.size() - first));
    return {taken.begin(), taken.end()};
  }
  std::vector<uint64_t> take_now(size_t most) override { return take(most); }
  void close() override { closed_ = true; }

 private:
  std::span<const uint64_t> blocks_;
  std::atomic<size_t> next_ = 0;
  std::atomic<bool> closed_ = false;
};

}  // namespace chasm
