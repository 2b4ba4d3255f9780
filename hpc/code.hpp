#pragma once

// Which source this program was built from; part of every journal and result.

#include <string>

namespace chasm {

struct Code {
  std::string version;  // "0.1.0"
  std::string commit;   // 40 hexadecimal digits, "+changes" behind it where tracked files differed; or "unknown"
  friend bool operator==(const Code&, const Code&) = default;
};

const Code& this_code();

}  // namespace chasm
