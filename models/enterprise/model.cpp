#include "models/enterprise/model.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "models/enterprise/organization_tables.hpp"
#include "models/enterprise/table_reader.hpp"
#include "models/models.hpp"
#include "sim/error.hpp"
#include "sim/model_of.hpp"

namespace chasm::enterprise {

std::vector<Program> programs();
const Program* traced();

namespace {

struct SharedData {
  std::vector<int> group_first, team_unit, unit_team, asset_owner;
  Organization given;
  Shared view;
};

// People in groups: as many as given, or as alike in size as can be.
void seat(int people, int groups, const std::vector<int>& given, std::vector<int>& first) {
  const int before = first.back();
  for (int group = 1; group <= groups; ++group)
    first.push_back(given.empty()
                        ? before + static_cast<int>(static_cast<int64_t>(people) * group / groups)
                        : first.back() + given[static_cast<size_t>(group - 1)]);
}

std::string many(int count, const char* what) { return std::to_string(count) + " " + what; }

void check_counts(const Shape& shape) {
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

// What a study gives in [parameters]; NaN where it is not at hand.
double base_of(const Setting& setting, std::string_view name) {
  size_t at = 0;
  double value = std::numeric_limits<double>::quiet_NaN();
  Params<Vec<float, 1>>::each([&](auto, const Parameter& entry) {
    if (at < setting.parameters.size() && entry.name == name) value = setting.parameters[at];
    ++at;
  });
  return value;
}

// Tables and sizes that contradict one another; a study file's sizes follow its tables.
void check_tables(const Setting& setting, const Shape& shape, const Organization& given) {
  const std::vector<long> held = sizes_of_tables(setting);
  size_t at = 0;
  Shape::each([&](auto, const Size& size) {
    if (held[at] >= 0 && held[at] != setting.sizes[at])
      throw InputError(std::string(size.name) + ": " + std::to_string(setting.sizes[at]) +
                       " is not what the tables hold (" + std::to_string(held[at]) +
                       ") make them agree");
    ++at;
  });
  const int placed = static_cast<int>(given.translator_units.size() / 2);
  if (placed > shape.translators)
    throw InputError("organization.translators: " + many(placed, "translators") +
                     " are more than there are posts (translator_posts is " +
                     std::to_string(shape.translators) + ") set translator_posts to more");
  const double in_place = base_of(setting, "translators.in_place");
  if (placed > 0 && in_place != placed && in_place == in_place)
    throw InputError("organization.translators: " + many(placed, "rows") +
                     " are not translators.in_place, " + number_text(in_place) +
                     " (the table says whom they attend to, the parameter how many there are) set "
                     "translators.in_place = " +
                     std::to_string(placed));
  const int running = static_cast<int>(given.portfolio.size());
  if (running > shape.places)
    throw InputError("organization.portfolio: " + many(running, "initiatives") +
                     " are more than `places` has room for (" + std::to_string(shape.places) +
                     ") set places to more, with room for those to come");
  if (running > shape.opportunities)
    throw InputError("organization.portfolio: " + many(running, "initiatives") +
                     " are more than `opportunities` has room for (" +
                     std::to_string(shape.opportunities) +
                     ") set opportunities to more, with room for those to come");
}

void check_parameters(const Setting& setting) {
  double shares = 0;
  for (const char* kind : kind_names)
    shares += base_of(setting, "kind." + std::string(kind) + ".share");
  if (shares == 0)
    throw InputError(
        std::string("kind.predictive.share: 0, as is that of every other kind (new "
                    "opportunities are of some kind, in these proportions) give at "
                    "least one kind a share"));
  constexpr const char* ranges[][2] = {{"legacy.low", "legacy.high"},
                                       {"technical.required_low", "technical.required_high"},
                                       {"budget.least", "budget.most"}};
  for (const auto& [low, high] : ranges)
    if (base_of(setting, low) > base_of(setting, high))
      throw InputError(std::string(low) + ": " + number_text(base_of(setting, low)) + " is above " +
                       high + ", " + number_text(base_of(setting, high)) +
                       " (they are the ends of a range) exchange them");
}

Ground prepare(const Setting& setting, uint64_t) {
  const auto shape = shape_of<Shape>(setting);
  const auto data = std::make_shared<SharedData>();
  Organization& given = data->given;
  given = read_organization(setting, shape);
  check_tables(setting, shape, given);
  check_counts(shape);
  check_parameters(setting);
  data->group_first = {0};
  seat(shape.technical, shape.teams, given.team_people, data->group_first);
  seat(shape.business, shape.units, given.unit_people, data->group_first);
  data->team_unit = given.team_unit;
  if (data->team_unit.empty())
    for (int team = 0; team < shape.teams; ++team) data->team_unit.push_back(team % shape.units);
  if (!given.team_unit.empty())
    for (int unit = 0; unit < shape.units; ++unit) {
      const auto embedded = std::find(data->team_unit.begin(), data->team_unit.end(), unit);
      data->unit_team.push_back(embedded == data->team_unit.end()
                                    ? unit % shape.teams
                                    : static_cast<int>(embedded - data->team_unit.begin()));
    }
  data->asset_owner = given.asset_owner;
  if (data->asset_owner.empty())
    for (int asset = 0; asset < shape.assets; ++asset)
      data->asset_owner.push_back(asset % shape.units);
  const auto column = [](const std::vector<double>& numbers) {
    return numbers.empty() ? nullptr : numbers.data();
  };
  data->view = {.group_first = data->group_first.data(),
                .team_unit = data->team_unit.data(),
                .asset_owner = data->asset_owner.data(),
                .unit_team = data->unit_team.empty() ? nullptr : data->unit_team.data(),
                .unit_legacy = column(given.unit_legacy),
                .unit_trust = column(given.unit_trust),
                .asset_quality = column(given.asset_quality),
                .asset_private = column(given.asset_private),
                .technical_literacy = column(given.technical_literacy),
                .business_literacy = column(given.business_literacy),
                .translator_units = given.translator_units.data(),
                .translators_placed = static_cast<int>(given.translator_units.size() / 2),
                .portfolio = given.portfolio.data(),
                .initiatives = static_cast<int>(given.portfolio.size())};
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
    m.sizes_of_tables = sizes_of_tables;
    m.prepare = prepare;
    m.cost = cost;
    m.agents = [](const Setting& setting) { return long{shape_of<Shape>(setting).people()}; };
    return m;
  }();
  return built;
}

}  // namespace chasm::enterprise
