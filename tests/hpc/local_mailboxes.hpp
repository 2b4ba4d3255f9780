#pragma once

// Ranks as threads of one process: letters can be cut off, like a link, and nobody is told.

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "hpc/mailbox.hpp"

namespace chasm {

class LocalPost {
 public:
  explicit LocalPost(int size) : boxes_(static_cast<size_t>(size)) {}

  // From now on the rank neither gets nor sends anything.
  void cut(int rank) {
    const std::lock_guard lock(mutex_);
    cut_.insert(rank);
  }
  void mend(int rank) {
    const std::lock_guard lock(mutex_);
    cut_.erase(rank);
  }
  void send(int from, int to, std::vector<unsigned char> bytes) {
    const std::lock_guard lock(mutex_);
    ++letters_;
    if (cut_.contains(from) || cut_.contains(to)) return;
    boxes_[static_cast<size_t>(to)].push_back({from, std::move(bytes)});
    arrived_.notify_all();
  }
  std::optional<Letter> receive(int rank, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    auto& box = boxes_[static_cast<size_t>(rank)];
    if (!arrived_.wait_for(lock, patience, [&] { return !box.empty(); })) return {};
    Letter letter = std::move(box.front());
    box.pop_front();
    return letter;
  }
  int size() const { return static_cast<int>(boxes_.size()); }
  uint64_t letters() const {
    const std::lock_guard lock(mutex_);
    return letters_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::deque<Letter>> boxes_;
  std::set<int> cut_;
  uint64_t letters_ = 0;
};

class LocalMailbox : public Mailbox {
 public:
  LocalMailbox(LocalPost& post, int rank) : post_(post), rank_(rank) {}
  int rank() const override { return rank_; }
  int size() const override { return post_.size(); }
  void send(int to, std::vector<unsigned char> bytes) override {
    post_.send(rank_, to, std::move(bytes));
  }
  std::optional<Letter> receive(std::chrono::milliseconds patience) override {
    return post_.receive(rank_, patience);
  }
  void give_up() override { gave_up = true; }

  bool gave_up = false;

 private:
  LocalPost& post_;
  const int rank_;
};

}  // namespace chasm
