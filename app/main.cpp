// The chasm program: parses the command line, runs one subcommand, and turns errors into exit codes.

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <string_view>

#include "app/build_info.hpp"
#include "app/command_line.hpp"
#include "app/exit_code.hpp"
#include "app/join_ranks.hpp"
#include "sim/error.hpp"
#include "sim/nearest.hpp"

namespace chasm {

namespace {

// A word where a command is expected.
std::string advice_on(const CLI::App& program, std::string_view word) {
  std::vector<std::string> names;
  for (const CLI::App* command : program.get_subcommands({})) names.push_back(command->get_name());
  return fmt::format("unknown command \"{}\" ({}) chasm --help lists them", word,
                     suggestion(word, names));
}

std::string usage_problem(const CLI::App& program, const CLI::ParseError& error, int argc,
                          char** argv) {
  const auto chosen = program.get_subcommands();
  if (chosen.empty() && argc > 1 && argv[1][0] != '-') return advice_on(program, argv[1]);
  const std::string command = "chasm" + (chosen.empty() ? "" : " " + chosen[0]->get_name());
  return fmt::format("{} ({} --help shows how it is used)", error.what(), command);
}

int parse_and_run(int argc, char** argv) {
  CommandLine line;
  define(line);
  try {
    line.program.parse(argc, argv);
  } catch (const CLI::Success&) {
    const auto chosen = line.program.get_subcommands();
    fmt::print("{}", chosen.empty() ? line.program.help() : chosen[0]->help("chasm"));
    return exit_done;
  } catch (const CLI::ParseError& error) {
    throw InputError(usage_problem(line.program, error, argc, argv));
  }
  if (line.version) {
    fmt::print("{}", line.version_as_json ? version_json() : version_text());
    return exit_done;
  }
  if (!line.chosen) {
    fmt::print(stderr, "{}", line.program.help());
    return exit_bad_input;
  }
  return line.chosen();
}

int report(ExitCode code, std::string_view message) {
  fmt::print(stderr, "chasm: {}\n", message);
  return code;
}

int run_program(int argc, char** argv) {
  try {
    const int code = parse_and_run(argc, argv);
    if (std::fflush(stdout) != 0)
      throw SystemError(fmt::format(
          "what was printed is not complete (standard output: {}) free the disk it goes to",
          std::strerror(errno)));
    return code;
  } catch (const InputError& error) {
    return report(exit_bad_input, error.what());
  } catch (const Interrupted& error) {
    return report(exit_interrupted, error.what());
  } catch (const std::bad_alloc&) {
    return report(exit_failed,
                  "out of memory (this machine gives no more) use fewer --threads, a smaller "
                  "--block, or keep fewer outputs");
  } catch (const std::exception& error) {
    return report(exit_failed, error.what());
  }
}

}  // namespace

}  // namespace chasm

int main(int argc, char** argv) {
  // `chasm describe | head` ends quietly, also where a parent has ignored the signal.
  std::signal(SIGPIPE, SIG_DFL);
  // A limit on the size of files is a full disk like any other: the write says so.
  std::signal(SIGXFSZ, SIG_IGN);
  return chasm::leave_ranks(chasm::run_program(argc, argv));
}
