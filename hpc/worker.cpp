#include "hpc/worker.hpp"

#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "hpc/bytes.hpp"
#include "hpc/compute.hpp"
#include "hpc/run_log.hpp"
#include "sim/error.hpp"

namespace chasm {

using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

// Blocks that rank 0 has handed out to this rank: some are being computed, and some wait so that no thread does.
class HandedBlocks : public BlockFeed {
 public:
  // `low` is called, from any thread, when fewer blocks wait than the backend computes at a time.
  HandedBlocks(size_t slots, std::function<void()> low) : slots_(slots), low_(std::move(low)) {}

  std::vector<uint64_t> take(size_t most) override {
    std::unique_lock lock(mutex_);
    const auto asked = Clock::now();
    while (waiting_.empty() && !closed_) changed_.wait_for(lock, 1s);
    idle_ += std::chrono::duration<double>(Clock::now() - asked).count();
    return give(lock, most);
  }
  std::vector<uint64_t> take_now(size_t most) override {
    std::unique_lock lock(mutex_);
    return give(lock, most);
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  void add(const std::vector<uint64_t>& blocks) {
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.end(), blocks.begin(), blocks.end());
    changed_.notify_all();
  }
  bool is_low() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size() < slots_ && !closed_;
  }
  double idle() const {
    const std::lock_guard lock(mutex_);
    return idle_;
  }

 private:
  std::vector<uint64_t> give(std::unique_lock<std::mutex>& lock, size_t most) {
    std::vector<uint64_t> blocks;
    while (blocks.size() < most && !waiting_.empty() && !closed_) {
      blocks.push_back(waiting_.front());
      waiting_.pop_front();
    }
    const bool is_low = waiting_.size() < slots_ && !closed_;
    lock.unlock();
    if (is_low) low_();
    return blocks;
  }

  const size_t slots_;
  const std::function<void()> low_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<uint64_t> waiting_;
  bool closed_ = false;
  double idle_ = 0;
};

class Worker {
 public:
  Worker(Mailbox& mailbox, const Patience& patience, const std::atomic<bool>* stop, size_t slots)
      : mailbox_(mailbox), patience_(patience), stop_(stop), slots_(slots), blocks_(slots, [this] {
          ask();
        }) {}

  void say(const Message& message) { mailbox_.send(0, encode(message)); }

  // The journal of rank 0; "" where the run was over before it began.
  std::string wait_for_begin() {
    listen();
    for (;;) {
      const auto message = hear(100ms);
      if (message) {
        if (const auto* begin = std::get_if<Begin>(&*message)) return begin->journal;
        if (std::holds_alternative<Leave>(*message)) return "";
      }
      // Rank 0 refuses this one, with better words.
      if (!garbled_.empty())
        throw SystemError(rank() + " runs another version of chasm than rank 0 (" + garbled_ +
                          ") give all ranks the same program");
      if (Clock::now() - heard_ > patience_.start) rank_0_is_lost(silence(patience_.start));
    }
  }

  void wait_for_leave() {
    listen();
    for (;;) {
      const auto message = hear(100ms);
      if (message && std::holds_alternative<Leave>(*message)) return;
      if (lost_ || Clock::now() - heard_ > patience_.silence) rank_0_is_lost(why());
    }
  }

  // Talks with rank 0 on a thread of its own while `action` computes.
  void talk_while(const std::function<void()>& action) {
    listen();
    std::thread talking([this] { talk(); });
    std::exception_ptr failure;
    try {
      ask();
      action();
    } catch (...) {
      failure = std::current_exception();
    }
    finished_ = true;
    talking.join();
    report(false);
    if (failure) std::rethrow_exception(failure);
    if (lost_) rank_0_is_lost(why());
  }

  void committed(std::span<const Entry> entries) {
    {
      const std::lock_guard lock(mutex_);
      for (const Entry& entry : entries) {
        unreported_.committed.push_back(entry.block);
        unreported_.failed.push_back(entry.failed);
      }
    }
    report(blocks_.is_low());
  }

  bool asked_to_stop() const { return over_ || (stop_ != nullptr && *stop_); }
  bool rank_0_lost() const { return lost_; }
  bool told_to_leave() const { return told_to_leave_; }
  BlockFeed& blocks() { return blocks_; }

 private:
  [[noreturn]] void rank_0_is_lost(const std::string& why) {
    mailbox_.give_up();
    throw Interrupted(rank() + " stopped (" + why +
                      ") run the same command again: what was committed is kept");
  }
  std::string rank() const {
    return "rank " + std::to_string(mailbox_.rank()) + " on " + host_name();
  }
  std::string why() const { return garbled_.empty() ? silence(patience_.silence) : garbled_; }
  static std::string silence(std::chrono::milliseconds time) {
    return "nothing was heard of rank 0 for " + std::to_string(time.count() / 1000) + " s";
  }

  // Rank 0's silence counts from now on.
  void listen() { heard_ = looked_ = Clock::now(); }

  std::optional<Message> hear(std::chrono::milliseconds patience) {
    const auto letter = mailbox_.receive(patience);
    const auto now = Clock::now();
    // Who stood still (a stopped process, a machine that slept) cannot say who was silent meanwhile.
    if (now - std::exchange(looked_, now) > patience_.silence / 2) heard_ = now;
    if (!letter || letter->from != 0) return {};
    heard_ = now;
    try {
      return decode_message(letter->bytes);
    } catch (const BadBytes& bad) {
      garbled_ = std::string("rank 0 sent what is no message: ") + bad.what();
      lost_ = true;
      return {};
    }
  }

  void ask() {
    const std::lock_guard lock(mutex_);
    if (asked_) return;
    asked_ = true;
    send_report(true);
  }
  void report(bool asks) {
    const std::lock_guard lock(mutex_);
    asks = asks && !asked_;
    if (asks) asked_ = true;
    send_report(asks);
  }
  void send_report(bool asks) {
    // Rank 0 decides how many, within this.
    constexpr uint64_t most_a_slot = 64;
    unreported_.wanted = asks ? most_a_slot * slots_ : 0;
    unreported_.idle = blocks_.idle();
    unreported_.asked_to_stop = stop_ != nullptr && *stop_;
    say(std::exchange(unreported_, {}));
  }

  void talk() {
    auto next_heartbeat = Clock::now() + patience_.heartbeat;
    bool stop_told = false;
    while (!finished_) {
      const auto message = hear(20ms);
      if (message) take(*message);
      const auto now = Clock::now();
      if (now - heard_ > patience_.silence) lost_ = true;
      if (lost_ || asked_to_stop()) blocks_.close();
      const bool tell_stop = !stop_told && stop_ != nullptr && *stop_;
      if (now < next_heartbeat && !tell_stop) continue;
      stop_told = stop_told || tell_stop;
      next_heartbeat = now + patience_.heartbeat;
      // What was asked for and has not come is asked for again: rank 0 may have taken this rank for lost.
      const std::lock_guard lock(mutex_);
      send_report(asked_);
    }
  }

  void take(const Message& message) {
    if (const auto* handed = std::get_if<Blocks>(&message)) {
      {
        const std::lock_guard lock(mutex_);
        asked_ = false;
      }
      blocks_.add(handed->blocks);
      if (blocks_.is_low()) ask();
    } else if (std::holds_alternative<End>(message) || std::holds_alternative<Leave>(message)) {
      told_to_leave_ = told_to_leave_ || std::holds_alternative<Leave>(message);
      over_ = true;
    }
  }

  Mailbox& mailbox_;
  const Patience patience_;
  const std::atomic<bool>* stop_;
  const size_t slots_;
  HandedBlocks blocks_;
  std::mutex mutex_;
  Report unreported_;
  bool asked_ = false;
  std::atomic<bool> finished_ = false, over_ = false, lost_ = false, told_to_leave_ = false;
  Clock::time_point heard_, looked_;
  std::string garbled_;  // what made rank 0 as good as lost, "" where it is its silence
};

// Names appear late on some network file systems.
bool comes_into_sight(const std::string& path) {
  for (int tries = 0; tries < 50; ++tries) {
    if (::access(path.c_str(), F_OK) == 0) return true;
    std::this_thread::sleep_for(200ms);
  }
  return false;
}

}  // namespace

void work(Mailbox& mailbox, const Study& study, const Partition& partition, const Backend& backend,
          const WorkerOptions& options) {
  const Identity identity = identify(study, partition);
  Worker worker(mailbox, options.patience, options.stop, backend.slots());
  worker.say(Hello{host_name(), backend.slots(), encode(identity)});
  const std::string rank_0 = worker.wait_for_begin();
  if (rank_0.empty()) return;
  std::exception_ptr failure;
  Bye bye;
  try {
    worker.talk_while([&] {
      if (!comes_into_sight(rank_0))
        throw InputError("the journal of rank 0 is not to be seen (" + rank_0 +
                         " is not there on this machine) give an output path on a file system that "
                         "all machines of the run share");
      JournalWriter writer(journal_folder(options.output), identity);
      compute(
          study, partition, backend, writer, worker.blocks(),
          [&] { return worker.asked_to_stop(); },
          [&](std::span<const Entry> entries) { worker.committed(entries); });
    });
  } catch (const Interrupted& error) {
    if (worker.rank_0_lost()) throw;
    // Its devices are lost: that stops this rank alone.
    bye = {false, error.what()};
    failure = std::make_exception_ptr(SystemError(error.what()));
  } catch (const InputError& error) {
    bye = {true, error.what()};
    failure = std::current_exception();
  } catch (const std::exception& error) {
    bye = {false, error.what()};
    failure = std::current_exception();
  }
  worker.say(bye);
  if (!worker.told_to_leave()) worker.wait_for_leave();
  if (failure) std::rethrow_exception(failure);
}

void decline(Mailbox& mailbox, bool bad_input, const std::string& why, const Patience& patience) {
  Worker worker(mailbox, patience, nullptr, 1);
  worker.say(CannotStart{bad_input, why});
  // Rank 0 may still be reading.
  if (!worker.wait_for_begin().empty()) worker.wait_for_leave();
}

}  // namespace chasm
