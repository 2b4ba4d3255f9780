#include <algorithm>

#include <fmt/format.h>

#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/money_section.hpp"
#include "sim/model_of.hpp"

namespace chasm::input {
namespace {

std::string currency_of(const Item& item) {
  const std::string& text = text_of(item);
  const bool letters =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (text.size() != 3 || !letters) {
    refuse(item,
           fmt::format("\"{}\" is no currency (its code has three capital letters) write one, "
                       "such as \"EUR\"",
                       shown(text)));
  }
  return text;
}

}  // namespace

Money read_money(const Tree& root, const Model& model, Problems& problems) {
  Money money;
  const Entry* entry = root.find("money");
  if (entry == nullptr) return money;
  const Item item = item_of(*entry, "");
  problems.collect([&] {
    if (!uses_currency(model)) {
      throw Problem(item.key, item.path,
                    fmt::format("has no meaning here ({} has no money) remove it", model.name));
    }
    const Fields fields(table_of(item), "money", money_keys(), problems);
    if (const auto currency = fields.find("currency"))
      problems.collect([&] { money.currency = currency_of(*currency); });
    if (const auto year = fields.find("price_year"))
      problems.collect([&] { money.price_year = static_cast<int>(whole_of(*year, 1900, 2200)); });
  });
  return money;
}

}  // namespace chasm::input
