#pragma once

#include <memory>

#include "sim/design/design.hpp"

namespace chasm {

// Rows of a table made elsewhere (a posterior sample, a design of another tool). Columns are named after parameters.
// Checked here: at least one row and one column, known names, each once; every value finite, inside its parameter's
// range, whole where the parameter is. `futures` 0 takes every row, another number the first that many.
// `rest` draws the parameters that the table leaves uncertain; it may be null.
std::shared_ptr<const Futures> table_futures(const TableData&, uint64_t futures, const Model&,
                                             std::shared_ptr<const Futures> rest);

// Rows that such a table gives: `futures`, or all of them for 0. Throws InputError where it has fewer.
uint64_t table_rows(const TableData&, uint64_t futures);

}  // namespace chasm
