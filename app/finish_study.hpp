#pragma once

// What `chasm run` does at its end and `chasm finish` does alone: journals -> result file, then the journals go.

#include <exception>
#include <string>

#include "hpc/finish.hpp"
#include "hpc/run_log.hpp"
#include "sim/study.hpp"

namespace chasm {

// Fills the log entry's digest, failed worlds and seconds.
FinishReport finish_study(const Study&, const Partition&, const std::string& output, bool replace,
                          bool show_progress, RunLogEntry&);

// The entry's parts that every command shares.
RunLogEntry log_entry(const std::string& command);

// Writes the entry beside the result; a log that cannot be written is a warning, for the result does not need it.
void keep_log(const std::string& output, const RunLogEntry&);

// The same for a run that ends with this error.
void keep_failed(const std::string& output, RunLogEntry, const std::exception&);

// exit_failed, with a message, where more worlds failed than the study allows; else exit_done.
int exit_for_failed(const Study&, uint64_t failed, uint64_t worlds, const std::string& output);

}  // namespace chasm
