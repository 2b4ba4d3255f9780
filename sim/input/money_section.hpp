#pragma once

#include <string>

#include "sim/input/item.hpp"
#include "sim/model.hpp"

namespace chasm::input {

struct Money {
  std::string currency = "USD";
  int price_year = 0;  // 0 where none is given
};

// [money], which is read before all that is written in its currency.
Money read_money(const Tree& root, const Model&, Problems&);

}  // namespace chasm::input
