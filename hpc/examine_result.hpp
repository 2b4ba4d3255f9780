#pragma once

#include <string>

#include "hpc/run.hpp"

namespace chasm {

// What RunOptions::examine wants: whether the file at `path` is the result of the study that `identity` names, and
// the first difference in words where it is not. A file that is no readable result differs in just that.
Existing examine_result(const std::string& path, const Identity& identity);

}  // namespace chasm
