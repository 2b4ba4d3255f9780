// handout_simulation [SERVICE_MICROSECONDS [LATENCY_MICROSECONDS [SECONDS]]]: efficiency of 10^2 to 10^5 workers against the seconds that a
// block takes, by discrete-event simulation of rank 0 (one server, first come first served) and of workers that ask for
// more when their last block begins. The schedule is the one that runs. Block times are lognormal (sigma 0.25), workers
// differ in speed by a tenth, every worker has SECONDS of work.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <queue>
#include <random>
#include <vector>

#include "hpc/schedule.hpp"

using namespace chasm;

namespace {

struct Worker {
  double speed = 1;
  double free_at = 0;           // when what it has been given is computed
  std::vector<uint64_t> given;  // to be reported with the next request
};

struct Event {
  double at;
  int worker;
  bool operator<(const Event& other) const { return at > other.at; }
};

double efficiency(int workers, double block, double service, double latency, double work_each) {
  const auto blocks = static_cast<uint64_t>(std::max(1.0, std::round(workers * work_each / block)));
  std::vector<uint64_t> all(blocks);
  std::iota(all.begin(), all.end(), 0);
  Schedule schedule({.pairs = blocks, .pairs_per_block = 1, .arms = 1}, std::move(all));
  std::mt19937_64 random(1);
  std::lognormal_distribution<double> spread(-0.03125, 0.25);
  std::vector<Worker> team(static_cast<size_t>(workers));
  std::priority_queue<Event> events;
  for (int i = 0; i < workers; ++i) {
    team[static_cast<size_t>(i)].speed = 0.95 + 0.1 * static_cast<double>(random() % 1000) / 1000;
    schedule.join(i, 1, 0);
    events.push({latency, i});
  }
  double server_free = 0, end = 0, busy = 0;
  while (!events.empty()) {
    const Event event = events.top();
    events.pop();
    Worker& worker = team[static_cast<size_t>(event.worker)];
    server_free = std::max(server_free, event.at) + service;
    for (const uint64_t done : worker.given) schedule.committed(event.worker, done, server_free);
    worker.given = schedule.hand_out(event.worker, 64, server_free);
    if (worker.given.empty()) continue;
    double start = std::max(worker.free_at, server_free + latency), last = start;
    for (size_t i = 0; i < worker.given.size(); ++i) {
      last = start;
      const double time = block * spread(random) / worker.speed;
      start += time;
      busy += time;
    }
    worker.free_at = start;
    end = std::max(end, start);
    // It asks again when the last of these begins.
    events.push({last + latency, event.worker});
  }
  return busy / (workers * end);
}

}  // namespace

int main(int count, char** words) {
  const double service = (count > 1 ? std::atof(words[1]) : 5) * 1e-6;
  const double latency = (count > 2 ? std::atof(words[2]) : 1000) * 1e-6;
  const double work_each = count > 3 ? std::atof(words[3]) : 600;
  const double sizes[] = {0.01, 0.05, 0.25, 1, 2, 4, 8, 16, 30};
  std::printf(
      "a hand-out takes rank 0 %.0f us, a message %.0f us; %.0f s of work a worker\n\n| workers |",
      service * 1e6, latency * 1e6, work_each);
  for (const double size : sizes) std::printf(" %.2g s |", size);
  std::printf("\n| ---: |");
  for (size_t i = 0; i < std::size(sizes); ++i) std::printf(" ---: |");
  for (const int workers : {100, 1'000, 10'000, 100'000}) {
    std::printf("\n| %d |", workers);
    for (const double size : sizes) {
      // More than this many blocks take the simulation, not rank 0, too long.
      if (workers * work_each / size > 3e7) {
        std::printf(" |");
        continue;
      }
      std::printf(" %.1f %% |", 100 * efficiency(workers, size, service, latency, work_each));
      std::fflush(stdout);
    }
  }
  std::printf("\n");
  return 0;
}
