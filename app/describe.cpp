// chasm describe: what a model declares about itself, from its tables.

#include <fmt/format.h>

#include "app/command_line.hpp"
#include "app/describe.hpp"
#include "app/exit_code.hpp"
#include "app/text.hpp"
#include "models/models.hpp"
#include "sim/input/study_file.hpp"

namespace chasm {

namespace {

struct DescribeOptions {
  std::string model;
  Parts parts;
  bool markdown = false, json = false, schema = false;
};

void list_models(const DescribeOptions& options) {
  if (options.schema) {
    fmt::print("{}\n", json_schema(models()));
  } else if (options.json) {
    fmt::print("{}\n", models_as_json());
  } else {
    fmt::print("{}next: chasm describe {}\n", models_as_text(), models()[0]->name);
  }
}

int describe(const DescribeOptions& options) {
  if (options.model.empty()) {
    list_models(options);
    return exit_done;
  }
  const Model& model = find_model(options.model);
  const bool all = !options.parts.parameters && !options.parts.levers && !options.parts.metrics &&
                   !options.parts.decisions;
  const Parts parts = all ? Parts{true, true, true, true} : options.parts;
  if (options.schema)
    fmt::print("{}\n", json_schema(model));
  else if (options.json)
    fmt::print("{}\n", as_json(model, parts));
  else if (options.markdown)
    fmt::print("{}", as_markdown(model, parts));
  else
    fmt::print("{}", as_text(model, parts));
  return exit_done;
}

}  // namespace

void add_describe(CommandLine& line) {
  auto options = std::make_shared<DescribeOptions>();
  CLI::App& command =
      add_command(line, "describe", "parameters, levers, metrics and random decisions of a model",
                  "chasm describe march1991 --parameters",
                  "0   done\n"
                  "2   no such model");
  command
      .add_option("model", options->model,
                  "a model; without it the models of this build are listed")
      ->type_name(model_name);
  command.add_flag("--parameters", options->parts.parameters,
                   "only parameters, sizes, choices and tables");
  command.add_flag("--levers", options->parts.levers, "only levers");
  command.add_flag("--metrics", options->parts.metrics, "only metrics, series and totals");
  command.add_flag("--decisions", options->parts.decisions,
                   "only random decisions, events and reasons of failure");
  CLI::Option* markdown = command.add_flag("--markdown", options->markdown, "as a reference page");
  CLI::Option* json = command.add_flag("--json", options->json, "for programs")->excludes(markdown);
  command.add_flag("--schema", options->schema, "JSON Schema of its study files, for editors")
      ->excludes(markdown)
      ->excludes(json);
  when_chosen(line, command, options, describe);
}

}  // namespace chasm
