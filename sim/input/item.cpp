#include "sim/input/item.hpp"

#include <cmath>

#include <fmt/format.h>

#include "sim/input/toml.hpp"

namespace chasm::input {
namespace {

constexpr double exact_whole = 9007199254740992.0;  // 2^53

[[noreturn]] void refuse_kind(const Item& item, std::string_view wanted) {
  refuse(item, fmt::format("{} is {} ({} is needed) change it", shown(*item.value),
                           kind_of(*item.value), wanted));
}

}  // namespace

std::string_view Item::name() const { return std::string_view(path).substr(name_at_); }

Item item_of(const Entry& entry, const std::string& section) {
  Item item;
  item.path = section.empty() ? entry.key : section + "." + entry.key;
  item.name_at_ = item.path.size() - entry.key.size();
  item.key = entry.place;
  item.value = &entry.value;
  return item;
}

void refuse(const Item& item, std::string_view text) {
  throw Problem(item.value->place, item.path, text);
}

const std::string& text_of(const Item& item) {
  const std::string* text = item.value->get<std::string>();
  if (text == nullptr) refuse_kind(item, "a text in quotes");
  return *text;
}

const Tree& table_of(const Item& item) {
  const Tree* tree = item.value->get<Tree>();
  if (tree == nullptr) refuse_kind(item, "a table");
  return *tree;
}

std::vector<Item> entries_of(const Item& item) {
  std::vector<Item> items;
  for (const Entry& entry : table_of(item)) items.push_back(item_of(entry, item.path));
  return items;
}

std::vector<Item> list_of(const Item& item) {
  const Array* array = item.value->get<Array>();
  if (array == nullptr) refuse_kind(item, "a list in [ ]");
  std::vector<Item> items;
  for (const Value& value : *array) {
    Item element = item;
    element.path = fmt::format("{}[{}]", item.path, items.size());
    element.value = &value;
    items.push_back(std::move(element));
  }
  return items;
}

double number_of(const Item& item) {
  double number = 0;
  if (const int64_t* whole = item.value->get<int64_t>()) {
    number = static_cast<double>(*whole);
  } else if (const double* real = item.value->get<double>()) {
    number = *real;
  } else {
    refuse_kind(item, "a number");
  }
  if (!std::isfinite(number))
    refuse(item, "is not a finite number (chasm computes with it) give one");
  return number + 0.0;  // no -0
}

int64_t whole_of(const Item& item, int64_t low, int64_t high) {
  int64_t number = 0;
  if (const int64_t* whole = item.value->get<int64_t>()) {
    number = *whole;
  } else {
    const double* real = item.value->get<double>();
    if (real == nullptr || *real != std::floor(*real) || std::fabs(*real) > exact_whole) {
      refuse_kind(item, "a whole number");
    }
    number = static_cast<int64_t>(*real);
  }
  if (number < low || number > high) {
    refuse(item, fmt::format("{} is out of range (allowed: {} to {}) choose a value in that range",
                             number, low, high));
  }
  return number;
}

std::string shown(const Value& value) { return shown(write_value(value)); }

void check_name(const Item& item) {
  const std::string_view name = item.name();
  bool fits = !name.empty() && name.size() <= 128 && name.front() != ' ' && name.back() != ' ';
  for (const char c : name) fits &= static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
  if (!fits) {
    throw Problem(
        item.key, item.path,
        "is no name (1 to 128 bytes, no control characters, no space at an end) rename it");
  }
}

}  // namespace chasm::input
