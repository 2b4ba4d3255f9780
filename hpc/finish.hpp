#pragma once

// The finaliser: finished blocks in canonical order -> the result file of docs/file-format.md.

#include <cstdint>
#include <functional>
#include <string>

#include "hpc/block_source.hpp"
#include "hpc/code_identity.hpp"
#include "sim/block.hpp"
#include "sim/study.hpp"

namespace chasm {

struct FinishOptions {
  CodeIdentity code;
  bool replace = false;  // also where another study's result is at the path
  // Blocks written so far, called after each block; false stops with Interrupted.
  std::function<bool(uint64_t blocks)> progress;
};

struct FinishReport {
  std::string content_digest;  // "sha256:..." as stored in the file
  uint64_t worlds = 0;
  uint64_t failed = 0;
  uint64_t bytes = 0;          // of the result file
  double seconds_writing = 0;  // for the log only
  double seconds_verifying = 0;
};

// Writes <path>.<a name of its own>.tmp, syncs it, re-opens it, compares every value and attribute with what was
// written, and renames it to `path`. Memory is a few megabytes a variable whatever the size of the study. May be run
// again at any time, also while another one runs: until the rename nothing but such files is touched, and they are
// removed where anything goes wrong.
// Throws InputError where `path` cannot be written or holds something else than an earlier result of the same
// study (unless `replace`), SystemError where the machine or HDF5 fails, Interrupted where progress says so.
FinishReport finish(const Study&, const Partition&, BlockSource&, const std::string& path,
                    const FinishOptions&);

// What finishes of this result that were killed have left. One that still runs loses its file here too, finds out, and
// says so: neither can name what it has not verified. Throws SystemError.
void remove_leftovers(const std::string& path);

// Bytes of the result file, within a few per cent; an upper estimate where series are compressed.
uint64_t estimate_result_bytes(const Study&);

}  // namespace chasm
