#pragma once

// Messages between the ranks of a run. What carries them (MPI; threads in tests) stands behind it.

#include <chrono>
#include <optional>
#include <vector>

namespace chasm {

struct Letter {
  int from = 0;
  std::vector<unsigned char> bytes;
};

class Mailbox {
 public:
  virtual ~Mailbox() = default;
  virtual int rank() const = 0;  // 0..size-1
  virtual int size() const = 0;
  // From any thread; never waits for the receiver. Letters from one rank to another keep their order. A letter to a rank
  // that is gone is lost, and nobody says so.
  virtual void send(int to, std::vector<unsigned char>) = 0;
  // The next letter; waits for one at most so long. For one thread at a time.
  virtual std::optional<Letter> receive(std::chrono::milliseconds patience) = 0;
  // Some rank will never answer again: at the end all ranks are ended, and nobody waits for anybody. None may be on its
  // way out by itself by then: mpirun 4.1.4 with PMIx 4.2.2 stands still, or falls, where one rank aborts while another
  // is in MPI_Finalize (in 33 of 120 trials; in none of 65 where the others wait).
  virtual void give_up() = 0;
};

}  // namespace chasm
