#pragma once

// The ties of network.kind = "file".

#include <cstdint>
#include <vector>

#include "sim/model.hpp"

namespace chasm::diffusion {

// Both ends of every tie, in the order of the rows. Ties go both ways and stand there once. Throws InputError naming
// file, row and column: an end that is not a whole number from 0 to agents - 1, a tie of an agent with itself, a tie that
// is listed twice (in either direction).
std::vector<uint32_t> read_edges(const TableData& table, int agents);

}  // namespace chasm::diffusion
