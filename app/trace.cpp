// chasm trace: one recorded world again, step by step, proven by the metrics that the file holds of it.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/command_line.hpp"
#include "app/exit_code.hpp"
#include "app/initiative_records.hpp"
#include "app/initiative_story.hpp"
#include "app/option_checks.hpp"
#include "app/recorded.hpp"
#include "app/text.hpp"
#include "app/trace_events.hpp"
#include "app/trace_initiatives.hpp"
#include "sim/cpu_backend.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

struct TraceOptions {
  std::string path;
  std::string world;
  std::vector<std::string> tables;
  bool json = false, csv = false, events = false, initiatives = false;
  std::optional<uint64_t> initiative;

  bool told() const { return events || initiatives || initiative; }
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

BlockResult run_one(const Study& study, const WorldNumber& world, std::vector<Note>* notes) {
  const Partition single{study.pairs(), 1, 1};
  const Program& program =
      notes != nullptr ? *study.model->traced : choose_program(*study.model, "plain", 1);
  const CpuBackend backend(study, single, program, 1);
  return backend.run_block(world.future * study.replications + world.replication, notes);
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

std::string head_of(const Study& study, const std::string& name, const BlockResult& world) {
  const Model& model = *study.model;
  return fmt::format("world {} of {} version {}, seed {}: {}\n", name, model.name, model.version,
                     study.seed,
                     outcome(static_cast<Status>(world.status[0]), world.failure[0], model));
}

std::string proof_of(const Study& study) {
  return fmt::format("proven: status and {} are those of the file, bit for bit\n",
                     count_of(study.outputs.metrics.size(), "metric"));
}

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
  fmt::print("{}{}", head_of(study, name, world), table.text());
  for (size_t i = 0; i < study.outputs.metrics.size(); ++i) {
    const Metric& metric = model.metrics[static_cast<size_t>(study.outputs.metrics[i])];
    fmt::print("{}{} = {}\n", metric.name, unit_of(study, metric), world.metrics[i][0]);
  }
  fmt::print("{}", proof_of(study));
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

nlohmann::ordered_json json_head(const Study& study, const std::string& name,
                                 const BlockResult& world) {
  const Model& model = *study.model;
  nlohmann::ordered_json out;
  out["world"] = name;
  out["model"] = model.name;
  out["model_version"] = model.version;
  out["seed"] = study.seed;
  out["status"] = outcome(static_cast<Status>(world.status[0]), world.failure[0], model);
  return out;
}

void print_json(const Study& study, const std::string& name, const BlockResult& world) {
  const Model& model = *study.model;
  nlohmann::ordered_json out = json_head(study, name, world);
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

// What the world told: its log, its initiatives, or the story of one.
void print_told(const TraceOptions& options, const Study& study, const std::string& name,
                const BlockResult& world, const std::vector<Note>& notes) {
  std::vector<InitiativeRecord> records;
  if (options.initiatives || options.initiative) records = initiative_records(notes);
  std::vector<const Note*> log;
  for (const Note& note : notes) log.push_back(&note);
  if (options.initiative) {
    records = {initiative_numbered(records, static_cast<long>(*options.initiative), name)};
    log = records[0].notes;
  }
  if (options.json) {
    nlohmann::ordered_json out = json_head(study, name, world);
    if (options.initiatives || options.initiative) {
      out["initiatives"] = nlohmann::ordered_json::array();
      for (const InitiativeRecord& record : records) out["initiatives"].push_back(as_json(record));
    }
    if (options.events || options.initiative) out["events"] = events_as_json(study, log);
    out["proven"] = true;
    fmt::print("{}\n", out.dump(2));
  } else if (options.csv) {
    fmt::print("{}", options.events ? events_as_csv(study, log) : initiatives_as_csv(records));
  } else {
    const std::string text = options.events        ? events_as_text(study, log)
                             : options.initiatives ? initiatives_as_text(study, records)
                                                   : "\n" + story_of(study, records[0]);
    fmt::print("{}{}{}", head_of(study, name, world), text, proof_of(study));
  }
}

void require_events(const Model& model, const TraceOptions& options) {
  if (options.initiatives) require_initiatives(model, "--initiatives");
  if (options.initiative) require_initiatives(model, "--initiative");
  if (options.events && model.traced == nullptr)
    throw InputError(fmt::format(
        "--events: {} has none (its worlds are told by their series) leave --events out",
        model.name));
}

int trace(const TraceOptions& options) {
  const Recorded recorded = open_recorded(options.path, options.tables);
  const WorldNumber world = parse_world(options.world, recorded.study);
  require_events(*recorded.study.model, options);
  const Study study = watched(recorded.study, world.arm);
  std::vector<Note> notes;
  BlockResult now = run_one(study, world, options.told() ? &notes : nullptr);
  prove(recorded, world, now);
  const std::string name = name_of(world, recorded.study);
  if (options.told())
    print_told(options, study, name, now, notes);
  else if (options.json)
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
      add_command(line, "trace",
                  "run one recorded world again and print it step by step, or what happened in it",
                  "chasm trace learning.h5 --world 0/3/0",
                  "0   done\n"
                  "1   the world did not reproduce what the file holds\n"
                  "2   bad input",
                  "Of a world of the enterprise: --initiatives lists what was started and how it "
                  "ended,\n--initiative 17 tells the life of one, --initiative 17 --events is its "
                  "log,\nand --events the log of all. `chasm describe enterprise --decisions` says "
                  "what each event holds.");
  command.add_option("result", options->path, "result file")->required()->type_name(result_file);
  command.add_option("--world", options->world, "which one; an arm by name or number, from 0")
      ->required()
      ->type_name("ARM/FUTURE/REPLICATION");
  command
      .add_option("--tables", options->tables,
                  "tables of the study, where they are not at their path")
      ->type_name(any_file);
  command.add_flag("--events", options->events, "the log of what happened, an event a line");
  CLI::Option* one =
      command
          .add_option("--initiative", options->initiative,
                      "the life of one initiative in plain words, and where its value went")
          ->type_name("N")
          ->check(whole_number(0, 1000000));
  command
      .add_flag("--initiatives", options->initiatives,
                "a table of all initiatives: what they were, how they ended, what they brought")
      ->excludes(one)
      ->excludes("--events");
  CLI::Option* json = command.add_flag("--json", options->json, "for programs");
  command.add_flag("--csv", options->csv, "the table alone")->excludes(json);
  when_chosen(line, command, options, trace);
}

}  // namespace chasm
