#pragma once

// The table of running initiatives.

#include "models/enterprise/portfolio_row.hpp"
#include "models/enterprise/table_reader.hpp"

namespace chasm::enterprise {

// Throws InputError naming row and column of the first thing that is wrong. An initiative without a team is given the team of
// its unit that has the fewest, else the team that has.
std::vector<PortfolioRow> read_portfolio(const TableReader&,
                                         const std::map<std::string, int>& units,
                                         const std::map<std::string, int>& teams,
                                         const std::vector<int>& team_unit);

}  // namespace chasm::enterprise
