#pragma once

// One key of a study with its value, and the readings of a value that sections share. All throw
// Problem with the place of the value.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/problems.hpp"
#include "sim/input/value.hpp"

namespace chasm::input {

struct Item {
  std::string path;  // "design.grid.turnover", for messages
  Place key;         // where the key stands
  const Value* value;

  std::string_view name() const;  // the last key of `path`, dots and all

 private:
  friend Item item_of(const Entry&, const std::string& section);
  size_t name_at_ = 0;
};

Item item_of(const Entry&, const std::string& section);

[[noreturn]] void refuse(const Item&, std::string_view text);

const std::string& text_of(const Item&);
const Tree& table_of(const Item&);
std::vector<Item> entries_of(const Item&);
// The elements of a list, each with the path "name[2]".
std::vector<Item> list_of(const Item&);
// A finite number, written as a number.
double number_of(const Item&);
// A whole number in [low, high]; 1e6 counts as whole.
int64_t whole_of(const Item&, int64_t low, int64_t high);

// The values as they stand, for messages: `0.3`, `"text"`.
std::string shown(const Value&);

// A name that users give to arms, packages and interventions: 1 to 128 bytes, no control
// characters, no space at an end.
void check_name(const Item&);

}  // namespace chasm::input
