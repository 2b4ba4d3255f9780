#pragma once

#include "sim/block.hpp"

namespace chasm {

// The block's worlds as sketches and counts of failures, for a study that keeps no world; the rest of the block as it is.
BlockResult summarise_block(const BlockResult&, const Study&, const Partition&);

// Reasons that worlds of the study may fail for: numbers as worlds carry them, 0 ("none", it did not fail) first.
std::vector<FailureReason> reasons_of(const Model&);

}  // namespace chasm
