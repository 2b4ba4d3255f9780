#pragma once

// The life of one initiative in plain words: a paragraph a stage, then where its value went.

#include <string>

#include "app/initiative_records.hpp"
#include "sim/study.hpp"

namespace chasm {

std::string story_of(const Study&, const InitiativeRecord&);

}  // namespace chasm
