#pragma once

// A second program of the enterprise model, written for reading: one world at a time, in double precision, with draws in the order
// in which they are made. It shares no code with models/; parameters come from the model's table by name, so that defaults
// are declared once.

#include <map>
#include <random>
#include <string>

#include "sim/model.hpp"

namespace chasm::test {

struct EnterpriseSetting {
  int weeks = 260;
  std::map<std::string, double> parameters = {};  // others at their defaults
  std::map<std::string, double> levers = {};      // strengths, from the first week to the last
};

// Metrics of one world by the names that the model gives them. Those that a world does not have are left out.
std::map<std::string, double> enterprise_oracle(const Model&, const EnterpriseSetting&,
                                                std::mt19937_64& luck);

}  // namespace chasm::test
