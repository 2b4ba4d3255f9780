#include "models/march1991/model.hpp"

#include <algorithm>

#include "models/models.hpp"
#include "sim/model_of.hpp"

namespace chasm::march1991 {

std::vector<Program> programs();

namespace {

Ground prepare(const Setting& setting, uint64_t) {
  return {std::make_shared<const Shape>(shape_of<Shape>(setting)),
          std::make_shared<const Shared>()};
}

// Measured on 16 lanes: 5 ns an individual and period. A closed system is mostly at rest before period 60, whatever the
// horizon; an open one runs on, and takes longer than this says.
double cost(const Setting& setting, int steps) {
  return 5e-9 * shape_of<Shape>(setting).individuals * (8 + std::min(steps, 60));
}

}  // namespace

const Model& model() {
  static const Model built = [] {
    Model m = tables_of<Rules>();
    m.name = "march1991";
    m.version = 1;
    m.title = "Exploration and exploitation in organizational learning";
    m.source = "March (1991), Organization Science 2(1):71-87, doi:10.1287/orsc.2.1.71";
    m.step = "period";
    m.default_steps = 100;
    m.decisions.assign(std::begin(decision_names), std::end(decision_names));
    m.programs = programs();
    m.prepare = prepare;
    m.cost = cost;
    return m;
  }();
  return built;
}

}  // namespace chasm::march1991
