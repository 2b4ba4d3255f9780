#include "tests/faults/small_runs.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "hpc/journal.hpp"

namespace chasm {

namespace fs = std::filesystem;

std::vector<std::string> SmallRun::command(const std::string& output) const {
  return {CHASM_SMALL_RUN, output, std::to_string(futures), std::to_string(threads),
          std::to_string(pause)};
}

std::string SmallRun::reference() const {
  const ScratchFolder scratch(in_memory());
  SmallRun fast = *this;
  fast.pause = 0;
  Child child(fast.command(scratch / "r.h5"));
  const Child::End& end = child.wait();
  if (end.code != 0) throw std::runtime_error("an undisturbed run failed: " + end.error);
  return contents(scratch / "r.h5").value();
}

uint64_t said_committed(const std::string& line) {
  unsigned long blocks = 0;
  return std::sscanf(line.c_str(), "committed %lu of", &blocks) == 1 ? blocks : 0;
}

uint64_t last_said_committed(const std::string& out) {
  uint64_t last = 0;
  for (size_t at = 0, end; (end = out.find('\n', at)) != std::string::npos; at = end + 1) {
    last = std::max(last, said_committed(out.substr(at, end - at)));
  }
  return last;
}

fs::path in_memory() {
  const char* memory = "/dev/shm";
  return ::access(memory, W_OK) == 0 ? fs::path(memory) : fs::temp_directory_path();
}

std::optional<std::string> contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

uint64_t committed(const std::string& output) {
  return summarise_journals(journal_folder(output)).blocks;
}

std::string problem_on_disk(const std::string& output, const std::string& reference) {
  const auto result = contents(output);
  if (result && *result != reference) return "the result is not what it should be";
  try {
    committed(output);
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

std::string problem_when_resumed(const SmallRun& run, const std::string& output,
                                 const std::string& reference) {
  SmallRun fast = run;
  fast.pause = 0;
  Child child(fast.command(output));
  const Child::End& end = child.wait();
  if (end.code != 0) return "resuming failed: " + end.error;
  if (contents(output) != reference) return "the resumed result is not what it should be";
  for (const auto& entry : fs::directory_iterator(fs::path(output).parent_path())) {
    const std::string path = entry.path().string();
    if (path != output) return path + " is left behind";
  }
  return "";
}

}  // namespace chasm
