// CSV tables: any bytes are a table of finite numbers or an InputError.

#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "sim/error.hpp"
#include "sim/input/table_file.hpp"

namespace {

void read(std::string_view bytes, const std::vector<std::string>& columns) {
  try {
    const chasm::TableData table = chasm::parse_table(bytes, "fuzz.csv", columns);
    if (table.columns.size() != table.values.size() || table.columns.empty()) std::abort();
    if (!columns.empty() && table.columns != columns) std::abort();
    for (const auto& column : table.values) {
      if (column.empty() || column.size() != table.values[0].size()) std::abort();
      for (const double value : column) {
        if (!std::isfinite(value)) std::abort();
      }
    }
  } catch (const chasm::InputError& error) {
    if (std::string_view(error.what()).size() > 2000) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read(bytes, {});
  read(bytes, {"from", "to"});
  return 0;
}
