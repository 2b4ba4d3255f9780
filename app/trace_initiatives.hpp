#pragma once

// The initiatives of a traced world, one line each.

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/initiative_records.hpp"
#include "sim/study.hpp"

namespace chasm {

std::string initiatives_as_text(const Study&, const std::vector<InitiativeRecord>&);
// Money in hundredths of the currency, exactly.
std::string initiatives_as_csv(const std::vector<InitiativeRecord>&);
nlohmann::ordered_json as_json(const InitiativeRecord&);

}  // namespace chasm
