#pragma once

// Commits finished blocks on a thread of its own, so that computing never waits for the disk unless the disk is slower
// than the computing: whatever has been finished meanwhile is committed together, with one fdatasync.

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "hpc/journal.hpp"

namespace chasm {

class CommitQueue {
 public:
  // `encode` and `committed` are called on the queue's thread, the latter once entries are on disk; so is `failed`, once
  // nothing more will be.
  // Holds at most about `most_bytes` of results that wait or are being committed, and a block more.
  CommitQueue(JournalWriter&, uint64_t most_bytes, std::function<Entry(const BlockResult&)> encode,
              std::function<void(std::span<const Entry>)> committed,
              std::function<void()> failed = {});
  ~CommitQueue();  // commits what it has, and drops an error

  // Waits while the queue is full. False once something failed: finish() tells what. From any thread.
  bool push(BlockResult&&, uint64_t bytes);
  // Commits the rest and throws what went wrong.
  void finish();

 private:
  void work();
  void commit(std::vector<BlockResult>);

  JournalWriter& writer_;
  const uint64_t most_bytes_;
  const std::function<Entry(const BlockResult&)> encode_;
  const std::function<void(std::span<const Entry>)> committed_;
  const std::function<void()> failed_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<BlockResult> waiting_;
  uint64_t waiting_bytes_ = 0;
  uint64_t held_bytes_ = 0;  // and those being committed
  bool closed_ = false;
  std::exception_ptr failure_;
  std::thread thread_;  // last: starts when everything above is there
};

}  // namespace chasm
