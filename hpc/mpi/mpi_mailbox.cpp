#include "hpc/mpi/mpi_mailbox.hpp"

#include <mpi.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

namespace chasm {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int tag = 0;
// Between looks at MPI while nothing comes: blocks are handed out ahead, so nobody waits for this. A look every millisecond
// takes 2 % of a core.
constexpr auto shortest_sleep = 20us;
constexpr auto longest_sleep = 5000us;
constexpr auto most_flush = 5s;
constexpr auto most_finalize = 25s;

struct Sending {
  int to = 0;
  std::vector<unsigned char> bytes;
  MPI_Request request = MPI_REQUEST_NULL;
};

class MpiMailbox : public Mailbox {
 public:
  explicit MpiMailbox(std::function<int()> exit_code) : exit_code_(std::move(exit_code)) {
    std::promise<void> started;
    auto is_started = started.get_future();
    thread_ = std::thread([this, &started] { live(started); });
    is_started.wait();
  }
  ~MpiMailbox() override {
    closing_ = true;
    to_send_.notify_one();
    // A rank that is gone may keep MPI_Finalize for ever; results are on disk by now.
    if (finalized_.wait_for(most_flush + most_finalize) != std::future_status::ready)
      ::_exit(exit_code_());
    thread_.join();
  }

  int rank() const override { return rank_; }
  int size() const override { return size_; }

  void send(int to, std::vector<unsigned char> bytes) override {
    const std::lock_guard lock(mutex_);
    outgoing_.push_back({to, std::move(bytes)});
    to_send_.notify_one();
  }
  std::optional<Letter> receive(std::chrono::milliseconds patience) override {
    std::unique_lock lock(mutex_);
    if (!arrived_.wait_for(lock, patience, [&] { return !incoming_.empty(); })) return {};
    Letter letter = std::move(incoming_.front());
    incoming_.pop_front();
    return letter;
  }
  void give_up() override { given_up_ = true; }

 private:
  void live(std::promise<void>& started) {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
    started.set_value();

    auto sleep = std::chrono::microseconds(shortest_sleep);
    while (!closing_) {
      if (look()) {
        sleep = shortest_sleep;
      } else {
        std::unique_lock lock(mutex_);
        to_send_.wait_for(lock, sleep, [&] { return closing_ || !outgoing_.empty(); });
        sleep = std::min<std::chrono::microseconds>(2 * sleep, longest_sleep);
      }
    }
    for (const auto end = Clock::now() + most_flush; anything_to_send() && Clock::now() < end;)
      if (!look()) std::this_thread::sleep_for(shortest_sleep);
    if (given_up_ || anything_to_send()) MPI_Abort(MPI_COMM_WORLD, exit_code_());
    MPI_Finalize();
    is_finalized_.set_value();
  }

  // True where anything moved.
  bool look() {
    const bool sent = send_some(), got = receive_some();
    return sent || got;
  }

  bool send_some() {
    std::deque<Sending> fresh;
    {
      const std::lock_guard lock(mutex_);
      fresh.swap(outgoing_);
      in_flight_ += fresh.size();
    }
    const bool any = !fresh.empty();
    for (Sending& letter : fresh) {
      Sending& kept = sending_.emplace_back(std::move(letter));
      if (MPI_Isend(kept.bytes.data(), static_cast<int>(kept.bytes.size()), MPI_BYTE, kept.to, tag,
                    MPI_COMM_WORLD, &kept.request) != MPI_SUCCESS)
        kept.request = MPI_REQUEST_NULL;  // as good as lost: the rank is gone
    }
    const size_t before = sending_.size();
    std::erase_if(sending_, [](Sending& letter) {
      int done = 1;
      return MPI_Test(&letter.request, &done, MPI_STATUS_IGNORE) != MPI_SUCCESS || done != 0;
    });
    in_flight_ -= before - sending_.size();
    return any || before != sending_.size();
  }

  bool receive_some() {
    bool any = false;
    for (int i = 0; i < 64; ++i) {
      int there = 0;
      MPI_Message message = MPI_MESSAGE_NULL;
      MPI_Status status;
      if (MPI_Improbe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &there, &message, &status) !=
              MPI_SUCCESS ||
          there == 0)
        break;
      int size = 0;
      MPI_Get_count(&status, MPI_BYTE, &size);
      Letter letter{status.MPI_SOURCE, std::vector<unsigned char>(static_cast<size_t>(size))};
      if (MPI_Mrecv(letter.bytes.data(), size, MPI_BYTE, &message, MPI_STATUS_IGNORE) !=
          MPI_SUCCESS)
        continue;
      any = true;
      const std::lock_guard lock(mutex_);
      incoming_.push_back(std::move(letter));
      arrived_.notify_one();
    }
    return any;
  }

  bool anything_to_send() {
    const std::lock_guard lock(mutex_);
    return !outgoing_.empty() || in_flight_ > 0;
  }

  const std::function<int()> exit_code_;
  int rank_ = 0, size_ = 1;
  std::mutex mutex_;
  std::condition_variable arrived_, to_send_;
  std::deque<Letter> incoming_;
  std::deque<Sending> outgoing_;
  size_t in_flight_ = 0;
  std::deque<Sending>
      sending_;  // of the thread alone; a deque, so that buffers stay where they are
  std::atomic<bool> closing_ = false, given_up_ = false;
  std::promise<void> is_finalized_;
  std::future<void> finalized_ = is_finalized_.get_future();
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Mailbox> make_mpi_mailbox(std::function<int()> exit_code) {
  return std::make_unique<MpiMailbox>(std::move(exit_code));
}

const char* mpi_library() {
  static char text[MPI_MAX_LIBRARY_VERSION_STRING] = "";
  int length = 0;
  if (text[0] == 0) MPI_Get_library_version(text, &length);
  return text;
}

}  // namespace chasm
