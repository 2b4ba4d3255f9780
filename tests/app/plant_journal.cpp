// plant_journal STUDY.toml OUTPUT study|code|model|address|nothing: a journal with one block, as it would stand beside
// OUTPUT after a run of the study by a program that differs in just that.

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "hpc/block_codec.hpp"
#include "hpc/journal.hpp"
#include "models/models.hpp"
#include "sim/cpu_backend.hpp"
#include "sim/input/study_file.hpp"

int main(int argc, char** argv) {
  using namespace chasm;
  if (argc != 4) return 2;
  const std::string what = argv[3];
  ReadOptions how;
  how.models = models();
  if (what == "study") how.sets = {"study.seed=99"};
  const Study study = read_study(argv[1], how);
  const Partition parts = partition(study, 32);
  Identity identity = identify(study, parts);
  if (what == "code") identity.code.commit = std::string(40, 'f');
  if (what == "model") ++identity.model_version;
  if (what == "address") ++identity.address_version;
  const CpuBackend backend(study, parts, choose_program(*study.model), 1);
  const BlockResult block = backend.run_block(0);
  const Entry entry{0, parts.worlds_in(0), failed_worlds(block), encode_block(block, study, parts)};
  JournalWriter writer(journal_folder(argv[2]), identity);
  writer.commit({&entry, 1});
  writer.close();
  return 0;
}
