#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace chasm {

// `shell` is bash, zsh or fish.
std::string completion_script(const CLI::App& program, const std::string& shell);

}  // namespace chasm
