#pragma once

// Files as bytes, and bytes as text: everything that can be wrong before any syntax is.

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/input/value.hpp"

namespace chasm::input {

// The whole file. Throws Problem where it is missing, a folder, unreadable, or longer than `limit`
// bytes.
std::string read_bytes(const std::string& path, const Place& place, size_t limit);

// `bytes` without a byte-order mark. Throws Problem where they are not UTF-8, or hold a zero byte.
std::string_view utf8_text(std::string_view bytes, const std::string& file);

// SHA-256 in hexadecimal.
std::string sha256(std::string_view bytes);

}  // namespace chasm::input
