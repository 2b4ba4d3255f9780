#pragma once

#include <nanobind/nanobind.h>

#include <string>

namespace chasm::binding {

// {"parameters": (columns, rows), "metrics": ..., ...}
nanobind::dict describe(const std::string& model);

}  // namespace chasm::binding
