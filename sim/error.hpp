#pragma once

// Errors say: <problem> (<why>) <what to do>. One place (app/main.cpp) turns them into exit codes.

#include <stdexcept>
#include <string>

namespace chasm {

// What a user gave cannot be used: exit code 2, nothing written.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The machine failed us (disk, memory, a library): exit code 1.
class SystemError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Asked to stop; what is committed is kept and a later run goes on from there: exit code 75.
class Interrupted : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace chasm
