#include "hpc/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chasm {

namespace {

// Shares are this part of what a rank would take if the rest were dealt out at once.
constexpr double part = 0.5;
// The most that is handed out in one go: so many seconds of work, or blocks a slot while the speed is unknown.
constexpr double most_seconds = 4;
constexpr double most_blocks_a_slot = 4;
// A speed counts once a rank has committed this much a slot.
constexpr double blocks_to_measure = 2;

}  // namespace

Schedule::Schedule(const Partition& partition, std::vector<uint64_t> missing)
    : blocks_(missing.size()), left_(missing.size()), done_(partition.blocks()) {
  std::stable_sort(missing.begin(), missing.end(), [&](uint64_t a, uint64_t b) {
    return partition.worlds_in(a) > partition.worlds_in(b);
  });
  waiting_.assign(missing.begin(), missing.end());
}

void Schedule::join(int rank, uint64_t slots, Time) {
  Rank& mine = ranks_[rank];
  mine.slots = static_cast<double>(std::max<uint64_t>(slots, 1));
  mine.weight = 0;
  const double usual = slots_measured_ > 0 ? speed_measured_ / slots_measured_ : 1;
  set_weight(mine, mine.slots * usual);
}

void Schedule::set_weight(Rank& rank, double weight) {
  weights_ += weight - rank.weight;
  rank.weight = weight;
}

uint64_t Schedule::share_of(const Rank& rank, uint64_t most) const {
  const double fair = part * static_cast<double>(waiting_.size()) * rank.weight / weights_;
  const double cap = rank.measured ? std::max(rank.slots, most_seconds * rank.weight)
                                   : most_blocks_a_slot * rank.slots;
  const double share = std::ceil(std::min(fair, cap));
  return std::clamp<uint64_t>(static_cast<uint64_t>(share), 1,
                              std::min<uint64_t>(most, waiting_.size()));
}

std::vector<uint64_t> Schedule::next_waiting(uint64_t count) {
  std::vector<uint64_t> blocks;
  while (blocks.size() < count && !waiting_.empty()) {
    if (!done_[waiting_.front()]) blocks.push_back(waiting_.front());
    waiting_.pop_front();
  }
  return blocks;
}

std::vector<uint64_t> Schedule::hand_out(int rank, uint64_t most, Time now) {
  if (most == 0) return {};
  Rank& mine = ranks_.at(rank);
  std::vector<uint64_t> blocks;
  if (!waiting_.empty()) blocks = next_waiting(share_of(mine, most));
  if (blocks.empty()) return overdue(rank, now);
  if (mine.first_handed < 0) mine.first_handed = now;
  for (const uint64_t block : blocks) {
    held_[block] = {rank, now};
    in_order_.push_back({block, now});
  }
  mine.in_hand += blocks.size();
  return blocks;
}

Schedule::Held* Schedule::held(const Handed& handed) {
  const auto at = held_.find(handed.block);
  return at != held_.end() && at->second.since == handed.since ? &at->second : nullptr;
}

void Schedule::pass_over() {
  while (!in_order_.empty() && held(in_order_.front()) == nullptr) in_order_.pop_front();
}

std::vector<uint64_t> Schedule::overdue(int rank, Time now) {
  pass_over();
  if (in_order_.empty()) return {};
  const Handed oldest = in_order_.front();
  Held& at = *held(oldest);
  const Time limit = std::max(least_overdue, times_longer * longest_);
  if (now - oldest.since < limit || at.rank == rank) return {};
  // The copy is the one that counts from now on: where it is lost too, another is made.
  in_order_.pop_front();
  --ranks_.at(at.rank).in_hand;
  ++ranks_.at(rank).in_hand;
  at = {rank, now};
  in_order_.push_back({oldest.block, now});
  ++copies_;
  return {oldest.block};
}

void Schedule::measure(Rank& rank, Time now) {
  const double seconds = now - rank.first_handed;
  if (static_cast<double>(rank.committed) < blocks_to_measure * rank.slots || seconds <= 0) return;
  if (rank.measured) {
    speed_measured_ -= rank.weight;
    slots_measured_ -= rank.slots;
  } else if (slots_measured_ == 0) {
    // The first speed that is known is the guess for all others: until now a slot counted as one.
    const double speed = static_cast<double>(rank.committed) / seconds / rank.slots;
    for (auto& [number, other] : ranks_) set_weight(other, other.slots * speed);
  }
  rank.measured = true;
  set_weight(rank, static_cast<double>(rank.committed) / seconds);
  speed_measured_ += rank.weight;
  slots_measured_ += rank.slots;
}

bool Schedule::committed(int rank, uint64_t block, Time now) {
  const auto known = ranks_.find(rank);
  if (known != ranks_.end()) {
    ++known->second.committed;
    measure(known->second, now);
  }
  if (done_.at(block)) return false;
  done_[block] = true;
  --left_;
  const auto at = held_.find(block);
  if (at == held_.end()) return true;
  if (at->second.rank == rank) longest_ = std::max(longest_, now - at->second.since);
  --ranks_.at(at->second.rank).in_hand;
  held_.erase(at);
  pass_over();
  return true;
}

void Schedule::lost(int rank) {
  const auto at = ranks_.find(rank);
  if (at == ranks_.end()) return;
  Rank& gone = at->second;
  std::vector<uint64_t> back;
  for (const Handed& handed : in_order_) {
    if (back.size() == gone.in_hand) break;
    const Held* by = held(handed);
    if (by == nullptr || by->rank != rank) continue;
    held_.erase(handed.block);
    back.push_back(handed.block);
  }
  waiting_.insert(waiting_.begin(), back.begin(), back.end());
  if (gone.measured) {
    speed_measured_ -= gone.weight;
    slots_measured_ -= gone.slots;
  }
  set_weight(gone, 0);
  ranks_.erase(at);
}

}  // namespace chasm
