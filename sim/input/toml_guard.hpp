#pragma once

#include <string>
#include <string_view>

namespace chasm::input {

// What toml++ cannot be given: more values than a study needs memory for, brackets or dotted keys
// that nest so deep that its recursion could exhaust the stack, and characters beyond ASCII outside
// of quotes and comments, where TOML has none and toml++ 3.3 executes a __builtin_unreachable.
// Throws Problem; everything else is the parser's to refuse.
void guard_toml(std::string_view text, const std::string& file);

}  // namespace chasm::input
