// mpirun -np N handout_speed [BLOCKS] [SLOTS]: how fast rank 0 hands out blocks that cost nothing, through the very schedule,
// manager, messages and MPI of a run. Each other rank stands for 256
// workers that commit their hand-outs at once and ask again. SLOTS = 0 takes one block a hand-out.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "hpc/manager.hpp"
#include "hpc/mpi/mpi_mailbox.hpp"
#include "tests/hpc/toy_study.hpp"

using namespace chasm;
using namespace std::chrono_literals;

namespace {

void work(Mailbox& mailbox, const Identity& identity, uint64_t slots) {
  const auto say = [&](const Message& message) { mailbox.send(0, encode(message)); };
  say(Hello{"here", std::max<uint64_t>(slots, 1), encode(identity)});
  Report report;
  report.wanted = slots == 0 ? 1 : 64 * slots;
  for (;;) {
    const auto letter = mailbox.receive(100ms);
    if (!letter) continue;
    const Message message = decode_message(letter->bytes);
    if (std::holds_alternative<Begin>(message))
      for (int i = 0; i < 256; ++i) say(report);
    if (std::holds_alternative<End>(message)) say(Bye{});
    if (std::holds_alternative<Leave>(message)) return;
    if (const auto* blocks = std::get_if<Blocks>(&message)) {
      report.committed = blocks->blocks;
      report.failed.assign(report.committed.size(), 0);
      say(report);
    }
  }
}

}  // namespace

int main(int count, char** words) {
  const uint64_t blocks = count > 1 ? std::strtoull(words[1], nullptr, 10) : 200'000;
  const uint64_t slots = count > 2 ? std::strtoull(words[2], nullptr, 10) : 0;
  const Study study = toy::study({.futures = blocks});
  const Partition parts{.pairs = blocks, .pairs_per_block = 1, .arms = 1};
  const Identity identity = identify(study, parts);
  const auto mailbox = make_mpi_mailbox([] { return 0; });
  if (mailbox->rank() != 0) {
    work(*mailbox, identity, slots);
    return 0;
  }
  std::vector<uint64_t> all(blocks);
  for (uint64_t i = 0; i < blocks; ++i) all[i] = i;
  SharedSchedule schedule(parts, all, 1, false);
  Manager manager(*mailbox);
  manager.gather(identity, {});
  const auto began = std::chrono::steady_clock::now();
  manager.begin({.schedule = &schedule,
                 .journal = "none",
                 .host = "here",
                 .committed = {},
                 .warn = {},
                 .asked_to_stop = {}});
  while (!schedule.over()) std::this_thread::sleep_for(1ms);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  manager.end();
  std::printf("%d workers, %llu blocks, %s: %.2f s, %.0f blocks/s\n", mailbox->size() - 1,
              static_cast<unsigned long long>(blocks),
              slots == 0 ? "one a hand-out" : (std::to_string(slots) + " slots").c_str(), seconds,
              static_cast<double>(blocks) / seconds);
  return 0;
}
