#pragma once

// Every key of a study file that does not come from the model. Reading, messages, the JSON Schema
// and the check of docs/study-file.md all use these lists.

#include <span>

#include "sim/input/fields.hpp"

namespace chasm::input {

inline constexpr const char* study_schema = "chasm-study-1";

std::span<const Key> root_keys();
std::span<const Key> study_keys();
std::span<const Key> money_keys();
std::span<const Key> table_keys();  // tables.NAME, where it is a table
std::span<const Key> correlated_keys();
std::span<const Key> intervention_keys();
std::span<const Key> arm_keys();
std::span<const Key> range_keys();  // { from, to, count } in grid and sweep
std::span<const Key> design_keys();
std::span<const Key> outputs_keys();
std::span<const Key> series_keys();
std::span<const Key>
distribution_keys();  // uncertain.NAME: exactly one of them, `beta` also with `on`

}  // namespace chasm::input
