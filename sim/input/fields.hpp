#pragma once

// A table whose keys are declared: unknown ones are reported, with the nearest known name.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/input/item.hpp"

namespace chasm::input {

struct Key {
  const char* name;
  const char* shape;    // JSON Schema of its value; "" where the model decides
  const char* meaning;  // with unit and default
};

class Fields {
 public:
  // Why a key that is not declared is refused where there is more to say than that it is unknown;
  // "" otherwise.
  using Reason = std::function<std::string(std::string_view key)>;

  Fields(const Tree&, std::string path, std::span<const Key>, Problems&, const Reason& = {});

  std::optional<Item> find(std::string_view key) const;

 private:
  const Tree& tree_;
  std::string path_;
};

}  // namespace chasm::input
