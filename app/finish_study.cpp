#include "app/finish_study.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "app/build_info.hpp"
#include "app/exit_code.hpp"
#include "app/progress.hpp"
#include "app/signals.hpp"
#include "app/text.hpp"
#include "hpc/journal.hpp"
#include "hpc/run.hpp"
#include "hpc/this_code.hpp"
#include "sim/error.hpp"

namespace chasm {

FinishReport finish_study(const Study& study, const Partition& parts, const std::string& output,
                          bool replace, bool show_progress, RunLogEntry& log) {
  const auto start = std::chrono::steady_clock::now();
  JournalSource source(study, parts, output);
  ProgressLine line(show_progress, "blocks written");
  FinishOptions options;
  options.code = this_code();
  options.replace = replace;
  options.progress = [&](uint64_t blocks) {
    line.show({.done = blocks, .total = parts.blocks()});
    return !stop_requested();
  };
  const FinishReport report = finish(study, parts, source, output, options);
  line.clear();
  // The result is on disk: from here on nothing may make the run look failed.
  try {
    remove_journals(journal_folder(output), identify(study, parts));
  } catch (const std::exception& error) {
    fmt::print(stderr, "chasm: warning: {}\n", error.what());
  }
  log.seconds_finishing =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  log.content_digest = report.content_digest;
  log.failed_worlds = report.failed;
  return report;
}

RunLogEntry log_entry(const std::string& command) {
  RunLogEntry entry;
  entry.command = command;
  entry.started = utc_now();
  entry.host = host_name();
  entry.compiler = compiler();
  entry.build_options = build_options();
  entry.code = this_code();
  return entry;
}

void keep_log(const std::string& output, const RunLogEntry& entry) {
  try {
    append_run_log(output, entry);
  } catch (const std::exception& error) {
    fmt::print(stderr, "chasm: warning: {}\n", error.what());
  }
}

void keep_failed(const std::string& output, RunLogEntry entry, const std::exception& error) {
  const bool stopped = dynamic_cast<const Interrupted*>(&error) != nullptr;
  entry.outcome = stopped ? "interrupted" : error.what();
  keep_log(output, entry);
}

int exit_for_failed(const Study& study, uint64_t failed, uint64_t worlds,
                    const std::string& output) {
  if (static_cast<double>(failed) <= study.failed_share * static_cast<double>(worlds))
    return exit_done;
  fmt::print(
      stderr,
      "chasm: {} of {} failed ({}, and the study allows {}) see which and why with chasm info {}\n",
      grouped(failed), count_of(worlds, "world"),
      percent(static_cast<double>(failed) / static_cast<double>(worlds)),
      percent(study.failed_share), shell_word(output));
  return exit_failed;
}

}  // namespace chasm
