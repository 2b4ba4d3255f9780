// chasm check: what a study is and what it will cost. Runs nothing.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/backend_choice.hpp"
#include "app/command_line.hpp"
#include "app/disk.hpp"
#include "app/exit_code.hpp"
#include "app/lanes_option.hpp"
#include "app/option_checks.hpp"
#include "app/output_costs.hpp"
#include "app/read_options.hpp"
#include "app/text.hpp"
#include "hpc/finish.hpp"
#include "hpc/output_path.hpp"
#include "kernels/cuda.hpp"

namespace chasm {

namespace {

struct CheckOptions {
  std::string study;
  std::vector<std::string> sets;
  std::string output;  // "" where none was given
  uint64_t block = 0;
  LanesOptions lanes;
  bool json = false;
};

// How a device would run the study.
struct DeviceShare {
  std::string name;
  BatchPlan plan;
  uint64_t bytes, free;
};

struct Cost {
  Partition parts;
  DiskNeed need;
  Disk disk;
  uint64_t memory = 0;       // bytes
  double seconds = 0;        // of all threads
  double block_seconds = 0;  // of one core, where nobody chose how large blocks are
  int threads = 1;
  std::string backend;
  std::optional<TileNeed> tile;  // where this build has a kernel of the model
  std::vector<DeviceShare> devices;
};

// Measured: the program with its libraries, and what the finaliser holds of each variable.
constexpr uint64_t program_memory = uint64_t{20} << 20;
constexpr uint64_t variable_memory = uint64_t{2} << 20;

uint64_t memory_of(const Study& study, const ChosenBackend& backend, const Partition& parts) {
  const Outputs& kept = study.outputs;
  uint64_t bytes = program_memory + backend.memory();
  bytes += variable_memory * (kept.metrics.size() + kept.series.size());
  if (kept.keep == Keep::bands)
    bytes += kept.series.size() * parts.arms * band_bins * sizeof(int64_t) *
             static_cast<uint64_t>(series_rows(study.steps, kept.every));
  for (const Total& total : kept_totals(study))
    bytes += parts.arms * static_cast<uint64_t>(total.cells()) * sizeof(int64_t);
  // Finished blocks that wait for the disk, and as much again while they are encoded for it.
  bytes += 2 * std::min(most_waiting_bytes,
                        parts.blocks() * block_bytes(study, parts.pairs_per_block * parts.arms));
  // The journal's index.
  return bytes + 80 * parts.blocks();
}

std::string path_of(const CheckOptions& options) {
  return options.output.empty() ? "results.h5" : options.output;
}

Cost cost_of(const Study& study, const CheckOptions& options) {
  Cost cost;
  BackendChoice choice = choose_backend(options.lanes, *study.model);
  cost.parts = partition(study, options.block);
  cost.need = disk_need(study, cost.parts);
  cost.disk = disk_of(path_of(options));
  cost.threads = threads_of(options.lanes);
  const ChosenBackend backend = prepared(options.study, options.sets, [&] {
    return ChosenBackend(std::move(choice), study, cost.parts, cost.threads);
  });
  cost.backend = backend.name();
  if (const DeviceProgram* kernel = cuda_program(*study.model))
    cost.tile = tile_need(study, *kernel, prepare(study));
  if (const DeviceBackend* on = backend.devices())
    for (size_t i = 0; i < on->devices().size(); ++i) {
      Device& device = *on->devices()[i];
      const BatchPlan plan = on->plan(i);
      cost.devices.push_back(
          {device.name(), plan, plan.device_bytes(on->need()), device.memory().free});
    }
  cost.memory = memory_of(study, backend, cost.parts);
  const auto busy = static_cast<double>(std::min<uint64_t>(
      static_cast<uint64_t>(cost.threads), std::max<uint64_t>(cost.parts.blocks(), 1)));
  const double model =
      study.model->cost(study.setting, study.steps) * static_cast<double>(study.worlds());
  const double core_seconds = model + output_seconds(study);
  cost.seconds = core_seconds / busy;
  if (options.block == 0)
    cost.block_seconds = core_seconds * static_cast<double>(cost.parts.worlds_in(0)) /
                         static_cast<double>(study.worlds());
  return cost;
}

// Levers that a study names and that do nothing.
std::optional<std::string> late_levers(const Study& study) {
  std::vector<std::string> late;
  for (const Arm& arm : study.arms)
    for (const LeverSetting& lever : arm.levers)
      if (lever.strength > 0 && lever.start >= study.steps &&
          (late.empty() || late.back() != arm.name))
        late.push_back(arm.name);
  if (late.empty()) return {};
  const std::string first = fmt::format("arm \"{}\"", late[0]);
  return fmt::format(
      "{} {} levers that start at the horizon or after it, and so never act",
      late.size() == 1 ? first : fmt::format("{} and {} more", first, late.size() - 1),
      late.size() == 1 ? "has" : "have");
}

// Blocks that a study makes so large that much is lost where a run stops.
std::optional<std::string> long_blocks(const Study& study, const Cost& cost) {
  constexpr double long_block = 60;  // [s]
  if (study.outputs.worlds || cost.block_seconds < long_block) return {};
  return fmt::format(
      "a block takes {} of one core (a future is one block at least where no world is kept): a run "
      "that stops loses as much, and at most {} can work at a time; more futures of fewer "
      "replications have smaller blocks",
      in_time(cost.block_seconds), count_of(cost.parts.blocks(), "thread"));
}

// What a study's author may not expect.
std::vector<std::string> notes_on(const Study& study, const Cost& cost) {
  std::vector<std::string> notes;
  for (const auto& note : {late_levers(study), long_blocks(study, cost)})
    if (note) notes.push_back(*note);
  return notes;
}

void print_text(const Study& study, const Cost& cost, const std::string& path) {
  const Model& model = *study.model;
  fmt::print("{}: a valid study\n", path);
  const auto line = [](const char* name, const std::string& value) {
    fmt::print("  {:<13} {}\n", name, value);
  };
  if (!study.title.empty()) line("title", study.title);
  line("model", fmt::format("{} version {}, {}", model.name, model.version,
                            count_of(static_cast<uint64_t>(study.steps), std::string(model.step))));
  line("arms", fmt::format("{} (baseline \"{}\")", grouped(study.arms.size()), study.arms[0].name));
  line("futures", fmt::format("{} ({}, {})", grouped(study.futures->count()), study.design,
                              count_of(study.futures->parameters().size(), "uncertain parameter")));
  line("replications", grouped(study.replications));
  line("worlds", grouped(study.worlds()));
  line("blocks", fmt::format("{} of {}", grouped(cost.parts.blocks()),
                             count_of(std::min(cost.parts.pairs_per_block, cost.parts.pairs) *
                                          cost.parts.arms,
                                      "world")));
  line("seed", std::to_string(study.seed));
  line("memory", fmt::format("up to {} on {}", readable_bytes(cost.memory),
                             count_of(static_cast<uint64_t>(cost.threads), "thread")));
  line("disk",
       fmt::format(
           "{} at most: journals {}, temporary file {} that becomes the result; {} free in {}",
           readable_bytes(together(cost.need)), readable_bytes(cost.need.journal),
           readable_bytes(cost.need.result), readable_bytes(cost.disk.free), cost.disk.folder));
  if (cost.tile)
    line("on a device", fmt::format("a world takes {}, {} given and {} left behind",
                                    readable_bytes(cost.tile->state / warp),
                                    readable_bytes(cost.tile->inputs / warp),
                                    readable_bytes(cost.tile->outputs / warp)));
  for (const DeviceShare& device : cost.devices)
    line("device", fmt::format("{}: batches of {}, {} at a time; {} of {} free", device.name,
                               count_of(static_cast<uint64_t>(device.plan.worlds()), "world"),
                               grouped(static_cast<uint64_t>(device.plan.slots * warp)),
                               readable_bytes(device.bytes), readable_bytes(device.free)));
  // Nobody has measured what a device takes; the processor's time is the most.
  line("time", fmt::format("about {} on {} of {}", in_time(cost.seconds),
                           count_of(static_cast<uint64_t>(cost.threads), "thread"),
                           cost.devices.empty() ? cost.backend : "the processor"));
  for (const std::string& note : notes_on(study, cost)) line("note", note);
  fmt::print("What outputs take in the result file, and of the time:\n");
  TextTable choices({});
  for (const OutputCost& one : output_costs(study))
    choices.add({one.chosen ? "*" : " ", one.words, readable_bytes(one.bytes),
                 in_time(one.seconds / static_cast<double>(cost.threads))});
  fmt::print("{}  (* as the study asks)\n", choices.text());
}

void print_json(const Study& study, const Cost& cost) {
  nlohmann::ordered_json out;
  out["title"] = study.title;
  out["model"] = study.model->name;
  out["model_version"] = study.model->version;
  out["steps"] = study.steps;
  out["seed"] = study.seed;
  out["arms"] = study.arms.size();
  out["futures"] = study.futures->count();
  out["design"] = study.design;
  out["replications"] = study.replications;
  out["worlds"] = study.worlds();
  out["blocks"] = cost.parts.blocks();
  out["threads"] = cost.threads;
  out["backend"] = cost.backend;
  out["memory_bytes"] = cost.memory;
  if (cost.tile)
    out["device_world_bytes"] = {{"state", cost.tile->state / warp},
                                 {"given", cost.tile->inputs / warp},
                                 {"left", cost.tile->outputs / warp}};
  for (const DeviceShare& device : cost.devices)
    out["devices"].push_back({{"name", device.name},
                              {"batch_worlds", device.plan.worlds()},
                              {"worlds_at_a_time", device.plan.slots * warp},
                              {"bytes", device.bytes},
                              {"free_bytes", device.free}});
  out["journal_bytes"] = cost.need.journal;
  out["result_bytes"] = cost.need.result;
  out["free_bytes"] = cost.disk.free;
  out["seconds"] = cost.seconds;
  for (const OutputCost& one : output_costs(study))
    out["outputs"].push_back({{"what", one.words},
                              {"bytes", one.bytes},
                              {"core_seconds", one.seconds},
                              {"chosen", one.chosen}});
  out["notes"] = notes_on(study, cost);
  fmt::print("{}\n", out.dump(2));
}

int check(const CheckOptions& options) {
  const Study study = read_study(options.study, reading(options.sets));
  if (!options.output.empty()) {
    refuse_to_write_over_input(options.output, options.study);
    check_output_path(options.output);
  }
  const Cost cost = cost_of(study, options);
  refuse_too_large(cost.need, cost.disk, cost.disk.free, "are free");
  if (options.json) {
    print_json(study, cost);
  } else {
    print_text(study, cost, options.study);
    fmt::print("next: chasm run {} -o {}\n", shell_word(options.study),
               shell_word(path_of(options)));
  }
  return exit_done;
}

}  // namespace

void add_check(CommandLine& line) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App& command = add_command(line, "check", "what a study is and will cost; runs nothing",
                                  "chasm check learning.toml",
                                  "0   it runs here\n"
                                  "2   it does not, and why");
  command.add_option("study", options->study, "study file")->required()->type_name(study_file);
  command.add_option("--set", options->sets, "replaces one value of the study")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command
      .add_option("-o,--output", options->output,
                  "where the result would go: its disk is looked at (default here)")
      ->type_name(result_file);
  command
      .add_option("--block", options->block,
                  "worlds a block (default: a quarter of a second of work)")
      ->type_name("WORLDS")
      ->check(whole_number(1, any_number));
  add_lanes_options(command, options->lanes);
  command.add_flag("--json", options->json, "for programs");
  when_chosen(line, command, options, check);
}

}  // namespace chasm
