#pragma once

#include <string>
#include <string_view>

namespace chasm::input {

// Throws Problem where brackets or dotted keys nest so deep that a recursive parser could exhaust its stack.
// Looks at nesting alone: everything else is the parser's to refuse.
void check_toml_depth(std::string_view text, const std::string& file);

}  // namespace chasm::input
