// chasm verify: the content digest, and recorded worlds run again and compared bit for bit.

#include <fmt/format.h>

#include <chrono>
#include <numeric>

#include "app/backend_choice.hpp"
#include "app/command_line.hpp"
#include "app/compare_block.hpp"
#include "app/exit_code.hpp"
#include "app/lanes_option.hpp"
#include "app/option_checks.hpp"
#include "app/progress.hpp"
#include "app/recorded.hpp"
#include "app/signals.hpp"
#include "app/text.hpp"
#include "hpc/this_code.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

struct VerifyOptions {
  std::string path;
  uint64_t sample = 1024;
  bool all = false;
  bool quiet = false;
  std::vector<std::string> tables;
  LanesOptions lanes;
};

// Blocks spread evenly: one at a place of its own in each of `wanted` equal stretches of the study.
std::vector<uint64_t> spread(uint64_t blocks, uint64_t wanted) {
  std::vector<uint64_t> chosen;
  if (wanted >= blocks) {
    chosen.resize(blocks);
    std::iota(chosen.begin(), chosen.end(), uint64_t{0});
    return chosen;
  }
  for (uint64_t i = 0; i < wanted; ++i) {
    const auto at = [&](uint64_t k) {
      return static_cast<uint64_t>(static_cast<double>(blocks) / static_cast<double>(wanted) *
                                   static_cast<double>(k));
    };
    const uint64_t first = at(i), length = std::max<uint64_t>(1, at(i + 1) - first);
    // Multiples of the golden ratio leave no period unseen.
    chosen.push_back(first + (i * 0x9E3779B97F4A7C15u >> 32) % length);
  }
  return chosen;
}

// Returns whether the digest agrees.
bool check_digest(const Recorded& recorded, const std::string& path) {
  const std::string& stored = recorded.file.info().content_digest;
  const std::string now = recorded.file.recompute_digest();
  if (now == stored) {
    fmt::print("{}: content digest {} is that of the content\n", path, stored);
    return true;
  }
  fmt::print("{}: the content has digest {}, and the file says {}\n", path, now, stored);
  return false;
}

struct Counted {
  uint64_t worlds = 0;
  uint64_t differences = 0;
};

Counted run_again(const Recorded& recorded, const VerifyOptions& options) {
  Study study = recorded.study;
  BackendChoice choice = choose_backend(options.lanes, *study.model);
  Partition parts = partition(study);
  std::vector<uint64_t> blocks;
  if (options.all) {
    blocks.resize(parts.blocks());
    std::iota(blocks.begin(), blocks.end(), uint64_t{0});
  } else {
    // As few pairs as fill the lanes, or a tile of a device.
    const auto width = static_cast<uint64_t>(choice.lanes != nullptr ? choice.lanes->width : warp);
    parts.pairs_per_block = std::min(parts.pairs, (width + parts.arms - 1) / parts.arms);
    const uint64_t worlds = parts.pairs_per_block * parts.arms;
    const uint64_t sample = std::min(options.sample, study.worlds());
    blocks = spread(parts.blocks(), (sample + worlds - 1) / worlds);
    // Sums over all worlds say nothing about a few.
    if (study.outputs.keep == Keep::bands) study.outputs.keep = Keep::none;
  }
  const ChosenBackend backend(std::move(choice), study, parts, threads_of(options.lanes));
  CompareBlock compare(recorded, parts, options.all);
  ProgressLine line(!options.quiet, "blocks run again");
  uint64_t done = 0;
  Counted counted;
  backend.get().run(blocks, [&](BlockResult&& now) {
    counted.worlds += now.status.size();
    compare.add(now);
    line.show({.done = ++done, .total = blocks.size()});
    return !stop_requested();
  });
  line.clear();
  if (stop_requested())
    throw Interrupted("stopped when asked to (nothing is written) start chasm verify again");
  if (options.all) compare.finish();
  for (const std::string& difference : compare.first_differences()) fmt::print("{}\n", difference);
  counted.differences = compare.differences();
  return counted;
}

int verify(const VerifyOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const Recorded recorded = open_recorded(options.path, options.tables);
  stop_on_signals();
  const CodeIdentity& code = recorded.file.info().code;
  if (code != this_code())
    fmt::print(
        "{} was computed by chasm {} ({}), and this is {} ({}): the model's version is the same\n",
        options.path, code.version, code.commit, this_code().version, this_code().commit);
  const bool digest = check_digest(recorded, options.path);
  const Counted counted = run_again(recorded, options);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (digest && counted.differences == 0) {
    fmt::print("{} of {} run again in {}: every value is the same bit for bit\n",
               grouped(counted.worlds), count_of(recorded.study.worlds(), "world"),
               in_time(seconds));
    return exit_done;
  }
  std::string what = digest ? "" : "its content was changed after it was written";
  if (counted.differences > 0)
    what +=
        fmt::format("{}{} in {} run again", what.empty() ? "" : "; ",
                    count_of(counted.differences, "difference"), count_of(counted.worlds, "world"));
  else if (!options.all)
    what += fmt::format(
        "; no difference in the {} run again: --all finds it if it is a value of a world",
        count_of(counted.worlds, "world"));
  throw SystemError(fmt::format(
      "{} is not what its study gives ({}) get an undamaged copy or run the study again",
      options.path, what));
}

}  // namespace

void add_verify(CommandLine& line) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App& command = add_command(
      line, "verify", "recompute the content digest, run recorded worlds again and compare bits",
      "chasm verify learning.h5 --sample 4096",
      "0   everything agrees\n"
      "1   something differs; the world and the metric are named\n"
      "2   bad input, or another version of the model is needed\n"
      "75  stopped by a signal",
      "Nothing but the file is needed, and the tables of the study where it used any.");
  command.add_option("result", options->path, "result file")->required()->type_name(result_file);
  CLI::Option* sample = command
                            .add_option("--sample", options->sample,
                                        "worlds to run again, spread over the study (default 1024)")
                            ->type_name("N")
                            ->check(whole_number(1, any_number));
  command.add_flag("--all", options->all, "run every world again")->excludes(sample);
  command
      .add_option("--tables", options->tables,
                  "tables of the study, where they are not at their path")
      ->type_name(any_file);
  add_lanes_options(command, options->lanes);
  command.add_flag("-q,--no-progress", options->quiet, "no progress line");
  when_chosen(line, command, options, verify);
}

}  // namespace chasm
