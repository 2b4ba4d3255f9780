#pragma once

#include <cfenv>

namespace chasm {

// Rounding to nearest, no flushing of denormals, whatever the host process has set; as it was before at the end.
class CleanFloatingPoint {
 public:
  CleanFloatingPoint() {
    std::fegetenv(&before_);
    std::fesetenv(FE_DFL_ENV);
  }
  ~CleanFloatingPoint() { std::fesetenv(&before_); }
  CleanFloatingPoint(const CleanFloatingPoint&) = delete;
  CleanFloatingPoint& operator=(const CleanFloatingPoint&) = delete;

 private:
  std::fenv_t before_;
};

}  // namespace chasm
