#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kernels/device_program.hpp"

namespace chasm::test {

// The enterprise's kernel compiled with other limits, where the build has any.
std::vector<std::pair<std::string, const DeviceProgram*>> device_variants();

}  // namespace chasm::test
