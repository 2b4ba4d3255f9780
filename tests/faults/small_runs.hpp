#pragma once

// small_run as the fault tests use it, and what may be on disk at any moment.

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/faults/child.hpp"
#include "tests/hpc/scratch_folder.hpp"

namespace chasm {

struct SmallRun {
  uint64_t futures = 12;  // blocks too
  int threads = 1;
  int pause = 0;  // microseconds a block takes

  std::vector<std::string> command(const std::string& output) const;
  // What an undisturbed run leaves at its output.
  std::string reference() const;
};

// Blocks that a line of small_run's says are committed; 0 in any other line.
uint64_t said_committed(const std::string& line);
// The most that any line of it says.
uint64_t last_said_committed(const std::string& out);

// Where hundreds of runs need not wait for a disk.
std::filesystem::path in_memory();

// All bytes of a file; none where there is none.
std::optional<std::string> contents(const std::string& path);

// Whole blocks in the journals beside an output; throws where a journal cannot be read.
uint64_t committed(const std::string& output);

// "" where the output folder is as it may be at any moment: a result that is whole or none, and journals that read.
std::string problem_on_disk(const std::string& output, const std::string& reference);

// Runs to the end without disturbance; "" where the result is there then, byte by byte, and nothing beside it.
std::string problem_when_resumed(const SmallRun&, const std::string& output,
                                 const std::string& reference);

}  // namespace chasm
