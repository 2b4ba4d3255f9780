#pragma once

// An initiative that an organization brings along, as its table says. -1: the table does not say.

namespace chasm::enterprise {

struct PortfolioRow {
  int kind, cls, unit, stage, team;
  double promise;         // [cents a week]
  double spent;           // [cents]
  int weeks_in_stage;     // of the present stage
  int weeks_since_start;  // of all stages
  int live_weeks;         // in use
  int users, active_users;
};

}  // namespace chasm::enterprise
