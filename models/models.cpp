#include "models/models.hpp"

#include <array>
#include <string>
#include <vector>

#include "sim/error.hpp"
#include "sim/nearest.hpp"

namespace chasm {

std::span<const Model* const> models() {
  static const std::array all = {&diffusion::model(), &enterprise::model(), &march1991::model()};
  return all;
}

const Model& find_model(std::string_view name) {
  std::vector<std::string> known;
  for (const Model* model : models()) {
    if (model->name == name) return *model;
    known.emplace_back(model->name);
  }
  throw InputError("unknown model \"" + std::string(name) + "\" (" + suggestion(name, known) + ")");
}

}  // namespace chasm
