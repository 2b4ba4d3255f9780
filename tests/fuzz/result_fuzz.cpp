// Any bytes as a result file: opened, read and digested in this process. What our reader accepts must be readable
// and of one digest. libhdf5 itself can be crashed by files; the program reads them in a child process first, this
// target does not, so its findings are sorted by whose code they are in.

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "hpc/read_result.hpp"
#include "sim/error.hpp"

namespace {

using namespace chasm;

void require(bool truth) {
  if (!truth) std::abort();
}

struct Scratch {
  std::string folder =
      std::filesystem::temp_directory_path() / ("chasm-result-fuzz-" + std::to_string(::getpid()));
  std::string path = folder + "/r.h5";
  Scratch() { std::filesystem::create_directories(folder); }
  ~Scratch() { std::filesystem::remove_all(folder); }
};

const std::string& scratch() {
  static const Scratch scratch;
  return scratch.path;
}

void read_all(const ResultFile& result) {
  const ResultInfo& info = result.info();
  const uint64_t pairs = info.futures * info.replications;
  // A few kilobytes cannot hold more worlds than this.
  require(info.arms.size() < (1u << 24) && pairs < (1u << 24));
  std::vector<uint8_t> status(pairs);
  std::vector<double> values(pairs);
  for (uint64_t arm = 0; arm < info.arms.size() && arm < 4; ++arm) {
    result.statuses(arm, {0, pairs}, status);
    for (const ResultVariable& variable : result.variables())
      if (variable.kind == VariableKind::metric)
        result.column(variable.meaning_of, arm, {0, pairs}, values);
  }
  require(result.recompute_digest() == result.recompute_digest());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  {
    std::ofstream file(scratch(), std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  }
  try {
    read_all(ResultFile(scratch(), Guard::none));
  } catch (const InputError&) {
  }
  return 0;
}
