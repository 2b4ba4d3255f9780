#include "models/enterprise/model.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "models/models.hpp"
#include "sim/error.hpp"
#include "sim/model_of.hpp"

namespace chasm::enterprise {

std::vector<Program> programs();
const Program* traced();

namespace {

struct SharedData {
  std::vector<int> group_first, team_unit, asset_owner;
  Shared view;
};

// People in groups as alike in size as can be.
void seat(int people, int groups, std::vector<int>& first) {
  const int before = first.back();
  for (int group = 1; group <= groups; ++group)
    first.push_back(before + static_cast<int>(static_cast<int64_t>(people) * group / groups));
}

void check(const Shape& shape) {
  const auto too_few = [](const char* people, int there, const char* groups, int needed) {
    if (there < needed)
      throw InputError(std::string(people) + ": " + std::to_string(there) + " people cannot fill " +
                       std::to_string(needed) + " " + groups +
                       " (each needs at least one) use more people or fewer " + groups);
  };
  too_few("technical_staff", shape.technical, "teams", shape.teams);
  too_few("business_staff", shape.business, "units", shape.units);
  if (shape.translators > shape.people())
    throw InputError("translator_posts: " + std::to_string(shape.translators) +
                     " are more than there are people (" + std::to_string(shape.people()) +
                     ") use fewer posts");
}

Ground prepare(const Setting& setting, uint64_t) {
  const auto shape = shape_of<Shape>(setting);
  check(shape);
  const auto data = std::make_shared<SharedData>();
  data->group_first = {0};
  seat(shape.technical, shape.teams, data->group_first);
  seat(shape.business, shape.units, data->group_first);
  for (int team = 0; team < shape.teams; ++team) data->team_unit.push_back(team % shape.units);
  for (int asset = 0; asset < shape.assets; ++asset)
    data->asset_owner.push_back(asset % shape.units);
  data->view = {data->group_first.data(), data->team_unit.data(), data->asset_owner.data()};
  return {std::make_shared<const Shape>(shape), std::shared_ptr<const void>(data, &data->view)};
}

// A judgement may be off by a factor of two either way; of a share above one half, its complement.
void find_plausible(Parameter& p) {
  if (p.has_plausible() || p.grade != Grade::judgement || p.value <= 0 || p.value >= p.high ||
      p.whole)
    return;
  const bool is_large_share = p.low >= 0 && p.high == 1 && p.value > 0.5;
  p.plausible_low = std::max(p.low, is_large_share ? 1 - 2 * (1 - p.value) : p.value / 2);
  p.plausible_high = std::min(p.high, is_large_share ? 1 - (1 - p.value) / 2 : p.value * 2);
}

double cost(const Setting& setting, int steps) {
  const auto shape = shape_of<Shape>(setting);
  return 1e-8 * steps *
         (shape.people() + 2.0 * shape.places + 0.2 * shape.opportunities +
          0.3 * shape.teams * shape.units);
}

}  // namespace

const Model& model() {
  static const Model built = [] {
    Model m = tables_of<Rules>();
    for (Parameter& parameter : m.parameters) find_plausible(parameter);
    m.name = "enterprise";
    m.version = 1;
    m.title = "How an enterprise turns AI work into value";
    m.source = "docs/odd.md";
    m.step = "week";
    m.days_per_step = 7;
    m.default_steps = 260;
    m.decisions.assign(std::begin(decision_names), std::end(decision_names));
    m.failures.assign(std::begin(failure_reasons), std::end(failure_reasons));
    m.programs = programs();
    m.events.assign(std::begin(event_table), std::end(event_table));
    m.traced = traced();
    m.prepare = prepare;
    m.cost = cost;
    m.agents = [](const Setting& setting) { return long{shape_of<Shape>(setting).people()}; };
    return m;
  }();
  return built;
}

}  // namespace chasm::enterprise
