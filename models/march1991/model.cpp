#include "models/march1991/model.hpp"

#include "models/models.hpp"
#include "sim/model_of.hpp"

namespace chasm::march1991 {

std::vector<Program> programs();

namespace {

Ground prepare(const Setting& setting, uint64_t) {
  return {std::make_shared<const Shape>(shape_of<Shape>(setting)),
          std::make_shared<const Shared>()};
}

// Measured at the paper's setting: 50 individuals, equilibrium after 20 periods at p1 = .5.
double cost(const Setting& setting, int steps) {
  const auto shape = shape_of<Shape>(setting);
  return 2.5e-9 * shape.individuals * (20 + steps);
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
