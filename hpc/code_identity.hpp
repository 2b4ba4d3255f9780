#pragma once

#include <string>

namespace chasm {

// Which code computed a result. Two codes may give different bits, so resume and verify compare it.
struct CodeIdentity {
  std::string version;  // "0.1.0"
  std::string commit;   // full hash, with "+" where the tree had changes; "" where it is unknown
  friend bool operator==(const CodeIdentity&, const CodeIdentity&) = default;
};

}  // namespace chasm
