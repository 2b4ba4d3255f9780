#pragma once

// The command line while it is being defined. Each subcommand has a file of its own: it adds its options, and what
// to do once it is chosen.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace chasm {

struct CommandLine {
  CLI::App program;
  std::function<int()> chosen;  // returns an exit code
  bool version = false, version_as_json = false;
};

// `example` is one or more commands that run as they stand; `note` may be empty.
CLI::App& add_command(CommandLine&, const std::string& name, const std::string& description,
                      const std::string& example, const std::string& exit_codes,
                      const std::string& note = "");

template <class Options>
void when_chosen(CommandLine& line, CLI::App& command, std::shared_ptr<Options> options,
                 int (*act)(const Options&)) {
  command.callback([&line, options = std::move(options), act] {
    line.chosen = [options, act] { return act(*options); };
  });
}

// Type names: what stands for a value in help texts, and what shell completion offers for it.
inline constexpr const char* study_file = "STUDY.toml";
inline constexpr const char* result_file = "F.h5";
inline constexpr const char* model_name = "MODEL";
inline constexpr const char* any_file = "FILE";

void add_new(CommandLine&);
void add_check(CommandLine&);
void add_run(CommandLine&);
void add_finish(CommandLine&);
void add_describe(CommandLine&);
void add_trace(CommandLine&);
void add_verify(CommandLine&);
void add_info(CommandLine&);
void add_diff(CommandLine&);
void add_bench(CommandLine&);
void add_completion(CommandLine&);

// Everything `chasm` understands; main() and the tests of the help texts use it.
void define(CommandLine&);

}  // namespace chasm
