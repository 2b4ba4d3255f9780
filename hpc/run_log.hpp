#pragma once

// results.log.json beside results.h5: what may differ between equal runs, and so is not in the result.

#include <cstdint>
#include <string>
#include <vector>

#include "hpc/code_identity.hpp"

namespace chasm {

struct RunLogEntry {
  std::string command;  // "run", "finish"
  std::string started;  // UTC, "2026-01-05T08:00:00Z"
  std::string outcome;  // "done", "interrupted", or the error's message
  std::string host;
  std::string compiler;
  std::string build_options;
  std::string backend;  // "cpu avx512 x 16"
  CodeIdentity code;
  int threads = 0;  // of all ranks
  uint64_t ranks = 1;
  uint64_t machines = 1;
  uint64_t lost_ranks = 0;
  uint64_t block_copies = 0;  // handed out a second time, because they were overdue
  double seconds_running = 0;
  double seconds_finishing = 0;
  uint64_t blocks = 0;          // computed now
  uint64_t blocks_resumed = 0;  // found in the journal
  uint64_t worlds = 0;          // computed now
  uint64_t failed_worlds = 0;
  std::string content_digest;  // "" where no result was written
};

// "study.h5" -> "study.log.json"; any other name gets ".log.json" appended.
std::string run_log_path(const std::string& result_path);

// Adds an entry to the log beside the result, oldest first, by writing a new file and renaming it.
// A log that cannot be read any more is replaced. Throws SystemError where it cannot be written.
void append_run_log(const std::string& result_path, const RunLogEntry&);

// The present moment as `started` wants it.
std::string utc_now();

// The name of this machine.
std::string host_name();

}  // namespace chasm
