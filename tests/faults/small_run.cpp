// small_run OUTPUT FUTURES THREADS PAUSE: a study of the toy model from journal to result file, the way the program
// runs one. PAUSE is microseconds a block takes. Standard output gets a line when blocks are committed ("committed 3 of
// 40"), when finishing begins and when all is done; exit codes and messages are the program's.

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "hpc/examine_result.hpp"
#include "hpc/finish.hpp"
#include "hpc/journal.hpp"
#include "hpc/run.hpp"
#include "hpc/this_code.hpp"
#include "sim/error.hpp"
#include "tests/hpc/toy_study.hpp"

namespace {

std::atomic<bool> stop = false;

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

void run(const std::string& output, uint64_t futures, int threads, int pause) {
  using namespace chasm;
  const Study study = toy::study({.futures = futures});
  const Partition parts = partition(study, 4);
  const toy::ToyBackend backend(study, parts, threads, [&](uint64_t) {
    std::this_thread::sleep_for(std::chrono::microseconds(pause));
  });
  RunOptions options;
  options.output = output;
  options.stop = &stop;
  options.examine = examine_result;
  options.progress = [](const Progress& now) {
    say("committed " + std::to_string(now.blocks_done) + " of " + std::to_string(now.blocks));
  };
  const RunReport report = run_study(study, parts, backend, options);
  if (!report.already_finished) {
    say("finishing");
    JournalSource source(study, parts, output);
    FinishOptions finishing;
    finishing.code = this_code();
    finishing.progress = [](uint64_t) { return !stop; };
    finish(study, parts, source, output, finishing);
    remove_journals(journal_folder(output), identify(study, parts));
  }
  say("done");
}

int exit_code(const std::string& message, int code) {
  std::fprintf(stderr, "small_run: %s\n", message.c_str());
  return code;
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) return exit_code("needs OUTPUT FUTURES THREADS PAUSE", 2);
  struct sigaction action {};
  action.sa_handler = [](int) { stop = true; };
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaction(signal, &action, nullptr);
  try {
    run(words[1], std::stoull(words[2]), std::stoi(words[3]), std::stoi(words[4]));
    return 0;
  } catch (const chasm::InputError& error) {
    return exit_code(error.what(), 2);
  } catch (const chasm::Interrupted& error) {
    return exit_code(error.what(), 75);
  } catch (const std::exception& error) {
    return exit_code(error.what(), 1);
  }
}
