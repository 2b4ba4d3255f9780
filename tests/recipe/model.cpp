#include "tests/recipe/model.hpp"

#include "sim/model_of.hpp"
#include "tests/recipe/urn.hpp"

namespace chasm::urn {

std::vector<Program> programs();
const Program* traced();

const Model& model() {
  static const Model built = [] {
    Model m = tables_of<Rules>();
    m.name = "urn";
    m.version = 1;
    m.title = "Polya's urn";
    m.source = "Eggenberger & Polya (1923)";
    m.step = "draw";
    m.decisions = {{0, "draw", "urn"}};
    m.failures = {{1, "more balls than the urn holds"}};
    m.programs = programs();
    m.events.assign(std::begin(events), std::end(events));
    m.traced = traced();
    m.prepare = [](const Setting& setting, uint64_t) {
      return Ground{std::make_shared<const Shape>(shape_of<Shape>(setting)),
                    std::make_shared<const Shared>()};
    };
    m.cost = [](const Setting& setting, int steps) {
      return 2e-9 * shape_of<Shape>(setting).urns * steps;
    };
    return m;
  }();
  return built;
}

}  // namespace chasm::urn
