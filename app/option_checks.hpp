#pragma once

// What options take, where CLI11's own checks let something through: it reads -1 as 2^64 - 1, and lets `nan` pass a range.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

namespace chasm {

// Digits alone, low to high.
CLI::Validator whole_number(uint64_t low, uint64_t high);
inline constexpr uint64_t any_number = UINT64_MAX;

// A finite number, low to high.
CLI::Validator number_in(double low, double high);

// InputError where a result would replace the study, or a file that looks like one or like a table; also with --force.
void refuse_to_write_over_input(const std::string& output, const std::string& study);

}  // namespace chasm
