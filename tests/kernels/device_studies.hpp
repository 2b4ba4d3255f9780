#pragma once

// Studies whose neighbouring worlds are as unlike as can be, with everything kept that can be: for comparing backends.

#include <string>
#include <vector>

#include "tests/support/studies.hpp"

namespace chasm::test {

struct NamedStudy {
  std::string name;
  Study study;
};

// At least so many worlds of every model (and kind of network), over so many steps.
std::vector<NamedStudy> device_studies(uint64_t worlds, int steps);
NamedStudy enterprise_study(uint64_t worlds, int steps);

}  // namespace chasm::test
