#pragma once

// What the manager (rank 0) and workers (the others) tell one another. Rank 0 is given a report often enough to know
// that a rank lives, and says so often enough itself.

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace chasm {

// To rank 0.
struct Hello {
  std::string host;
  uint64_t slots = 1;                   // Backend::slots
  std::vector<unsigned char> identity;  // encode(Identity)
};
// Instead of a hello: the study could not be read there, no memory...
struct CannotStart {
  bool bad_input = false;
  std::string text;
};
struct Report {
  std::vector<uint64_t> committed;  // since the last report
  std::vector<uint64_t> failed;     // worlds, of each of them
  uint64_t wanted = 0;              // blocks it could take
  double idle = 0;                  // slot-seconds waited for blocks since the start
  bool asked_to_stop = false;       // by a signal
};
// Its journal is closed.
struct Bye {
  bool bad_input = false;
  std::string problem;  // "" where none
};

// From rank 0.
struct Begin {
  std::string journal;  // a file beside which journals go: every rank must see it
};
struct Blocks {
  std::vector<uint64_t> blocks;
};
// No more blocks: what is in flight is dropped.
struct End {};
struct Alive {};
// The result is written, or nothing is left to do: leave.
struct Leave {};

using Message = std::variant<Hello, CannotStart, Report, Bye, Begin, Blocks, End, Alive, Leave>;

std::vector<unsigned char> encode(const Message&);
// Throws BadBytes (hpc/bytes.hpp).
Message decode_message(std::span<const unsigned char>);

}  // namespace chasm
