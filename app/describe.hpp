#pragma once

#include <string>

#include "sim/model.hpp"

namespace chasm {

struct Parts {
  bool parameters = false;  // and sizes, choices, tables
  bool levers = false;
  bool metrics = false;    // and series
  bool decisions = false;  // and reasons of failure
};

std::string as_text(const Model&, const Parts&);
std::string as_markdown(const Model&, const Parts&);
std::string as_json(const Model&, const Parts&);

std::string models_as_text();
std::string models_as_json();

}  // namespace chasm
