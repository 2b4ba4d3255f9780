#pragma once

// What is wrong with the input, collected, so that one run names every problem.

#include <string>
#include <string_view>
#include <vector>

#include "sim/error.hpp"
#include "sim/input/value.hpp"

namespace chasm::input {

// Thrown to leave the reading of one value, one section or one file; `place: key: text`.
class Problem : public InputError {
 public:
  Problem(const Place& place, std::string_view key, std::string_view text);
};

class Problems {
 public:
  void add(const Place& place, std::string_view key, std::string_view text);
  void add(const Problem& problem);
  bool none() const { return count_ == 0; }
  // More would not be shown, and need not be looked for.
  bool full() const;
  // InputError with one line a problem, the first 20 of them; does nothing where there are none.
  void throw_if_any() const;

  // Runs `read`, unless full; a Problem that it throws is added.
  template <class Read>
  void collect(Read&& read) {
    if (full()) return;
    try {
      read();
    } catch (const Problem& problem) {
      add(problem);
    }
  }

 private:
  std::vector<std::string> lines_;
  size_t count_ = 0;
};

// Text of unknown origin for a message: one line, no control characters, at most 80 bytes.
std::string shown(std::string_view text);

}  // namespace chasm::input
