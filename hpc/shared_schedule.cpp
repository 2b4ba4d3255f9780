#include "hpc/shared_schedule.hpp"

#include <utility>

namespace chasm {

SharedSchedule::SharedSchedule(const Partition& partition, std::vector<uint64_t> missing,
                               uint64_t slots, bool alone)
    : schedule_(partition, std::move(missing)), alone_(alone) {
  schedule_.join(0, slots, 0);
}

Schedule::Time SharedSchedule::now() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

std::vector<uint64_t> SharedSchedule::take(size_t most) {
  std::unique_lock lock(mutex_);
  const Schedule::Time asked = now();
  std::vector<uint64_t> blocks;
  while (!closed_ && !schedule_.complete()) {
    blocks = schedule_.hand_out(0, most, now());
    if (!blocks.empty() || alone_) break;
    // Also looks again when nobody reports: a block may be overdue by then.
    changed_.wait_for(lock, std::chrono::seconds(1));
  }
  own_idle_ += now() - asked;
  return blocks;
}

void SharedSchedule::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void SharedSchedule::join(int rank, uint64_t slots) {
  const std::lock_guard lock(mutex_);
  schedule_.join(rank, slots, now());
}

std::vector<uint64_t> SharedSchedule::hand_out(int rank, uint64_t most) {
  const std::lock_guard lock(mutex_);
  if (closed_ || schedule_.complete()) return {};
  return schedule_.hand_out(rank, most, now());
}

bool SharedSchedule::committed(int rank, uint64_t block) {
  const std::lock_guard lock(mutex_);
  const bool fresh = schedule_.committed(rank, block, now());
  if (schedule_.complete()) changed_.notify_all();
  return fresh;
}

void SharedSchedule::lost(int rank) {
  const std::lock_guard lock(mutex_);
  schedule_.lost(rank);
  changed_.notify_all();
}

uint64_t SharedSchedule::left() const {
  const std::lock_guard lock(mutex_);
  return schedule_.left();
}

uint64_t SharedSchedule::copies() const {
  const std::lock_guard lock(mutex_);
  return schedule_.copies();
}

bool SharedSchedule::over() const {
  const std::lock_guard lock(mutex_);
  return closed_ || schedule_.complete();
}

double SharedSchedule::own_idle() const {
  const std::lock_guard lock(mutex_);
  return own_idle_;
}

}  // namespace chasm
