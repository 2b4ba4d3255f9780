#pragma once

// An organization of one's own: tables of units, teams, people, translators, data assets and running initiatives. Names in
// them only connect rows: what is kept of them are numbers, in the order of the rows.

#include <vector>

#include "models/enterprise/portfolio_row.hpp"
#include "models/enterprise/shape.hpp"
#include "sim/model.hpp"

namespace chasm::enterprise {

// What tables say; empty where there is no table. Numbers that a table does not say are NaN.
struct Organization {
  std::vector<int> unit_people, team_people;    // posts by unit and by team
  std::vector<int> team_unit;                   // [team]
  std::vector<double> unit_legacy, unit_trust;  // [unit]
  std::vector<double> technical_literacy,
      business_literacy;              // [post], team by team, then unit by unit
  std::vector<int> translator_units;  // two by translator, which may be the same
  std::vector<int> asset_owner;       // [asset] a unit
  std::vector<double> asset_quality, asset_private;
  std::vector<PortfolioRow> portfolio;
};

// Sizes that the tables decide, in the order of Shape::each; -1: not decided. Says nothing of what is wrong with a table.
std::vector<long> sizes_of_tables(const Setting&);

// Throws InputError naming table, file, row and column of the first thing that is wrong.
Organization read_organization(const Setting&, const Shape&);

}  // namespace chasm::enterprise
