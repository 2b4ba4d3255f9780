#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace chasm {

// Runs `work` in a child process and returns what it returned. What `work` throws is thrown here with the same
// text; a child that crashes, or needs more than `seconds` of processor time or 4 GB, becomes an InputError that
// names the file. Needed because libhdf5 can be crashed by files.
std::string in_child(const std::string& path, uint64_t seconds,
                     const std::function<std::string()>& work);

// Processor seconds within which any machine has read that many bytes of a result.
uint64_t reading_seconds(uint64_t bytes);

}  // namespace chasm
