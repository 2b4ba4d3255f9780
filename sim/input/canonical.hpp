#pragma once

#include "sim/input/draft.hpp"

namespace chasm::input {

// The study as resolved, for Study::text: one file, one order of sections and keys, every default
// that decides what is run written out, tables with their digests.
Tree canonical(const Draft&);

}  // namespace chasm::input
