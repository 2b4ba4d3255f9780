#pragma once

// What is fixed for a study: how many of what an organization has, and how they belong together.

#include "models/enterprise/portfolio_row.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

// Kinds of initiatives.
enum class Kind : int { predictive = 0, generative = 1, reporting = 2, bought = 3 };
inline constexpr int kinds = 4;
inline constexpr const char* kind_names[kinds] = {"predictive", "generative", "reporting",
                                                  "bought"};

// What an initiative is for.
inline constexpr int classes = 5;
inline constexpr const char* class_names[classes] = {"customer_experience", "operations",
                                                     "decisions", "new_products", "response"};

// The life of an initiative. A place without an initiative has stage `none`.
enum class Stage : int {
  none = 0,
  framing = 1,
  data = 2,
  build = 3,
  pilot = 4,
  deployment = 5,
  in_use = 6
};
inline constexpr int stages = 5;  // stages of work, framing to deployment
inline constexpr int gates = 4;   // after framing, data, build and pilot
inline constexpr const char* stage_names[stages] = {"framing", "data", "build", "pilot",
                                                    "deployment"};

inline constexpr int populations = 2;  // user populations of an initiative
inline constexpr int needs_most = 3;   // data assets that an initiative needs, at most

struct Shape {
  int units, teams, technical, business, translators, assets, opportunities, places, dimensions,
      cadence, burn_in;

  CHASM_FN int people() const { return technical + business; }
  // Technical teams first, then the units' own people.
  CHASM_FN int groups() const { return teams + units; }

  template <class Visit>
  static constexpr void each(Visit&& visit) {
    visit(&Shape::units, Size{"units", 8, 1, 64, "business units"});
    visit(&Shape::teams, Size{"teams", 16, 1, 512, "technical teams; each is embedded in a unit"});
    visit(&Shape::technical,
          Size{"technical_staff", 100, 1, 4095, "people of the technical teams"});
    visit(&Shape::business,
          Size{"business_staff", 140, 1, 65535, "people of the units who work with AI"});
    visit(&Shape::translators,
          Size{"translator_posts", 16, 0, 512, "posts for translators, filled or not"});
    visit(&Shape::assets, Size{"assets", 40, 1, 1000, "data assets"});
    visit(&Shape::opportunities,
          Size{"opportunities", 512, 1, 8192,
               "room for opportunities, latent ones too; a world with more fails"});
    visit(&Shape::places,
          Size{"places", 96, 1, 2048,
               "room for initiatives in development or in use; a world with more fails"});
    visit(&Shape::dimensions,
          Size{"dimensions", 30, 1, 32, "dimensions of reality and of beliefs"});
    visit(&Shape::cadence,
          Size{"belief_cadence", 4, 1, 52, "weeks between two learning rounds of a group"});
    visit(&Shape::burn_in,
          Size{"burn_in", 52, 0, 520,
               "weeks of learning and turnover before the first decision, without AI work"});
  }
  template <class Visit>
  static constexpr void each_choice(Visit&&) {}
  // An organization of one's own; docs/organizations.md says what its columns mean.
  template <class Visit>
  static constexpr void each_table(Visit&& visit) {
    visit(0, Table{"organization.units", "unit:text,people?,legacy?,trust?",
                   "business units: their own people, legacy complexity, trust in technology"});
    visit(0, Table{"organization.teams", "team:text,unit:text,people?",
                   "technical teams and the units they are embedded in"});
    visit(0, Table{"organization.people",
                   "person:text,unit:text?,team:text?,technical_literacy?,business_literacy?",
                   "people one by one, in place of head-counts"});
    visit(0, Table{"organization.translators", "translator:text,unit:text,unit2:text?",
                   "translators in place and the one or two units they attend to"});
    visit(0, Table{"organization.data", "asset:text,owner:text,quality?,private?",
                   "data assets and the units that own them"});
    visit(0, Table{"organization.portfolio",
                   "initiative:text,unit:text,kind:text,class:text,stage:text,spent,"
                   "promised_yearly_value,weeks_in_stage?,weeks_since_start?,live_weeks?,"
                   "team:text?,users?,active_users?",
                   "initiatives that run already, in development or in use"});
  }
};

// Who belongs where, and what is known of them; the same in all worlds. NaN: not known, drawn as ever.
struct Shared {
  const int* group_first = nullptr;  // [group + 1]: people of a group are neighbours
  const int* team_unit = nullptr;    // [team]
  const int* asset_owner = nullptr;  // [asset] a unit
  // Null where no table says anything of it.
  const int* unit_team = nullptr;  // [unit] a team that is embedded there, if any is
  const double *unit_legacy = nullptr, *unit_trust = nullptr;                // [unit]
  const double *asset_quality = nullptr, *asset_private = nullptr;           // [asset]
  const double *technical_literacy = nullptr, *business_literacy = nullptr;  // [post]
  const int* translator_units = nullptr;  // [2 translator], may be the same
  int translators_placed = 0;             // translators whose units are known
  const PortfolioRow* portfolio = nullptr;
  int initiatives = 0;  // rows of `portfolio`

  // visit(&Shared::member, numbers that it points to)
  template <class Visit>
  void each_array(const Shape& shape, Visit&& visit) const {
    visit(&Shared::group_first, shape.groups() + 1);
    visit(&Shared::team_unit, shape.teams);
    visit(&Shared::asset_owner, shape.assets);
    visit(&Shared::unit_team, shape.units);
    visit(&Shared::unit_legacy, shape.units);
    visit(&Shared::unit_trust, shape.units);
    visit(&Shared::asset_quality, shape.assets);
    visit(&Shared::asset_private, shape.assets);
    visit(&Shared::technical_literacy, shape.people());
    visit(&Shared::business_literacy, shape.people());
    visit(&Shared::translator_units, 2 * translators_placed);
    visit(&Shared::portfolio, initiatives);
  }
};

enum class Failure : int {
  none = 0,
  too_many_opportunities = 1,
  too_many_initiatives = 2,
  waterfall = 3,
  budget = 4,
  no_kinds = 5,
};

inline constexpr FailureReason failure_reasons[] = {
    {1, "more opportunities than `opportunities` has room for"},
    {2, "more initiatives at once than `places` has room for"},
    {3, "realised value by users and by the waterfall disagree"},
    {4, "the books do not balance"},
    {5, "every kind.*.share is 0"},
};

}  // namespace chasm::enterprise
