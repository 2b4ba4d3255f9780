#pragma once

#include <string_view>

namespace chasm {

// Whether this processor and its operating system run code of an instruction set: "plain", "avx2", "avx512".
bool processor_runs(std::string_view isa);

}  // namespace chasm
