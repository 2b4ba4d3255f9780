#pragma once

#include "sim/input/draft.hpp"

namespace chasm::input {

// "SERIES < NUMBER at week 52": also <=, > and >=; the number in the unit of the series.
When condition_of(const Draft&, const Item&);

}  // namespace chasm::input
