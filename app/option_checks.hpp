#pragma once

// What options take, where CLI11's own checks let something through: it reads -1 as 2^64 - 1, and lets `nan` pass a range.

#include <CLI/CLI.hpp>
#include <cstdint>

namespace chasm {

// Digits alone, low to high.
CLI::Validator whole_number(uint64_t low, uint64_t high);

// A finite number, low to high.
CLI::Validator number_in(double low, double high);

}  // namespace chasm
