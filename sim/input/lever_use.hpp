#pragma once

// `levers = { NAME = 0.5 }`, or `{ NAME = { count = 8, authority = 0.7 } }`.

#include <map>
#include <string_view>

#include "sim/input/draft.hpp"

namespace chasm::input {

// Reads one lever of a list of levers: its strength, and as parameters its settings.
void read_lever(Draft&, const Item&, std::map<int, double>& strengths, std::map<int, double>& set);

// "LEVER", "LEVER.count", "LEVER.strength" or "LEVER.SETTING" as a key of grid, list or sweep.
struct LeverKey {
  int lever;
  std::string_view part;  // "" for the strength
};
LeverKey lever_key(const Draft&, const Item&, std::string_view key);
// Sets that part.
void apply_lever(const Draft&, const Item&, const LeverKey&, std::map<int, double>& strengths,
                 std::map<int, double>& set);

}  // namespace chasm::input
