#include "models/models.hpp"

#include <array>
#include <string>

#include "sim/error.hpp"
#include "tests/recipe/urn.hpp"

namespace chasm {

std::span<const Model* const> models() {
  static const std::array all = {&urn::model()};
  return all;
}

const Model& find_model(std::string_view name) {
  if (name == urn::model().name) return urn::model();
  throw InputError("unknown model \"" + std::string(name) + "\" (known: urn)");
}

}  // namespace chasm
