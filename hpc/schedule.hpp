#pragma once

// Which blocks are handed to whom: guided self-scheduling (Polychronopoulos & Kuck 1987, doi:10.1109/TC.1987.5009495)
// weighted by the speed of each rank, and backup copies of what is overdue (Dean & Ghemawat 2004). It decides by what
// ranks say and by the time that it is given; nothing that it decides can change a bit of the result.

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "sim/block.hpp"

namespace chasm {

class Schedule {
 public:
  // [s] since any moment.
  using Time = double;

  // Of the blocks that are missing; the longest are handed out first, those alike in ascending order.
  Schedule(const Partition&, std::vector<uint64_t> missing);

  // A rank that computes `slots` blocks at the same time.
  void join(int rank, uint64_t slots, Time now);
  // Blocks for a rank that could take `most`: large shares at first, single blocks at the end, so that all ranks end
  // together. Once everything is handed out, a copy of a block that somebody else has had for too long. Nothing where
  // there is nothing to do now; more may come back from a lost rank until complete().
  std::vector<uint64_t> hand_out(int rank, uint64_t most, Time now);
  // On disk. False where somebody had committed it before. Also from a rank that was thought lost.
  bool committed(int rank, uint64_t block, Time now);
  // What the rank has not committed goes to others.
  void lost(int rank);

  uint64_t blocks() const { return blocks_; }
  uint64_t left() const { return left_; }  // not committed
  bool complete() const { return left_ == 0; }
  uint64_t copies() const { return copies_; }  // handed out a second time

  // A block is overdue once it took `times_longer` as long as the slowest so far, and at least so long [s].
  static constexpr double times_longer = 3;
  static constexpr Time least_overdue = 10;

 private:
  struct Rank {
    double slots = 1;
    double weight = 1;                    // blocks a second, relative to a slot of unknown speed
    uint64_t committed = 0, in_hand = 0;  // blocks
    Time first_handed = -1;
    bool measured = false;
  };
  struct Held {
    int rank;
    Time since;
  };
  struct Handed {
    uint64_t block;
    Time since;
  };

  uint64_t share_of(const Rank&, uint64_t most) const;
  std::vector<uint64_t> next_waiting(uint64_t count);
  void measure(Rank&, Time now);
  void set_weight(Rank&, double weight);
  std::vector<uint64_t> overdue(int rank, Time now);
  // Forgets the oldest that were handed out, up to one that somebody still has.
  void pass_over();
  // Who has a block since it was handed out then; nobody where it is committed, or has gone to another since.
  Held* held(const Handed&);

  uint64_t blocks_;
  uint64_t left_;
  uint64_t copies_ = 0;
  std::vector<bool> done_;  // by block of the partition
  std::deque<uint64_t> waiting_;
  std::unordered_map<uint64_t, Held> held_;  // handed out, not committed
  std::deque<Handed> in_order_;  // of handing out; those that nobody has are passed over
  std::unordered_map<int, Rank> ranks_;
  double weights_ = 0;         // of all ranks
  double slots_measured_ = 0;  // of ranks whose speed is known
  double speed_measured_ = 0;  // blocks a second, of those
  Time longest_ = 0;           // from handing out to commit
};

}  // namespace chasm
