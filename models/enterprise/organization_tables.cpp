#include "models/enterprise/organization_tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "models/enterprise/portfolio_table.hpp"
#include "models/enterprise/table_reader.hpp"
#include "sim/error.hpp"

namespace chasm::enterprise {

namespace {

std::optional<TableReader> table(const Setting& setting, const char* name) {
  const auto at = setting.tables.find(name);
  if (at == setting.tables.end()) return std::nullopt;
  return TableReader(at->first, at->second);
}

constexpr const char* units_table = "organization.units";
constexpr const char* teams_table = "organization.teams";
constexpr const char* people_table = "organization.people";

constexpr int most_people = 65535;

// What all tables refer to.
struct Names {
  std::map<std::string, int> units, teams;
};

int unit_at(const TableReader& from, const char* column, size_t row, const Names& names) {
  return from.find(column, row, names.units, units_table);
}

void require(const TableReader& from, const std::optional<TableReader>& other, const char* name) {
  if (!other)
    from.refuse(std::string("names rows of ") + name + " (there is no such table) give it too");
}

void read_units(const TableReader& units, bool has_people, Organization& out) {
  for (size_t row = 0; row < units.rows(); ++row) {
    const int people = units.whole("people", row, 1, most_people);
    if (people < 0 && !has_people)
      units.refuse(
          row, "people",
          "is empty (without organization.people every unit needs a head-count) fill it in");
    out.unit_people.push_back(people);
    out.unit_legacy.push_back(units.number("legacy", row, 0, 1));
    out.unit_trust.push_back(units.number("trust", row, 0, 1));
  }
}

void read_teams(const TableReader& teams, const Names& names, bool has_people, Organization& out) {
  for (size_t row = 0; row < teams.rows(); ++row) {
    out.team_unit.push_back(unit_at(teams, "unit", row, names));
    const int people = teams.whole("people", row, 1, most_people);
    if (people < 0 && !has_people)
      teams.refuse(
          row, "people",
          "is empty (without organization.people every team needs a head-count) fill it in");
    out.team_people.push_back(people);
  }
}

// The group that a person belongs to: a team, or else what a unit has beside its teams (behind the teams).
int group_of(const TableReader& people, size_t row, const Names& names, const Organization& out) {
  const int team = people.find("team", row, names.teams, teams_table);
  const int unit = unit_at(people, "unit", row, names);
  if (team < 0 && unit < 0)
    people.refuse(row, "unit",
                  "is empty, as is team (a person belongs to one of the two) fill one in");
  if (team < 0) return static_cast<int>(out.team_unit.size()) + unit;
  if (unit >= 0 && unit != out.team_unit[static_cast<size_t>(team)])
    people.refuse(row, "unit",
                  quoted(people.text("unit", row)) + " is not the unit of team " +
                      quoted(people.text("team", row)) +
                      " (organization.teams has another) correct one of the two");
  return team;
}

// Head-counts come from the list of people; those of units and teams, where given, must agree.
void compare_heads(const TableReader& groups, const char* what, std::vector<int>& given,
                   const std::vector<int>& counted) {
  for (size_t row = 0; row < given.size(); ++row) {
    const std::string here = std::to_string(counted[row]);
    if (counted[row] == 0)
      groups.refuse(row, what,
                    "has nobody in organization.people (a group has at least one person) "
                    "list its people, or remove the row");
    if (given[row] >= 0 && given[row] != counted[row])
      groups.refuse(row, "people",
                    std::to_string(given[row]) + " are not as many as " + here +
                        " in organization.people (both say how many there are) "
                        "correct one, or leave this empty");
    given[row] = counted[row];
  }
}

void read_people(const TableReader& people, const TableReader& units,
                 const std::optional<TableReader>& teams, const Names& names, Organization& out) {
  people.names("person");
  const size_t team_count = out.team_unit.size(), groups = team_count + out.unit_people.size();
  std::vector<std::vector<size_t>> members(groups);
  for (size_t row = 0; row < people.rows(); ++row) {
    if (!teams && people.has("team", row)) require(people, teams, teams_table);
    members[static_cast<size_t>(group_of(people, row, names, out))].push_back(row);
  }
  std::vector<int> heads;
  for (const auto& group : members) {
    heads.push_back(static_cast<int>(group.size()));
    for (const size_t row : group) {
      out.technical_literacy.push_back(people.number("technical_literacy", row, 0, 1));
      out.business_literacy.push_back(people.number("business_literacy", row, 0, 1));
    }
  }
  const auto first_unit = heads.begin() + static_cast<long>(team_count);
  if (teams) compare_heads(*teams, "team", out.team_people, {heads.begin(), first_unit});
  compare_heads(units, "unit", out.unit_people, {first_unit, heads.end()});
}

void read_translators(const TableReader& translators, const Names& names, Organization& out) {
  translators.names("translator");
  for (size_t row = 0; row < translators.rows(); ++row) {
    const int first = unit_at(translators, "unit", row, names);
    const int second = unit_at(translators, "unit2", row, names);
    if (second == first)
      translators.refuse(row, "unit2",
                         quoted(translators.text("unit2", row)) +
                             " is unit too (a translator attends to one or two "
                             "units) name another, or leave it empty");
    out.translator_units.push_back(first);
    out.translator_units.push_back(second < 0 ? first : second);
  }
}

void read_data(const TableReader& data, const Names& names, Organization& out) {
  data.names("asset");
  for (size_t row = 0; row < data.rows(); ++row) {
    out.asset_owner.push_back(unit_at(data, "owner", row, names));
    out.asset_quality.push_back(data.number("quality", row, 0.01, 1));
    const double is_private = data.number("private", row, 0, 1);
    if (is_private > 0 && is_private < 1)
      data.refuse(row, "private",
                  number_text(is_private) +
                      " is neither 0 nor 1 (an asset is under privacy rules or "
                      "is not) write one of these");
    out.asset_private.push_back(is_private);
  }
}

// Rows of a table, or -1.
long rows_of(const Setting& setting, const char* name) {
  const auto found = table(setting, name);
  return found ? static_cast<long>(found->rows()) : -1;
}

// Heads are at least 1: read_organization says which group has nobody.
double heads_of(const Setting& setting, const char* name) {
  const TableData& data = setting.tables.at(name);
  double heads = 0;
  for (size_t column = 0; column < data.columns.size(); ++column)
    if (data.columns[column] == "people")
      for (const double people : data.values[column]) heads += std::isnan(people) ? 0 : people;
  return std::clamp(heads, 1.0, 1e9);
}

long people_with_team(const TableReader& people, bool wanted) {
  long count = 0;
  for (size_t row = 0; row < people.rows(); ++row) count += people.has("team", row) == wanted;
  return std::max(count, 1L);
}

}  // namespace

std::vector<long> sizes_of_tables(const Setting& setting) {
  const long units = rows_of(setting, units_table), teams = rows_of(setting, teams_table);
  const auto people = table(setting, people_table);
  long technical = -1, business = -1;
  if (teams >= 0)
    technical = people ? people_with_team(*people, true)
                       : static_cast<long>(heads_of(setting, teams_table));
  if (units >= 0)
    business = people ? people_with_team(*people, false)
                      : static_cast<long>(heads_of(setting, units_table));
  std::vector<long> sizes;
  Shape::each([&](auto member, const Size&) {
    sizes.push_back(member == &Shape::units       ? units
                    : member == &Shape::teams     ? teams
                    : member == &Shape::technical ? technical
                    : member == &Shape::business  ? business
                    : member == &Shape::assets    ? rows_of(setting, "organization.data")
                                                  : -1);
  });
  return sizes;
}

Organization read_organization(const Setting& setting, const Shape& shape) {
  Organization out;
  const auto units = table(setting, units_table), teams = table(setting, teams_table),
             people = table(setting, people_table);
  for (const char* name : {teams_table, people_table, "organization.translators",
                           "organization.data", "organization.portfolio"})
    if (const auto other = table(setting, name)) require(*other, units, units_table);
  if (!units) return out;
  Names names;
  names.units = units->names("unit");
  if (teams) names.teams = teams->names("team");
  read_units(*units, people.has_value(), out);
  if (teams) read_teams(*teams, names, people.has_value(), out);
  if (people) read_people(*people, *units, teams, names, out);
  if (const auto translators = table(setting, "organization.translators"))
    read_translators(*translators, names, out);
  if (const auto data = table(setting, "organization.data")) read_data(*data, names, out);
  if (const auto portfolio = table(setting, "organization.portfolio")) {
    std::vector<int> team_unit = out.team_unit;
    if (team_unit.empty())  // teams as `model.cpp` embeds them
      for (int team = 0; team < shape.teams; ++team) team_unit.push_back(team % shape.units);
    out.portfolio = read_portfolio(*portfolio, names.units, names.teams, team_unit);
  }
  return out;
}

}  // namespace chasm::enterprise
