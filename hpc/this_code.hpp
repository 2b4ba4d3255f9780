#pragma once

#include "hpc/code_identity.hpp"

namespace chasm {

// The version of this build and the commit of the tree it was built from.
const CodeIdentity& this_code();

}  // namespace chasm
