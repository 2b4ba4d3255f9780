#pragma once

// Rank 0's side of a run of several ranks: hands blocks out, hears what was committed, and knows who lives.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hpc/identity.hpp"
#include "hpc/mailbox.hpp"
#include "hpc/messages.hpp"
#include "hpc/shared_schedule.hpp"

namespace chasm {

// How long ranks wait for one another.
struct Patience {
  std::chrono::milliseconds start{60'000};     // for all ranks to be there
  std::chrono::milliseconds silence{20'000};   // until a rank that says nothing is taken for lost
  std::chrono::milliseconds farewell{15'000};  // for journals to be closed at the end
  std::chrono::milliseconds heartbeat{2'000};
};

struct RankState {
  enum class Stage { absent, ready, working, gone, lost };
  Stage stage = Stage::absent;
  std::string host;
  uint64_t slots = 0;
  uint64_t blocks = 0;  // committed by it
  double busy = 0;      // share of its slots' time, 0..1
};

class Manager {
 public:
  // Of size - 1 other ranks.
  explicit Manager(Mailbox&, Patience = {});
  // Tells everybody to leave; where a rank is lost, has all ranks ended.
  ~Manager();
  Manager(const Manager&) = delete;
  Manager& operator=(const Manager&) = delete;

  struct Work {
    SharedSchedule* schedule = nullptr;
    std::string journal;  // of rank 0, which is there
    std::string host;     // of rank 0
    uint64_t slots = 1;   // of rank 0
    std::function<void(uint64_t block, uint64_t failed)>
        committed;  // by another rank, nobody before
    std::function<void(const std::string&)> warn;
    std::function<bool()> asked_to_stop;  // of rank 0
  };

  // Waits for all ranks. Throws InputError where one has another study or build than ours, or what a rank that could not
  // start says; a rank that says nothing in time is left out, which `warn` tells.
  void gather(const Identity& ours, const std::function<void(const std::string&)>& warn);
  // Hands out blocks until the schedule is over.
  void begin(const Work&);
  // No more blocks: waits until the journals of others are closed. Nothing of `Work` is used any more after that. Throws
  // InputError where a rank refused to work here.
  void end();

  // A signal reached some rank.
  bool asked_to_stop() const { return asked_to_stop_; }
  std::vector<RankState> ranks() const;  // rank 0 first
  // How busy ranks that work are, percent of their slots' time; looked at with each heartbeat. Never waits.
  struct alignas(uint64_t) Balance {
    uint32_t ranks = 1;
    uint16_t mean = 100, least = 100;
  };
  Balance balance() const { return balance_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Other {
    RankState state;
    Clock::time_point heard;
    Clock::time_point joined;
    uint64_t wanted = 0;
    double idle = 0;
  };

  // Between begin and the return of end.
  bool has_work() const { return begun_ && !closed_; }
  std::vector<RankState> states() const;
  void weigh();
  void serve();
  void tick(Clock::time_point now);
  void handle(const Letter&);
  void handle(int rank, Other&, const Hello&);
  void handle(int rank, Other&, const CannotStart&);
  void handle(int rank, Other&, const Report&);
  void handle(int rank, Other&, const Bye&);
  template <class Unexpected>
  void handle(int, Other&, const Unexpected&) {}

  void start(int rank, Other&);
  void feed(int rank, Other&);
  void feed_all();
  void lose(int rank, Other&, const std::string& why);
  std::string name(int rank) const;
  void warn(const std::string&) const;

  Mailbox& mailbox_;
  const Patience patience_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Identity ours_;
  Work work_;
  bool begun_ = false, ending_ = false, closed_ = false, over_ = false;
  std::vector<RankState> at_end_;  // once closed_
  Clock::time_point began_, ended_;
  std::vector<Other> others_;  // by rank; 0 is not used
  std::string refusal_;
  bool refusal_is_input_ = true;
  std::atomic<bool> asked_to_stop_ = false;
  std::atomic<Balance> balance_{};
  static_assert(std::atomic<Balance>::is_always_lock_free);
  Clock::time_point next_heartbeat_, next_feed_, next_weighing_;
  std::thread thread_;
};

}  // namespace chasm
