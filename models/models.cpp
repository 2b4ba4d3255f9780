#include "models/models.hpp"

#include <array>

namespace chasm {

std::span<const Model* const> models() {
  static const std::array all = {&march1991::model()};
  return all;
}

}  // namespace chasm
