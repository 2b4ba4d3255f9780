// chasm run: a study file in, a result file out. What a stopped run committed is not run again.

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <set>

#include "app/backend_choice.hpp"
#include "app/command_line.hpp"
#include "app/disk.hpp"
#include "app/exit_code.hpp"
#include "app/finish_study.hpp"
#include "app/join_ranks.hpp"
#include "app/lanes_option.hpp"
#include "app/option_checks.hpp"
#include "app/progress.hpp"
#include "app/read_options.hpp"
#include "app/signals.hpp"
#include "app/text.hpp"
#include "hpc/examine_result.hpp"
#include "hpc/output_path.hpp"
#include "hpc/run.hpp"
#include "hpc/worker.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

struct RunArguments {
  std::string study;
  std::string output;
  std::vector<std::string> sets;
  std::string shard;
  uint64_t block = 0;
  bool force = false;
  bool quiet = false;
  LanesOptions lanes;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string in_words(const Manager::Balance& balance) {
  return fmt::format("{} {} % busy (the least {} %)", count_of(balance.ranks, "rank"), balance.mean,
                     balance.least);
}

void keep_ranks(const RunReport& report, RunLogEntry& log) {
  if (report.ranks.empty()) return;
  std::set<std::string> machines;
  log.threads = 0;
  for (const RankState& rank : report.ranks) {
    if (!rank.host.empty()) machines.insert(rank.host);
    log.threads += static_cast<int>(rank.slots);
    log.lost_ranks +=
        rank.stage == RankState::Stage::lost || rank.stage == RankState::Stage::absent;
  }
  log.ranks = report.ranks.size();
  log.machines = machines.size();
  log.block_copies = report.copies;
}

RunReport run_blocks(const Study& study, const Partition& parts, const Backend& backend,
                     const RunArguments& arguments, const Shard& shard, Manager* manager,
                     RunLogEntry& log) {
  const auto start = std::chrono::steady_clock::now();
  ProgressLine line(!arguments.quiet, "worlds");
  RunOptions options;
  options.output = arguments.output;
  options.shard = shard;
  options.force = arguments.force;
  options.stop = &stop_requested();
  options.examine = examine_result;
  options.manager = manager;
  options.warn = [&](const std::string& text) {
    line.clear();
    fmt::print(stderr, "chasm: warning: {}\n", text);
  };
  bool begun = false;
  options.progress = [&](const Progress& now) {
    if (!begun) log.blocks_resumed = now.blocks_done;
    begun = true;
    log.blocks = now.blocks_done - log.blocks_resumed;
    log.worlds = now.worlds_done - now.worlds_resumed;
    log.failed_worlds = now.worlds_failed;
    log.seconds_running = seconds_since(start);
    line.show({now.worlds_done, now.worlds, now.worlds_resumed, now.worlds_failed,
               manager == nullptr ? "" : in_words(manager->balance())});
  };
  try {
    RunReport report = run_study(study, parts, backend, options);
    line.clear();
    keep_ranks(report, log);
    return report;
  } catch (const InputError&) {
    throw;
  } catch (const std::exception& error) {
    line.clear();
    if (begun) keep_failed(arguments.output, log, error);
    throw;
  }
}

std::string summary(const RunLogEntry& log) {
  std::string text =
      fmt::format("{} in {}", count_of(log.worlds, "world"), in_time(log.seconds_running));
  if (log.seconds_running > 0 && log.worlds > 0)
    text += fmt::format(
        " ({} worlds/s)",
        grouped(static_cast<uint64_t>(static_cast<double>(log.worlds) / log.seconds_running)));
  if (log.ranks > 1)
    text +=
        fmt::format(" on {} of {}", count_of(log.ranks, "rank"), count_of(log.machines, "machine"));
  if (log.blocks_resumed > 0)
    text += fmt::format(", {} found in the journal", count_of(log.blocks_resumed, "block"));
  return text;
}

int finish_run(const Study& study, const Partition& parts, const RunArguments& arguments,
               RunLogEntry& log) {
  FinishReport report;
  try {
    report = finish_study(study, parts, arguments.output, arguments.force, !arguments.quiet, log);
  } catch (const std::exception& error) {
    keep_failed(arguments.output, log, error);
    throw;
  }
  log.outcome = "done";
  keep_log(arguments.output, log);
  fmt::print("{}: {}, {}\n  {}; file written and verified in {}; {} failed\nnext: chasm info {}\n",
             arguments.output, count_of(report.worlds, "world"), readable_bytes(report.bytes),
             summary(log), in_time(log.seconds_finishing), grouped(report.failed),
             shell_word(arguments.output));
  return exit_for_failed(study, report.failed, report.worlds, arguments.output);
}

// What every rank makes of the study before it computes anything.
struct Prepared {
  Study study;
  Partition parts;
  std::optional<ChosenBackend> backend;
};

std::unique_ptr<Prepared> prepare_run(const RunArguments& arguments) {
  auto made = std::make_unique<Prepared>();
  made->study = read_study(arguments.study, reading(arguments.sets));
  BackendChoice choice = choose_backend(arguments.lanes, *made->study.model);
  made->parts = partition(made->study, arguments.block);
  prepared(arguments.study, arguments.sets, [&] {
    made->backend.emplace(std::move(choice), made->study, made->parts, threads_of(arguments.lanes));
    return 0;
  });
  return made;
}

// On every rank but 0, which alone says how the run has ended.
int run_as_worker(const RunArguments& arguments, Mailbox& mailbox) {
  std::unique_ptr<Prepared> ready;
  try {
    ready = prepare_run(arguments);
  } catch (const InputError& error) {
    decline(mailbox, true, error.what());
    return exit_done;
  } catch (const std::exception& error) {
    decline(mailbox, false, error.what());
    return exit_done;
  }
  try {
    work(mailbox, ready->study, ready->parts, ready->backend->get(),
         {.output = arguments.output, .stop = &stop_requested()});
  } catch (const Interrupted&) {
    throw;
  } catch (const std::exception&) {
    // Rank 0 has been told, and tells it.
  }
  return exit_done;
}

int run(const RunArguments& arguments) {
  const Shard shard = arguments.shard.empty() ? Shard{} : parse_shard(arguments.shard);
  // Before anything that takes time: a launcher signals every rank, wherever it is.
  stop_on_signals();
  Mailbox* const others = arguments.shard.empty() ? join_ranks() : nullptr;
  if (others != nullptr && others->rank() != 0) return run_as_worker(arguments, *others);
  std::optional<Manager> manager;
  if (others != nullptr) manager.emplace(*others);

  const auto ready = prepare_run(arguments);
  const Study& study = ready->study;
  const Partition& parts = ready->parts;
  refuse_to_write_over_input(arguments.output, arguments.study);
  check_output_path(arguments.output);
  const Disk disk = disk_of(arguments.output);
  refuse_too_large(disk_need(study, parts), disk, disk.size, "is its whole size");
  const ChosenBackend& backend = *ready->backend;

  RunLogEntry log = log_entry("run");
  log.backend = backend.name();
  log.threads = backend.threads();
  const RunReport report =
      run_blocks(study, parts, backend.get(), arguments, shard, manager ? &*manager : nullptr, log);
  if (report.already_finished) {
    fmt::print("{} is finished: it holds the result of this very study\nnext: chasm info {}\n",
               arguments.output, shell_word(arguments.output));
    return exit_done;
  }
  // A shard leaves the file to chasm finish: others may still run.
  if (shard.count == 1) return finish_run(study, parts, arguments, log);
  log.outcome = "done";
  keep_log(arguments.output, log);
  fmt::print("shard {}: {}; {} failed\n", arguments.shard, summary(log),
             grouped(report.progress.worlds_failed));
  if (report.study_complete)
    fmt::print("every block of the study is there\nnext: chasm finish {}\n",
               shell_word(arguments.output));
  else
    fmt::print("next: the other shards, then chasm finish {}\n", shell_word(arguments.output));
  return exit_done;
}

}  // namespace

void add_run(CommandLine& line) {
  auto options = std::make_shared<RunArguments>();
  CLI::App& command = add_command(
      line, "run", "run a study; goes on from what an earlier run committed",
      "chasm run learning.toml -o learning.h5",
      "0   done\n"
      "2   bad input; nothing was written\n"
      "75  stopped by a signal, or a device was lost; the same command goes on\n"
      "1   other: disk, memory, or more failed worlds than the study allows",
      "Finished blocks are kept in F.h5.journal until the result is written; how long it took, "
      "where and with what\n"
      "build goes to F.log.json. Threads, lanes, devices, blocks and shards change no bit of the "
      "result.");
  command.add_option("study", options->study, "study file")->required()->type_name(study_file);
  command.add_option("-o,--output", options->output, "result file")
      ->required()
      ->type_name(result_file);
  command.add_option("--set", options->sets, "replaces one value of the study; may be given again")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  add_lanes_options(command, options->lanes);
  command.add_option("--shard", options->shard, "only the k-th of N parts; then chasm finish")
      ->type_name("k/N");
  command
      .add_option("--block", options->block,
                  "worlds a block (default: a quarter of a second of work)")
      ->type_name("WORLDS")
      ->check(whole_number(1, any_number));
  command.add_flag("--force", options->force, "replace what another study left at the output path");
  command.add_flag("-q,--no-progress", options->quiet, "no progress line");
  when_chosen(line, command, options, run);
}

}  // namespace chasm
