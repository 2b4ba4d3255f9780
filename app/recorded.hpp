#pragma once

// A result file together with the study that it carries: what trace and verify run again.

#include <cstdint>
#include <string>
#include <vector>

#include "hpc/read_result.hpp"
#include "sim/study.hpp"

namespace chasm {

struct Recorded {
  ResultFile file;
  Study study;
};

// `tables` stand in for tables that are not at the path which the study names. Throws InputError where this program
// is not the one that can run the study again, and says which one is needed.
Recorded open_recorded(const std::string& path, const std::vector<std::string>& tables);

struct WorldNumber {
  uint64_t arm = 0, future = 0, replication = 0;
};

// "people_first/12/3"; an arm by its name or its number. Throws InputError.
WorldNumber parse_world(const std::string& text, const Study&);

// "people_first/12/3"
std::string name_of(const WorldNumber&, const Study&);

// The bits that a result file stores of a value: every NaN is one.
uint64_t stored_bits(double value, Storage);

// Status and reason as words: "ok", "failed (3: no team is left)".
std::string outcome(Status, uint16_t failure, const Model&);

}  // namespace chasm
