// The words around the command line: what all subcommands share, and how help texts look.

#include <fmt/format.h>

#include "app/command_line.hpp"

namespace chasm {

namespace {

class HelpText : public CLI::Formatter {
 public:
  HelpText() { column_width(27); }

  std::string make_description(const CLI::App* app) const override {
    return app->get_description() + "\n";
  }
  std::string make_usage(const CLI::App* app, std::string name) const override {
    std::string line = "Usage: " + name;
    for (const CLI::Option* option :
         app->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
      const std::string shown = make_option_name(option, true);
      line += option->get_required() ? " " + shown : " [" + shown + "]";
    }
    if (!app->get_subcommands({}).empty()) line += " COMMAND";
    return "\n" + line + " [options]\n";
  }
  std::string make_option_name(const CLI::Option* option, bool positional) const override {
    return positional ? option->get_type_name() : CLI::Formatter::make_option_name(option, false);
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_positional() || option->get_type_size() == 0) return "";
    std::string kind = option->get_type_name();
    // A set of choices is written {a,b,c}.
    if (!kind.empty() && kind[0] == ':') kind.erase(0, 1);
    return (kind.empty() ? "" : " " + kind) + (option->get_required() ? " (needed)" : "");
  }
  std::string make_positionals(const CLI::App*) const override { return ""; }
};

}  // namespace

CLI::App& add_command(CommandLine& line, const std::string& name, const std::string& description,
                      const std::string& example, const std::string& exit_codes,
                      const std::string& note) {
  CLI::App& command = *line.program.add_subcommand(name, description);
  const auto indented = [](const std::string& lines) {
    std::string out = "  ";
    for (const char c : lines) out += c == '\n' ? std::string("\n  ") : std::string(1, c);
    return out;
  };
  command.footer(fmt::format("{}{}Example:\n{}\n\nExit codes:\n{}", note,
                             note.empty() ? "" : "\n\n", indented(example), indented(exit_codes)));
  command.group("Commands");
  command.set_help_flag("-h,--help", "this text");
  return command;
}

void define(CommandLine& line) {
  CLI::App& program = line.program;
  program.name("chasm");
  program.description(
      "chasm simulates many organizations at once: a study file in, one result file out.");
  program.formatter(std::make_shared<HelpText>());
  program.set_help_flag("-h,--help",
                        "this text; chasm COMMAND --help has an example of each command");
  CLI::Option* version =
      program.add_flag("--version", line.version, "version, commit and every library");
  program.add_flag("--json", line.version_as_json, "with --version, for programs")->needs(version);
  program.require_subcommand(0, 1);
  program.footer(
      "Example:\n"
      "  chasm new learning.toml --model march1991\n"
      "  chasm check learning.toml\n"
      "  chasm run learning.toml -o learning.h5\n"
      "  chasm info learning.h5\n\n"
      "Exit codes:\n"
      "  0   done\n"
      "  2   bad input; nothing was written\n"
      "  75  stopped by a signal; the same command goes on\n"
      "  1   other");
  add_new(line);
  add_check(line);
  add_run(line);
  add_finish(line);
  add_info(line);
  add_describe(line);
  add_trace(line);
  add_verify(line);
  add_diff(line);
  add_bench(line);
  add_completion(line);
}

}  // namespace chasm
