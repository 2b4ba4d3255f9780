#pragma once

// The event log of a traced world: what happened, in which step, to whom.

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/study.hpp"

namespace chasm {

// A line an event, numbers rounded, cents as money.
std::string events_as_text(const Study&, const std::vector<const Note*>&);
// A line a value, numbers as they are.
std::string events_as_csv(const Study&, const std::vector<const Note*>&);
nlohmann::ordered_json events_as_json(const Study&, const std::vector<const Note*>&);

}  // namespace chasm
