#include "hpc/manager.hpp"

#include <algorithm>
#include <utility>

#include "hpc/bytes.hpp"
#include "sim/error.hpp"

namespace chasm {

using namespace std::chrono_literals;
using Stage = RankState::Stage;

namespace {

constexpr auto look_again = 250ms;  // for ranks that wait for blocks

double seconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

Manager::Manager(Mailbox& mailbox, Patience patience)
    : mailbox_(mailbox), patience_(patience), others_(static_cast<size_t>(mailbox.size())) {}

Manager::~Manager() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  if (thread_.joinable()) thread_.join();
  const bool all_there = std::none_of(others_.begin() + 1, others_.end(), [&](const Other& other) {
    const Stage stage = other.state.stage;
    return stage == Stage::lost || stage == Stage::working || (begun_ && stage == Stage::absent);
  });
  if (!all_there) {
    // Nobody is told to leave: see give_up.
    mailbox_.give_up();
    return;
  }
  for (int rank = 1; rank < mailbox_.size(); ++rank) mailbox_.send(rank, encode(Leave{}));
}

std::string Manager::name(int rank) const {
  const std::string& host = others_[static_cast<size_t>(rank)].state.host;
  return "rank " + std::to_string(rank) + (host.empty() ? "" : " on " + host);
}

void Manager::warn(const std::string& text) const {
  if (work_.warn) work_.warn(text);
}

void Manager::gather(const Identity& ours, const std::function<void(const std::string&)>& warn) {
  std::unique_lock lock(mutex_);
  ours_ = ours;
  work_.warn = warn;
  const auto until = Clock::now() + patience_.start;
  const auto there = [&] {
    return std::none_of(others_.begin() + 1, others_.end(),
                        [](const Other& other) { return other.state.stage == Stage::absent; });
  };
  while (!there() && refusal_.empty() && Clock::now() < until) {
    const auto letter = mailbox_.receive(100ms);
    if (letter) handle(*letter);
    tick(Clock::now());
  }
  if (!refusal_.empty()) {
    if (refusal_is_input_) throw InputError(refusal_);
    throw SystemError(refusal_);
  }
  for (int rank = 1; rank < mailbox_.size(); ++rank) {
    if (others_[static_cast<size_t>(rank)].state.stage == Stage::absent)
      this->warn(name(rank) + " has not said anything in " +
                 std::to_string(patience_.start.count() / 1000) +
                 " s (its machine or its network) the run begins without it");
  }
  lock.unlock();
  thread_ = std::thread([this] { serve(); });
}

void Manager::begin(const Work& work) {
  const std::lock_guard lock(mutex_);
  work_ = work;
  begun_ = true;
  began_ = Clock::now();
  for (int rank = 1; rank < mailbox_.size(); ++rank) {
    Other& other = others_[static_cast<size_t>(rank)];
    if (other.state.stage == Stage::ready) start(rank, other);
  }
}

void Manager::start(int rank, Other& other) {
  other.state.stage = Stage::working;
  other.joined = Clock::now();
  other.heard = other.joined;
  work_.schedule->join(rank, other.state.slots);
  mailbox_.send(rank, encode(Begin{work_.journal}));
  if (ending_) mailbox_.send(rank, encode(End{}));
}

void Manager::end() {
  std::unique_lock lock(mutex_);
  ending_ = true;
  ended_ = Clock::now();
  const auto working = [&](const Other& other) { return other.state.stage == Stage::working; };
  for (int rank = 1; rank < mailbox_.size(); ++rank) {
    const Stage stage = others_[static_cast<size_t>(rank)].state.stage;
    if (stage == Stage::working || stage == Stage::lost) mailbox_.send(rank, encode(End{}));
  }
  changed_.wait_for(lock, patience_.farewell,
                    [&] { return std::none_of(others_.begin() + 1, others_.end(), working); });
  for (int rank = 1; rank < mailbox_.size(); ++rank) {
    Other& other = others_[static_cast<size_t>(rank)];
    if (working(other)) lose(rank, other, "it has not closed its journal in time");
  }
  // Ranks that were lost may be heard again for as long as the result is written.
  at_end_ = states();
  closed_ = true;
  work_ = {};
  if (!refusal_.empty()) throw InputError(refusal_);
}

std::vector<RankState> Manager::ranks() const {
  const std::lock_guard lock(mutex_);
  return closed_ ? at_end_ : states();
}

void Manager::weigh() {
  uint32_t working = 0;
  double sum = 0, least = 1;
  for (const RankState& rank : states()) {
    if (rank.stage != Stage::working) continue;
    ++working;
    sum += rank.busy;
    least = std::min(least, rank.busy);
  }
  const auto percent = [](double share) { return static_cast<uint16_t>(100 * share + 0.5); };
  balance_ = Balance{working, percent(sum / working), percent(least)};
}

std::vector<RankState> Manager::states() const {
  std::vector<RankState> states;
  const auto end = ending_ ? ended_ : Clock::now();
  for (const Other& other : others_) {
    RankState state = other.state;
    const double time = seconds(end - other.joined) * static_cast<double>(state.slots);
    state.busy = time > 0 ? std::clamp(1 - other.idle / time, 0.0, 1.0) : 0;
    states.push_back(std::move(state));
  }
  RankState& own = states[0];
  own.stage = Stage::working;
  own.host = work_.host;
  own.slots = work_.slots;
  if (work_.schedule != nullptr) {
    const double time = seconds(end - began_) * static_cast<double>(own.slots);
    own.busy = time > 0 ? std::clamp(1 - work_.schedule->own_idle() / time, 0.0, 1.0) : 0;
  }
  return states;
}

void Manager::serve() {
  for (;;) {
    const auto letter = mailbox_.receive(50ms);
    const std::lock_guard lock(mutex_);
    if (over_) return;
    if (letter) handle(*letter);
    tick(Clock::now());
  }
}

void Manager::tick(Clock::time_point now) {
  if (now >= next_heartbeat_) {
    next_heartbeat_ = now + patience_.heartbeat;
    for (int rank = 1; rank < mailbox_.size(); ++rank) {
      Other& other = others_[static_cast<size_t>(rank)];
      if (other.state.stage != Stage::lost) mailbox_.send(rank, encode(Alive{}));
      if (other.state.stage == Stage::working && now - other.heard > patience_.silence)
        lose(rank, other,
             "nothing was heard of it for " + std::to_string(patience_.silence.count() / 1000) +
                 " s");
    }
  }
  if (!begun_ || ending_) return;
  if (now >= next_weighing_) {
    next_weighing_ = now + patience_.heartbeat;
    weigh();
  }
  if (asked_to_stop_ || (work_.asked_to_stop && work_.asked_to_stop())) work_.schedule->close();
  if (now >= next_feed_) feed_all();
}

void Manager::handle(const Letter& letter) {
  if (letter.from < 1 || letter.from >= mailbox_.size()) return;
  Other& other = others_[static_cast<size_t>(letter.from)];
  other.heard = Clock::now();
  try {
    const Message message = decode_message(letter.bytes);
    std::visit([&](const auto& each) { handle(letter.from, other, each); }, message);
  } catch (const BadBytes& bad) {
    if (!begun_ && refusal_.empty())
      refusal_ = name(letter.from) + " runs another version of chasm than rank 0 (" + bad.what() +
                 ") give all ranks the same program";
    lose(letter.from, other, std::string("it sent what is no message: ") + bad.what());
  }
  changed_.notify_all();
}

void Manager::handle(int rank, Other& other, const Hello& hello) {
  other.state.host = hello.host;
  other.state.slots = std::max<uint64_t>(hello.slots, 1);
  other.state.stage = Stage::ready;
  const std::string differs = difference(decode_identity(hello.identity), ours_);
  if (differs.empty()) {
    if (has_work()) start(rank, other);
    return;
  }
  other.state.stage = Stage::gone;
  const std::string problem = name(rank) + " has another study or build than rank 0 (" + differs +
                              ") give all ranks the same files, options and program";
  if (begun_) {
    warn(problem);
  } else if (refusal_.empty()) {
    refusal_ = problem;
  }
}

void Manager::handle(int rank, Other& other, const CannotStart& problem) {
  other.state.stage = Stage::gone;
  const std::string text = name(rank) + ": " + problem.text;
  if (begun_) {
    warn(text);
  } else if (refusal_.empty()) {
    refusal_ = text;
    refusal_is_input_ = problem.bad_input;
  }
}

void Manager::handle(int rank, Other& other, const Report& report) {
  if (!has_work()) return;
  if (other.state.stage == Stage::lost) {
    warn(name(rank) + " is heard again (it was taken for lost) it goes on");
    other.state.stage = Stage::working;
    work_.schedule->join(rank, other.state.slots);
  }
  for (size_t i = 0; i < report.committed.size(); ++i) {
    ++other.state.blocks;
    if (work_.schedule->committed(rank, report.committed[i]) && work_.committed)
      work_.committed(report.committed[i], report.failed[i]);
  }
  other.idle = report.idle;
  other.wanted = report.wanted;
  if (report.asked_to_stop) asked_to_stop_ = true;
  feed(rank, other);
}

void Manager::handle(int rank, Other& other, const Bye& bye) {
  if (other.state.stage == Stage::gone) return;
  other.state.stage = Stage::gone;
  other.wanted = 0;
  if (has_work()) work_.schedule->lost(rank);
  if (bye.problem.empty()) return;
  if (bye.bad_input) {
    if (refusal_.empty()) refusal_ = name(rank) + ": " + bye.problem;
    if (has_work()) work_.schedule->close();
  } else {
    warn(name(rank) + " has stopped (" + bye.problem + ") the others go on with its blocks");
    feed_all();
  }
}

void Manager::feed(int rank, Other& other) {
  if (other.wanted == 0 || ending_ || other.state.stage != Stage::working) return;
  Blocks given{work_.schedule->hand_out(rank, other.wanted)};
  if (given.blocks.empty()) return;
  other.wanted = 0;
  mailbox_.send(rank, encode(given));
}

void Manager::feed_all() {
  next_feed_ = Clock::now() + look_again;
  for (int rank = 1; rank < mailbox_.size(); ++rank) feed(rank, others_[static_cast<size_t>(rank)]);
}

void Manager::lose(int rank, Other& other, const std::string& why) {
  if (other.state.stage == Stage::lost) return;
  const bool worked = other.state.stage == Stage::working;
  other.state.stage = Stage::lost;
  other.wanted = 0;
  if (!worked || !has_work()) return;
  work_.schedule->lost(rank);
  warn(name(rank) + " is taken for lost (" + why + ") others compute its blocks");
  if (!ending_) feed_all();
  changed_.notify_all();
}

}  // namespace chasm
