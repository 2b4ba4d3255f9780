// chasm trace: one recorded world again, step by step, proven by the metrics that the file holds of it.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command_line.hpp"
#include "app/exit_code.hpp"
#include "app/recorded.hpp"
#include "app/text.hpp"
#include "sim/cpu_backend.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

struct TraceOptions {
  std::string path;
  std::string world;
  std::vector<std::string> tables;
  bool json = false, csv = false;
};

// The study narrowed to one arm, with every series at every step.
Study watched(Study study, uint64_t arm) {
  study.arms = {study.arms[arm]};
  study.outputs.keep = Keep::full;
  study.outputs.every = 1;
  study.outputs.totals.clear();
  study.outputs.series.clear();
  for (size_t i = 0; i < study.model->series.size(); ++i)
    study.outputs.series.push_back(static_cast<int>(i));
  return study;
}

BlockResult run_one(const Study& study, const WorldNumber& world) {
  const Partition single{study.pairs(), 1, 1};
  const CpuBackend backend(study, single, choose_program(*study.model, "plain", 1), 1);
  return backend.run_block(world.future * study.replications + world.replication);
}

void prove(const Recorded& recorded, const WorldNumber& world, const BlockResult& now) {
  const Study& study = recorded.study;
  const std::string name = name_of(world, study);
  uint16_t failure = 0;
  recorded.file.failures(world.arm, {world.future * study.replications + world.replication, 1},
                         {&failure, 1});
  const Status status = recorded.file.status(world.arm, world.future, world.replication);
  if (static_cast<uint8_t>(status) != now.status[0] || failure != now.failure[0])
    throw SystemError(fmt::format(
        "world {} is {} in the file and {} when run again (the file was changed, or computed by "
        "other code) see chasm verify",
        name, outcome(status, failure, *study.model),
        outcome(static_cast<Status>(now.status[0]), now.failure[0], *study.model)));
  for (size_t i = 0; i < study.outputs.metrics.size(); ++i) {
    const Metric& metric = study.model->metrics[static_cast<size_t>(study.outputs.metrics[i])];
    const double stored =
        recorded.file.metric(metric.name, world.arm, world.future, world.replication);
    if (stored_bits(stored, metric.storage) != stored_bits(now.metrics[i][0], metric.storage))
      throw SystemError(fmt::format(
          "{} of world {} is {} in the file and {} when run again (the file was changed, or "
          "computed by other code) see chasm verify",
          metric.name, name, stored, now.metrics[i][0]));
  }
}

std::string unit_of(const Study& study, const Metric& metric) {
  return *metric.unit == '\0' || std::string_view(metric.unit) == "1"
             ? ""
             : fmt::format(" [{}]", unit_in(study.currency, metric.unit));
}

size_t rows_of(const Study& study) { return static_cast<size_t>(study.steps) + 1; }

void print_text(const Study& study, const std::string& name, const BlockResult& world) {
  const Model& model = *study.model;
  std::vector<std::string> heading{std::string(model.step)};
  for (const Metric& series : model.series) heading.push_back(series.name + unit_of(study, series));
  TextTable table(heading);
  for (size_t row = 0; row < rows_of(study); ++row) {
    std::vector<std::string> cells{std::to_string(row)};
    for (const auto& values : world.series) cells.push_back(fmt::format("{}", values[row]));
    table.add(cells);
  }
  fmt::print("world {} of {} version {}, seed {}: {}\n{}", name, model.name, model.version,
             study.seed, outcome(static_cast<Status>(world.status[0]), world.failure[0], model),
             table.text());
  for (size_t i = 0; i < study.outputs.metrics.size(); ++i) {
    const Metric& metric = model.metrics[static_cast<size_t>(study.outputs.metrics[i])];
    fmt::print("{}{} = {}\n", metric.name, unit_of(study, metric), world.metrics[i][0]);
  }
  fmt::print("proven: status and {} are those of the file, bit for bit\n",
             count_of(study.outputs.metrics.size(), "metric"));
}

void print_csv(const Study& study, const BlockResult& world) {
  fmt::print("{}", study.model->step);
  for (const Metric& series : study.model->series) fmt::print(",{}", series.name);
  for (size_t row = 0; row < rows_of(study); ++row) {
    fmt::print("\n{}", row);
    for (const auto& values : world.series) fmt::print(",{}", values[row]);
  }
  fmt::print("\n");
}

nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

void print_json(const Study& study, const std::string& name, const BlockResult& world) {
  const Model& model = *study.model;
  nlohmann::ordered_json out;
  out["world"] = name;
  out["model"] = model.name;
  out["model_version"] = model.version;
  out["seed"] = study.seed;
  out["status"] = outcome(static_cast<Status>(world.status[0]), world.failure[0], model);
  for (size_t i = 0; i < study.outputs.metrics.size(); ++i)
    out["metrics"][model.metrics[static_cast<size_t>(study.outputs.metrics[i])].name] =
        number(world.metrics[i][0]);
  for (size_t row = 0; row < rows_of(study); ++row) out[std::string(model.step)].push_back(row);
  for (size_t i = 0; i < world.series.size(); ++i)
    for (const float value : world.series[i])
      out["series"][model.series[i].name].push_back(number(value));
  out["proven"] = true;
  fmt::print("{}\n", out.dump(2));
}

int trace(const TraceOptions& options) {
  const Recorded recorded = open_recorded(options.path, options.tables);
  const WorldNumber world = parse_world(options.world, recorded.study);
  const Study study = watched(recorded.study, world.arm);
  BlockResult now = run_one(study, world);
  prove(recorded, world, now);
  const std::string name = name_of(world, recorded.study);
  if (options.json)
    print_json(study, name, now);
  else if (options.csv)
    print_csv(study, now);
  else
    print_text(study, name, now);
  return exit_done;
}

}  // namespace

void add_trace(CommandLine& line) {
  auto options = std::make_shared<TraceOptions>();
  CLI::App& command =
      add_command(line, "trace", "run one recorded world again and print it step by step",
                  "chasm trace learning.h5 --world 0/3/0",
                  "0   done\n"
                  "1   the world did not reproduce what the file holds\n"
                  "2   bad input");
  command.add_option("result", options->path, "result file")->required()->type_name(result_file);
  command.add_option("--world", options->world, "which one; an arm by name or number, from 0")
      ->required()
      ->type_name("ARM/FUTURE/REPLICATION");
  command
      .add_option("--tables", options->tables,
                  "tables of the study, where they are not at their path")
      ->type_name(any_file);
  CLI::Option* json = command.add_flag("--json", options->json, "for programs");
  command.add_flag("--csv", options->csv, "the table alone")->excludes(json);
  when_chosen(line, command, options, trace);
}

}  // namespace chasm
