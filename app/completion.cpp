// chasm completion: what a shell offers, read from the definitions of the command line itself.

#include <fmt/format.h>

#include "app/command_line.hpp"
#include "app/completion.hpp"
#include "app/exit_code.hpp"

namespace chasm {

namespace {

struct CompletionOptions {
  std::string shell;
};

int print_completion(const CompletionOptions& options) {
  CommandLine line;
  define(line);
  fmt::print("{}", completion_script(line.program, options.shell));
  return exit_done;
}

}  // namespace

void add_completion(CommandLine& line) {
  auto options = std::make_shared<CompletionOptions>();
  CLI::App& command =
      add_command(line, "completion", "a script that completes chasm commands in a shell",
                  "chasm completion bash",
                  "0   done\n"
                  "2   unknown shell",
                  "bash: source <(chasm completion bash)\n"
                  "zsh:  source <(chasm completion zsh)\n"
                  "fish: chasm completion fish | source");
  command.add_option("shell", options->shell, "bash, zsh or fish")
      ->required()
      ->type_name("bash|zsh|fish")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""));
  when_chosen(line, command, options, print_completion);
}

}  // namespace chasm
