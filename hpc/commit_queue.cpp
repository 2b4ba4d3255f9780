#include "hpc/commit_queue.hpp"

#include <utility>

namespace chasm {

CommitQueue::CommitQueue(JournalWriter& writer, uint64_t most_bytes,
                         std::function<Entry(const BlockResult&)> encode,
                         std::function<void(std::span<const Entry>)> committed,
                         std::function<void()> failed)
    : writer_(writer),
      most_bytes_(most_bytes),
      encode_(std::move(encode)),
      committed_(std::move(committed)),
      failed_(std::move(failed)),
      thread_([this] { work(); }) {}

CommitQueue::~CommitQueue() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool CommitQueue::push(BlockResult&& result, uint64_t bytes) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [&] { return failure_ || waiting_.empty() || held_bytes_ + bytes <= most_bytes_; });
  if (failure_) return false;
  waiting_.push_back(std::move(result));
  waiting_bytes_ += bytes;
  held_bytes_ += bytes;
  changed_.notify_all();
  return true;
}

void CommitQueue::finish() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  thread_.join();
  if (failure_) std::rethrow_exception(failure_);
}

void CommitQueue::work() {
  std::unique_lock lock(mutex_);
  while (!failure_) {
    changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::vector<BlockResult> taken = std::exchange(waiting_, {});
    const uint64_t taken_bytes = std::exchange(waiting_bytes_, 0);
    // One more may wait, however large.
    changed_.notify_all();
    lock.unlock();
    std::exception_ptr failure;
    try {
      commit(std::move(taken));
    } catch (...) {
      failure = std::current_exception();
      if (failed_) failed_();
    }
    lock.lock();
    failure_ = failure;
    held_bytes_ -= taken_bytes;
    changed_.notify_all();
  }
}

void CommitQueue::commit(std::vector<BlockResult> results) {
  std::vector<Entry> entries;
  entries.reserve(results.size());
  for (BlockResult& result : results) {
    entries.push_back(encode_(result));
    result = {};
  }
  writer_.commit(entries);
  committed_(entries);
}

}  // namespace chasm
