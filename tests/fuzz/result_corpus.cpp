// result_corpus FOLDER: small result files without checksums, for tests/fuzz/corpus/result.

#include <cstdio>
#include <fstream>
#include <string>

#include "tests/hpc/example_study.hpp"

namespace {

using namespace chasm;

void write(const std::string& path, const example::Options& options) {
  example::write(example::study(options), path);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string folder = std::string(argv[1]) + "/";
  const example::Options least = {.arms = 1,
                                  .futures = 1,
                                  .replications = 1,
                                  .steps = 1,
                                  .every = 1,
                                  .keep = Keep::none,
                                  .uncertain = false,
                                  .dated = false,
                                  .seed = 1};
  example::Options bands = least, full = least, uncertain = least;
  bands.keep = Keep::bands;
  full.keep = Keep::full;
  full.arms = 2;
  uncertain.uncertain = true;
  uncertain.futures = 3;
  try {
    write(folder + "least", least);
    write(folder + "bands", bands);
    write(folder + "full", full);
    write(folder + "uncertain", uncertain);
    std::ofstream(folder + "empty");
    std::ofstream(folder + "signature", std::ios::binary) << "\x89HDF\r\n\x1a\n";
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
