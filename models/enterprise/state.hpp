#pragma once

// The state of an organization, a struct of columns a kind of thing.

#include "models/enterprise/causes.hpp"
#include "models/enterprise/events.hpp"
#include "models/enterprise/ledger.hpp"
#include "models/enterprise/levers.hpp"
#include "models/enterprise/shape.hpp"
#include "models/mutual_learning.hpp"
#include "sim/columns.hpp"
#include "sim/vocabulary.hpp"
#include "sim/wide.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Posts and the people who hold them, [post].
template <class L>
struct People {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  Column<U, L::stride> held, positive;  // beliefs; none while the post is vacant
  Column<I, L::stride> change;  // week in which the person leaves, or the vacant post is filled
  Column<U, L::stride> hires;   // 2 x persons hired after the first + whether the post is filled
  Column<F, L::stride> technical, business;  // literacy, 0..1

  CHASM_FN People(Arena& arena, const Shape& shape)
      : held(arena.column<L, U>(shape.people())),
        positive(arena.column<L, U>(shape.people())),
        change(arena.column<L, I>(shape.people())),
        hires(arena.column<L, U>(shape.people())),
        technical(arena.column<L, F>(shape.people())),
        business(arena.column<L, F>(shape.people())) {}

  CHASM_OP typename L::M filled(int post) const { return (hires[post] & U(1u)) != U(0u); }
};

// Technical teams, then the units' own people, [group].
template <class L>
struct Groups {
  using F = typename L::F;
  using U = typename L::U;
  Column<U, L::stride> held, positive;          // the group's code
  Column<U, L::stride> was_held, was_positive;  // the code at the start of the week
  Column<F, L::stride> size;                    // posts
  Column<F, L::stride> filled;                  // people
  Column<F, L::stride> energy;                  // productive people: newcomers count for less
  Column<F, L::stride> technical, business;     // mean literacy of those present
  Column<F, L::stride> experience;              // [team] stages completed, forgotten in time
  Column<F, L::stride> load;                    // [team] initiatives that share the team
  Column<F, L::stride> upkeep;  // [team] share of the team that solutions in use take
  Column<F, L::stride> pace;    // [team] speed on one of its initiatives

  CHASM_FN Groups(Arena& arena, const Shape& shape)
      : held(arena.column<L, U>(shape.groups())),
        positive(arena.column<L, U>(shape.groups())),
        was_held(arena.column<L, U>(shape.groups())),
        was_positive(arena.column<L, U>(shape.groups())),
        size(arena.column<L, F>(shape.groups())),
        filled(arena.column<L, F>(shape.groups())),
        energy(arena.column<L, F>(shape.groups())),
        technical(arena.column<L, F>(shape.groups())),
        business(arena.column<L, F>(shape.groups())),
        experience(arena.column<L, F>(shape.teams)),
        load(arena.column<L, F>(shape.teams)),
        upkeep(arena.column<L, F>(shape.teams)),
        pace(arena.column<L, F>(shape.teams)) {}
};

// Business units, [unit].
template <class L>
struct Units {
  using F = typename L::F;
  Column<F, L::stride> legacy;             // legacy complexity, 0..1
  Column<F, L::stride> trust;              // trust of the unit in technology, 0..1
  Column<F, L::stride> was_trust;          // before the disputes of the week
  Column<F, L::stride> discovery;          // cumulative hazard of discovery
  Column<F, L::stride> requested, served;  // data requests of all time, in ordinary requests
  Column<F, L::stride> developing;         // initiatives in development for the unit
  Column<F, L::stride> untranslated;       // share of misunderstanding that translators leave
  Column<F, L::stride> understanding;      // [team x unit] direct shared understanding, 0..1

  CHASM_FN Units(Arena& arena, const Shape& shape)
      : legacy(arena.column<L, F>(shape.units)),
        trust(arena.column<L, F>(shape.units)),
        was_trust(arena.column<L, F>(shape.units)),
        discovery(arena.column<L, F>(shape.units)),
        requested(arena.column<L, F>(shape.units)),
        served(arena.column<L, F>(shape.units)),
        developing(arena.column<L, F>(shape.units)),
        untranslated(arena.column<L, F>(shape.units)),
        understanding(arena.column<L, F>(shape.teams * shape.units)) {}
};

// Data assets, [asset].
template <class L>
struct Assets {
  using F = typename L::F;
  using U = typename L::U;
  Column<F, L::stride> quality;  // 0..1
  Column<F, L::stride> demand;   // requests by initiatives so far
  Column<U, L::stride> flags;    // 1: under privacy rules, 2: prepared before

  CHASM_FN Assets(Arena& arena, const Shape& shape)
      : quality(arena.column<L, F>(shape.assets)),
        demand(arena.column<L, F>(shape.assets)),
        flags(arena.column<L, U>(shape.assets)) {}
};
inline constexpr unsigned is_private = 1, was_prepared = 2;

// What is known of an opportunity, packed: kind 0..1, class 2..4, unit 5..11, flags 12..15, status 16..18, cause 19..23.
inline constexpr unsigned is_true = 1u << 12, is_real_time = 1u << 13, is_high_risk = 1u << 14;
enum class Status : unsigned { none = 0, latent = 1, known = 2, started = 3, ended = 4 };

template <class U>
struct Facts {
  U bits;
  CHASM_OP U kind() const { return bits & U(3u); }
  CHASM_OP U cls() const { return (bits >> 2) & U(7u); }
  CHASM_OP U unit() const { return (bits >> 5) & U(127u); }
  CHASM_OP Mask<U::width> has(unsigned flag) const { return (bits & U(flag)) != U(0u); }
  CHASM_OP U status() const { return (bits >> 16) & U(7u); }
  CHASM_OP Mask<U::width> is(Status status_) const {
    return status() == U(static_cast<unsigned>(status_));
  }
  CHASM_OP U cause() const { return (bits >> 19) & U(31u); }
  CHASM_OP Facts with(Status status_) const {
    return {(bits & U(~(7u << 16))) | U(static_cast<unsigned>(status_) << 16)};
  }
  CHASM_OP Facts with(U cause_) const { return {(bits & U(~(31u << 19))) | (cause_ << 19)}; }
};

// Opportunities for value, known or not, [opportunity]; the rest of what they are is drawn again from their address.
template <class L>
struct Opportunities {
  using F = typename L::F;
  using U = typename L::U;
  Column<U, L::stride> value;      // cents a week
  Column<U, L::stride> facts;      // Facts
  Column<F, L::stride> threshold;  // cumulative hazard at which it is discovered
  Column<F, L::stride> score;      // of the last funding round

  CHASM_FN Opportunities(Arena& arena, const Shape& shape)
      : value(arena.column<L, U>(shape.opportunities)),
        facts(arena.column<L, U>(shape.opportunities)),
        threshold(arena.column<L, F>(shape.opportunities)),
        score(arena.column<L, F>(shape.opportunities)) {}
};

// Initiatives, in development or in use, [place].
template <class L>
struct Initiatives {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  using M = typename L::M;
  using W = Wide<L::width>;
  Column<I, L::stride> stage;        // Stage
  Column<U, L::stride> opportunity;  // its number
  Column<U, L::stride> value;        // cents a week
  Column<U, L::stride> facts;  // Facts of the opportunity; the kind is that of what is made of it
  Column<U, L::stride> needs;  // data assets, 10 bits each; 1023: none
  Column<I, L::stride> team, started, entered,
      live;  // weeks of the start, of entering the stage, of going live (0 before)
  Column<I, L::stride>
      waits;  // 1 + weeks since its work was done, while it waits for the council or a release; else 0
  Column<I, L::stride> stall, pause;  // weeks left of a dispute, of an incident
  Column<U, L::stride> flags;         // Progress flags
  Column<I, L::stride> attempts;      // rework of this stage + 16 x builds again
  Column<I, L::stride> pilot;  // week in which the pilot ended, 0 before; all weeks may be negative
  Column<F, L::stride> left;   // work left of the stage [week of a team]
  Column<F, L::stride> nominal;  // weeks that deployment would take without legacy
  Column<F, L::stride> understanding, fidelity, effort, quality, required, loss;  // loss: drift
  Column<F, L::stride> readiness;         // of its data, 0..1
  Column<F, L::stride> complexity, dear;  // dear: cost a week, times
  Column<F, L::stride> indicator;         // leading indicator at 26 weeks, -1 before
  Column<F, L::stride> ticket[needs_most];
  Column<F, L::stride> promise, charter, estimate;  // cents a week, cents a week, cents
  Column<F, L::stride> spent;                       // cents, since week 1
  Column<I, L::stride> users[populations], active[populations];
  Column<I, L::stride> sites, sites_live;
  Column<F, L::stride> site_work;  // work left until the next site is live
  Column<F, L::stride> earned;     // cents in weeks 53 to 104 of use
  Column<F, L::stride> earned_weeks;

  CHASM_FN Initiatives(Arena& arena, const Shape& shape) {
    const int n = shape.places;
    each_column([&](auto& column) { column = arena.column<L, I>(n); }, team, started, entered, live,
                stage, waits, stall, pause, attempts, pilot, sites, sites_live, users[0], users[1],
                active[0], active[1]);
    each_column([&](auto& column) { column = arena.column<L, U>(n); }, opportunity, value, facts,
                needs, flags);
    each_column([&](auto& column) { column = arena.column<L, F>(n); }, left, nominal, understanding,
                fidelity, effort, quality, required, loss, readiness, complexity, dear, indicator,
                ticket[0], ticket[1], ticket[2], promise, charter, estimate, spent, site_work,
                earned, earned_weeks);
  }

  CHASM_OP M is(int place, Stage stage_) const {
    return stage[place] == I(static_cast<int>(stage_));
  }
  CHASM_OP M developing(int place) const {
    return (stage[place] > I(0)) & (stage[place] < I(static_cast<int>(Stage::in_use)));
  }
};
inline constexpr unsigned asks_for_data = 1, waits_for_data = 2, reworks = 4, rebuilds = 8,
                          is_rebased = 16, was_piloted = 32;

// Counters of what the stylised facts and the scorecard are made of, over the life of a world.
template <class F>
struct Tallies {
  F started, pilots, went_live, weeks_to_live;
  F seen[gates], stopped[gates], gate_weeks;
  F failed_builds, limbo, withdrawn, gave_up, incidents, disputes, retrainings, rework;
  F cohort, cohort_live;                // F1
  F pilot_cohort, pilot_cohort_live;    // F1p
  F insights, insights_told, benefits;  // F2
  F ended, fell_short;                  // F3
  F run_rate, run_rate_promised;        // F4a_surv [cents a week]
  F all_run_rate, all_promised;         // F4a_all [cents a week]
  F spent_on_nothing;                   // cents spent on making what realises nothing
  F developed, off_priority;            // cents spent on development, of it beside the priorities
  F short_in_production;                // worse in use than their builds had to be
  F rival;                              // cents that a rival would realise of the same potential
  F data_weeks, wait_weeks, limbo_weeks;
  F reused, needed;  // prepared data assets among those needed
  F understanding, initiative_weeks;
  F in_use_weeks, adoption, fidelity, quality, data_quality, drift;
  F development_weeks, funded, weeks;
  F warned_live[2], warned[2];  // by early warning at week 26: 0 low, 1 high indicator
};

template <class L>
struct State {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  using M = typename L::M;
  using W = Wide<L::width>;

  People<L> people;
  Groups<L> groups;
  Units<L> units;
  Assets<L> assets;
  Opportunities<L> opportunities;
  Initiatives<L> initiatives;
  [[no_unique_address]] Ledger<L> ledger;

  U dimensions;  // one bit a dimension
  U technical_reality, business_reality;
  U priorities;                       // strategic classes, one bit a class
  F level[levers];                    // effective level of each lever: practice and intervention
  F requested[levers];                // strength asked for this week
  F staff;                            // share of technical staff that levers take
  F dip;                              // productivity lost while teams form anew
  F task[3];                          // effort on technical, business and bridging work
  F contact_unit, contact_elsewhere;  // weekly chances of contact
  F outside;                          // share of contacts outside of one's group
  F knowledge;                        // business knowledge of the codes, mean over groups
  F confidence, sponsorship, lessons;
  F council_clock, funding_clock;
  U known_opportunities;                // number of opportunities so far
  int opportunities_used, places_used;  // loops end here: beyond, every lane is empty

  W balance, inflow, spending, week_spending, lever_spending;  // cents
  F yearly_budget;                                             // cents
  W bars[causes];                                              // cents, over all weeks
  W standing[causes];           // cents a week of opportunities that are no initiative
  W believed, believed_weekly;  // cents; cents a week
  W realised;                   // cents, accumulated by users and benefit
  W week_realised;
  F month_net;                                      // cents
  F net_present_value, cumulative_net, last_below;  // cents, cents, week
  F growth;                                         // of money in a week at the discount rate
  F discount;
  Tallies<F> tally;

  CHASM_FN State(Arena& arena, const Shape& shape, const Shared&)
      : people(arena, shape),
        groups(arena, shape),
        units(arena, shape),
        assets(arena, shape),
        opportunities(arena, shape),
        initiatives(arena, shape),
        ledger(arena, shape) {}

  CHASM_OP F at(Lever lever) const { return level[index(lever)]; }
};

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
