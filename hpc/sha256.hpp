#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace chasm {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void add(std::span<const unsigned char>);
  void add(std::string_view);
  // 64 hexadecimal digits; nothing may be added afterwards.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace chasm
