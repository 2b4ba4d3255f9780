#pragma once

#include <span>
#include <string>
#include <string_view>

namespace chasm {

// Advice for a name that is not known: `did you mean "x"?` where one is near (Damerau-Levenshtein distance at most a
// third of its length, at least 1), else the known names, at most ten.
std::string suggestion(std::string_view name, std::span<const std::string> known);

}  // namespace chasm
