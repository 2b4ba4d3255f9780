#pragma once

// What two runs must agree in before the blocks of one may stand beside the blocks of the other.
// Compiler, options, threads, lane width and backend are absent on purpose: they change no bit.

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hpc/code_identity.hpp"
#include "sim/block.hpp"
#include "sim/study.hpp"

namespace chasm {

struct Identity {
  std::string study;  // SHA-256, hexadecimal, of the two below
  std::string text;   // Study::text
  std::vector<std::pair<std::string, std::string>>
      tables;  // (name, SHA-256 of the file's bytes), ascending
  uint64_t seed = 0;
  std::string model;
  int model_version = 0;
  int address_version = 0;
  CodeIdentity code;
  Partition partition;
};

// Of this build.
Identity identify(const Study&, const Partition&);

// "" where they agree, otherwise the first difference in words, theirs before ours:
// `model version 1 there, 2 here`, `line 12 of the study is "replications = 50" there, "replications = 100" here`.
std::string difference(const Identity& theirs, const Identity& ours);

// One encoding an identity; decoding throws BadBytes (hpc/bytes.hpp) on anything else.
std::vector<unsigned char> encode(const Identity&);
Identity decode_identity(std::span<const unsigned char>);

// 64 bits of a hash over the encoding: what each frame of a journal carries.
uint64_t tag_of(const Identity&);

}  // namespace chasm
