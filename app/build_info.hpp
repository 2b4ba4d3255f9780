#pragma once

#include <string>
#include <utility>
#include <vector>

namespace chasm {

// Libraries and the versions that are in use now, in alphabetical order.
std::vector<std::pair<std::string, std::string>> libraries();

std::string compiler();       // "g++ 12.2.0"
std::string build_options();  // "Release -O3 ..."

// What `chasm --version` prints: text, or one JSON object.
std::string version_text();
std::string version_json();

}  // namespace chasm
