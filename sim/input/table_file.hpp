#pragma once

// CSV tables: one header row, then numbers and texts.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model.hpp"

namespace chasm {

inline constexpr size_t max_table_bytes = size_t{1} << 30;

// A column as Table::columns writes it: "share", "unit:text", "share?", "unit:text?".
struct TableColumn {
  std::string name;
  bool text = false;
  bool optional = false;  // the column may be missing, and its cells may be empty
};
// "from,to" -> {"from", "to"}
std::vector<std::string> split_columns(std::string_view);
std::vector<TableColumn> table_columns(std::string_view written);
// "unit (text), share (may be absent)"
std::string columns_in_words(const Table&);

// The columns of that file in the order asked for, each written as above; others are ignored; an empty list asks for all, as
// numbers. What is missing in an optional column is NaN or "".
// Throws InputError naming file, row and column.
TableData read_table(const std::string& path, const std::vector<std::string>& columns = {});

// The same for bytes already in memory; `name` stands for the file in messages.
TableData parse_table(std::string_view bytes, const std::string& name,
                      const std::vector<std::string>& columns = {});

}  // namespace chasm
