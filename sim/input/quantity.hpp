#pragma once

// Numbers with units: 0.3, "0.3 1/week", "30 %", "52 weeks", "week 13".

#include <string>
#include <string_view>

#include "sim/input/item.hpp"
#include "sim/model.hpp"

namespace chasm::input {

// A finite number in `unit`: a number, or a text with a number and that unit ("" for a pure
// number). Percent are understood where the unit is a pure number or "1/something". `what` names
// the quantity in messages.
double quantity_of(const Item&, std::string_view unit, std::string_view what);

// The same in the parameter's unit, inside its range, whole where it must be.
double parameter_of(const Item&, const Parameter&);

// A length of time in steps, at least `low` and at most `high`: "26 weeks", or 26.
int duration_of(const Item&, const Model&, int low, int high);

// A step, 0 to `high`: "week 13", or 13.
int step_of(const Item&, const Model&, int high);

// "0 to 1 in 1/week"
std::string range_of(const Parameter&);

// "weeks", from "week".
std::string plural(std::string_view step);

// A number in the fewest digits that give it back.
std::string digits(double);

}  // namespace chasm::input
