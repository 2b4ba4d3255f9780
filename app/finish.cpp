// chasm finish: the journals of a run or of its shards -> the result file.

#include <fmt/format.h>
#include <unistd.h>

#include "app/command_line.hpp"
#include "app/exit_code.hpp"
#include "app/finish_study.hpp"
#include "app/read_options.hpp"
#include "app/signals.hpp"
#include "app/text.hpp"
#include "hpc/examine_result.hpp"
#include "hpc/output_path.hpp"
#include "hpc/read_result.hpp"
#include "hpc/run.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

struct FinishArguments {
  std::string output;
  std::string study;
  std::vector<std::string> sets;
  std::vector<std::string> tables;
  bool force = false;
  bool quiet = false;
};

// The journals carry the study that they belong to.
Identity identity_in(const std::string& output) {
  const std::string folder = journal_folder(output);
  JournalSummary journals = summarise_journals(folder);
  if (!journals.identity)
    throw InputError(fmt::format(
        "there is nothing to finish ({} holds no journal) run the study first with chasm run "
        "STUDY.toml -o {}",
        folder, output));
  return *std::move(journals.identity);
}

Study study_of(const Identity& identity, const FinishArguments& arguments) {
  const ReadOptions how = reading(arguments.sets, arguments.tables);
  if (!arguments.study.empty()) return read_study(arguments.study, how);
  return parse_study(identity.text, journal_folder(arguments.output), how);
}

// What an earlier call, or the run itself, has finished needs nothing more.
bool finished_already(const std::string& output) {
  if (summarise_journals(journal_folder(output)).files > 0) return false;
  if (::access(output.c_str(), F_OK) != 0) return false;
  const ResultFile whole(output);
  return true;
}

// Where a study is named, what is finished must be its result.
void refuse_other_study(const FinishArguments& arguments) {
  if (arguments.study.empty()) return;
  const Study study = read_study(arguments.study, reading(arguments.sets, arguments.tables));
  Identity ours = identify(study, partition(study));
  ours.code = ResultFile(arguments.output).info().code;  // it may have been another chasm
  const std::string difference = examine_result(arguments.output, ours).difference;
  if (!difference.empty())
    throw InputError(fmt::format(
        "{} is finished, and is the result of something else ({}) choose another output path",
        arguments.output, difference));
}

int finish_journals(const FinishArguments& arguments) {
  check_output_path(arguments.output);
  if (finished_already(arguments.output)) {
    refuse_other_study(arguments);
    fmt::print("{} is finished, and no journal is beside it\nnext: chasm info {}\n",
               arguments.output, shell_word(arguments.output));
    return exit_done;
  }
  const Identity identity = identity_in(arguments.output);
  const Study study = study_of(identity, arguments);
  const std::string difference = chasm::difference(identity, identify(study, identity.partition));
  if (!difference.empty())
    throw InputError(fmt::format(
        "the journals of {} belong to something else ({}) finish with the chasm and the study "
        "that began, or run again with --force",
        arguments.output, difference));
  const JournalSource journals(study, identity.partition, arguments.output);
  if (const auto missing = journals.first_missing())
    throw InputError(fmt::format(
        "the study is not complete ({} of {} missing, the first is number {}) run the missing "
        "shards, or chasm run STUDY.toml -o {} for all that is left",
        grouped(journals.missing()), count_of(identity.partition.blocks(), "block"), *missing,
        arguments.output));
  stop_on_signals();
  RunLogEntry log = log_entry("finish");
  FinishReport report;
  try {
    report = finish_study(study, identity.partition, arguments.output, arguments.force,
                          !arguments.quiet, log);
  } catch (const InputError&) {
    throw;
  } catch (const std::exception& error) {
    keep_failed(arguments.output, log, error);
    throw;
  }
  log.outcome = "done";
  keep_log(arguments.output, log);
  fmt::print("{}: {}, {}, written and verified in {}; {} failed\nnext: chasm info {}\n",
             arguments.output, count_of(report.worlds, "world"), readable_bytes(report.bytes),
             in_time(log.seconds_finishing), grouped(report.failed), shell_word(arguments.output));
  return exit_for_failed(study, report.failed, report.worlds, arguments.output);
}

}  // namespace

void add_finish(CommandLine& line) {
  auto options = std::make_shared<FinishArguments>();
  CLI::App& command =
      add_command(line, "finish",
                  "journals of shards, or of a run that was stopped at its end, to the result file",
                  "chasm run learning.toml -o learning.h5 --shard 1/2\n"
                  "chasm run learning.toml -o learning.h5 --shard 2/2\n"
                  "chasm finish learning.h5",
                  "0   done\n"
                  "2   blocks are missing or belong to something else\n"
                  "75  stopped by a signal; the same command starts again\n"
                  "1   other: disk, memory, or more failed worlds than the study allows");
  command.add_option("output", options->output, "result file; its journals are in F.h5.journal")
      ->required()
      ->type_name(result_file);
  command
      .add_option("--study", options->study,
                  "study file (default: the study as the journals carry it)")
      ->type_name(study_file);
  command.add_option("--set", options->sets, "as it was given to chasm run; with --study")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false)
      ->needs("--study");
  command
      .add_option("--tables", options->tables,
                  "tables of the study, where they are not at their path")
      ->type_name(any_file);
  command.add_flag("--force", options->force, "replace what another study left at the output path");
  command.add_flag("-q,--no-progress", options->quiet, "no progress line");
  when_chosen(line, command, options, finish_journals);
}

}  // namespace chasm
