#pragma once

#include <cstdint>
#include <string>

namespace chasm {

// Throws InputError unless a result and the journals beside it can be written at the path.
void check_output_path(const std::string& output);

// Throws SystemError where the disk under `path` has fewer than `bytes` free. `what` names their purpose.
void check_free_space(const std::string& path, uint64_t bytes, const std::string& what);

// "1.5 GB"
std::string readable_bytes(uint64_t bytes);

}  // namespace chasm
