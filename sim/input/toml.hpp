#pragma once

// TOML 1.0 text to a tree and back.

#include <string>
#include <string_view>

#include "sim/input/value.hpp"

namespace chasm::input {

// Throws Problem with the place of the first syntax error. `file` is the name for messages.
Tree parse_toml(std::string_view text, const std::string& file);

// One "key=value": a dotted key and a value; a bare word is taken as a text. Throws Problem.
Tree parse_set(const std::string& set);

// A header for every table of the root and for every table in `interventions` and `arms`;
// everything below inline. parse_toml(write_toml(tree)) holds the same keys and values in the same
// order.
std::string write_toml(const Tree& root);

// One value as it stands after "=".
std::string write_value(const Value&);

}  // namespace chasm::input
