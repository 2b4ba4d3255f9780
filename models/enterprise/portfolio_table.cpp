#include "models/enterprise/portfolio_table.hpp"

#include <cmath>

#include "models/enterprise/shape.hpp"

namespace chasm::enterprise {

namespace {

constexpr const char* all_stages[] = {"framing", "data", "build", "pilot", "deployment", "in_use"};
constexpr int most_weeks = 1040;  // twenty years
constexpr int most_users = 1000000;

// Weeks must fit the stage, and one another.
void read_weeks(const TableReader& from, size_t row, PortfolioRow& is) {
  is.weeks_in_stage = from.whole("weeks_in_stage", row, 0, most_weeks);
  is.weeks_since_start = from.whole("weeks_since_start", row, 0, most_weeks);
  is.live_weeks = from.whole("live_weeks", row, 0, most_weeks);
  const bool in_use = is.stage == static_cast<int>(Stage::in_use);
  if (in_use && is.live_weeks < 0) is.live_weeks = is.weeks_in_stage;
  if (!in_use && is.live_weeks >= 0)
    from.refuse(row, "live_weeks",
                std::to_string(is.live_weeks) + " for something in stage " +
                    quoted(from.text("stage", row)) +
                    " (only what is in use is live) correct the stage, or leave this empty");
  if (in_use && is.weeks_in_stage >= 0 && is.weeks_in_stage != is.live_weeks)
    from.refuse(row, "weeks_in_stage",
                std::to_string(is.weeks_in_stage) + " is not live_weeks, " +
                    std::to_string(is.live_weeks) +
                    " (of something in use both are the same) leave one empty");
  const int now = in_use ? is.live_weeks : is.weeks_in_stage;
  if (is.weeks_since_start >= 0 && is.weeks_since_start < now)
    from.refuse(row, "weeks_since_start",
                std::to_string(is.weeks_since_start) + " is less than the " + std::to_string(now) +
                    " weeks of the present stage (stages come one after another) correct one of "
                    "the two");
}

void read_users(const TableReader& from, size_t row, PortfolioRow& is) {
  is.users = from.whole("users", row, 1, most_users);
  is.active_users = from.whole("active_users", row, 0, most_users);
  if (is.active_users < 0) return;
  if (is.stage != static_cast<int>(Stage::in_use))
    from.refuse(row, "active_users",
                std::to_string(is.active_users) + " for something in stage " +
                    quoted(from.text("stage", row)) +
                    " (only what is in use has users) correct the stage, or leave this empty");
  if (is.users >= 0 && is.active_users > is.users)
    from.refuse(row, "active_users",
                std::to_string(is.active_users) + " are more than its users, " +
                    std::to_string(is.users) +
                    " (users are all whom it is for) correct one of the two");
}

int lightest(const PortfolioRow& is, const std::vector<int>& team_unit,
             const std::vector<int>& load) {
  int best = -1;
  const auto better = [&](int team, int than) {
    return than < 0 || load[static_cast<size_t>(team)] < load[static_cast<size_t>(than)];
  };
  for (int own = 1; own >= 0 && best < 0; --own)
    for (int team = 0; team < static_cast<int>(team_unit.size()); ++team)
      if ((own == 0 || team_unit[static_cast<size_t>(team)] == is.unit) && better(team, best))
        best = team;
  return best;
}

}  // namespace

std::vector<PortfolioRow> read_portfolio(const TableReader& from,
                                         const std::map<std::string, int>& units,
                                         const std::map<std::string, int>& teams,
                                         const std::vector<int>& team_unit) {
  from.names("initiative");
  std::vector<PortfolioRow> rows;
  std::vector<int> load(team_unit.size());
  for (size_t row = 0; row < from.rows(); ++row) {
    PortfolioRow is{};
    is.unit = from.find("unit", row, units, "organization.units");
    is.kind = from.choose("kind", row, kind_names, kinds);
    is.cls = from.choose("class", row, class_names, classes);
    is.stage = 1 + from.choose("stage", row, all_stages, 6);
    const double yearly = from.number("promised_yearly_value", row, 1, 1e9);
    is.promise = yearly * 100 / 52;
    is.spent = from.number("spent", row, 0, 1e9) * 100;
    read_weeks(from, row, is);
    read_users(from, row, is);
    if (teams.empty() && from.has("team", row))
      from.refuse(row, "team",
                  quoted(from.text("team", row)) +
                      " is a row of organization.teams (there is no such table) give it too, or "
                      "leave this empty");
    is.team = from.find("team", row, teams, "organization.teams");
    if (is.team < 0) is.team = lightest(is, team_unit, load);
    ++load[static_cast<size_t>(is.team)];
    rows.push_back(is);
  }
  return rows;
}

}  // namespace chasm::enterprise
