#pragma once

// CSV tables: one header row, then numbers.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model.hpp"

namespace chasm {

inline constexpr size_t max_table_bytes = size_t{1} << 30;

// The columns of that file in the order asked for; others are ignored; an empty list asks for all.
// Throws InputError naming file, row and column.
TableData read_table(const std::string& path, const std::vector<std::string>& columns = {});

// The same for bytes already in memory; `name` stands for the file in messages.
TableData parse_table(std::string_view bytes, const std::string& name,
                      const std::vector<std::string>& columns = {});

}  // namespace chasm
