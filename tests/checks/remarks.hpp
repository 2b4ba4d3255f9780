#pragma once

// What is said beside the numbers.

#include <string>

namespace chasm::checks {

// Why a claim does not hold.
std::string remark_on(const std::string& id);

// The identities and the tests that hold them, as Markdown.
std::string identities();

}  // namespace chasm::checks
