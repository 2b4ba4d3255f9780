#pragma once

#include "hpc/netcdf4.hpp"
#include "hpc/result_names.hpp"
#include "sim/study.hpp"

namespace chasm {

enum class Varies { no, future, arm, arm_and_future };

// Where the value of a parameter comes from, by Model::parameters. An arm's value replaces the future's.
std::vector<Varies> what_varies(const Study&);

// Group /parameters: every parameter of the model, its base value and what the model says about it.
void write_parameter_table(NcGroup& root, const Study&, const ResultNames&);

// Group /provenance: the study as resolved, sizes, choices, tables and the model's random decisions.
void write_provenance(NcGroup& root, const Study&);

// A unit as attributes say it: in the study's currency, and "1" where it is a pure number.
std::string unit_text(const Study&, const char* unit);

}  // namespace chasm
