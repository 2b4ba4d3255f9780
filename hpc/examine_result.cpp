#include "hpc/examine_result.hpp"

#include <sys/stat.h>

#include "hpc/read_result.hpp"
#include "sim/error.hpp"

namespace chasm {

Existing examine_result(const std::string& path, const Identity& identity) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return {};
  try {
    const ResultFile result(path);
    const ResultInfo& info = result.info();
    // What a result does not keep is taken from ours and so cannot differ.
    Identity theirs = identity;
    theirs.text = info.study;
    theirs.tables = info.tables;
    theirs.seed = info.seed;
    theirs.model = info.model;
    theirs.model_version = info.model_version;
    theirs.address_version = info.random_address_version;
    theirs.code = info.code;
    return {.there = true, .difference = difference(theirs, identity)};
  } catch (const InputError&) {
    return {.there = true, .difference = "what is there is no result of chasm that can be read"};
  }
}

}  // namespace chasm
