#pragma once

// Sketches of all blocks so far, and the variables that they become.

#include <cstdint>
#include <string>
#include <vector>

#include "hpc/netcdf4.hpp"
#include "hpc/result_names.hpp"
#include "sim/block.hpp"

namespace chasm {

class Sketches {
 public:
  // Of a summarised block.
  void add(const BlockResult&);
  // Variables on the dimension `arm`.
  void write(NcGroup&, const NcDimension& arm, const Study&, const ResultNames&) const;
  uint64_t failed(const Study&) const;

 private:
  std::vector<uint64_t> outcomes_;  // [arm x reason]
  std::vector<Sketch> sketches_;    // [metric x arm]
};

}  // namespace chasm
