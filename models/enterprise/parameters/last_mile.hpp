#pragma once

// S10 and S11: legacy, integration, adoption.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct LastMileParams {
  F legacy_low, legacy_high, last_mile_legacy_work, last_mile_late_plan, last_mile_limbo,
      last_mile_release, last_mile_site_effort, last_mile_site_legacy, decisions_embedding,
      use_abandonment, adoption_innovation, adoption_imitation, adoption_steepness,
      adoption_threshold, adoption_full_usefulness, adoption_usefulness_weight,
      adoption_ease_weight, adoption_peer_weight, adoption_support_weight, adoption_ease,
      adoption_support, adoption_second_group, adoption_complex, adoption_disadoption,
      adoption_drift_disadoption, adoption_users, adoption_users_by_value, last_mile_sites,
      last_mile_sites_by_value;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&LastMileParams::legacy_low,
          Parameter{"legacy.low", "", 0.32, 0, 1, Grade::judgement, "judgement",
                    "lower end of the units' legacy complexity"});
    visit(&LastMileParams::legacy_high, Parameter{"legacy.high", "", 0.91, 0, 1, Grade::judgement,
                                                  "judgement", "upper end of it"});
    visit(&LastMileParams::last_mile_legacy_work,
          Parameter{"last_mile.legacy_work", "", 3, 0, 10, Grade::judgement, "judgement",
                    "integration work that full legacy adds, in shares"});
    visit(&LastMileParams::last_mile_late_plan,
          Parameter{"last_mile.late_plan", "", 1.37, 1, 5, Grade::judgement, "judgement",
                    "integration work where it was not planned, times"});
    visit(&LastMileParams::last_mile_limbo,
          Parameter{"last_mile.limbo", "1/week", 0.014, 0, 1, Grade::judgement, "judgement",
                    "hazard that a pilot in limbo for 26 weeks is given up, without a sponsor"});
    visit(&LastMileParams::last_mile_release,
          Parameter{"last_mile.release", "week", 4, 1, 52, Grade::judgement, "judgement",
                    "weeks between two release windows"});
    visit(&LastMileParams::last_mile_site_effort,
          Parameter{"last_mile.site_effort", "", 0.22, 0, 2, Grade::judgement, ".2-.5",
                    "work of one further site, as a share of the first", false, 0.15, 0.5});
    visit(&LastMileParams::last_mile_site_legacy,
          Parameter{"last_mile.site_legacy", "", 2, 0, 10, Grade::judgement, "judgement",
                    "site work that full legacy adds, in shares"});
    visit(&LastMileParams::decisions_embedding,
          Parameter{"decisions.embedding", "", 0.92, 0, 1, Grade::judgement, "judgement",
                    "share of a solution's value that its place in the workflow lets through"});
    visit(&LastMileParams::use_abandonment,
          Parameter{"use.abandonment", "1/year", 0.14, 0, 5, Grade::judgement, "judgement",
                    "rate at which a solution in use is withdrawn"});
    visit(&LastMileParams::adoption_innovation,
          Parameter{"adoption.innovation", "1/year", 1.7, 0, 10, Grade::judgement,
                    "managed roll-outs .2-2.5; Bass market .03-.20", "adoption without peers"});
    visit(&LastMileParams::adoption_imitation,
          Parameter{"adoption.imitation", "1/year", 6, 0, 20, Grade::judgement,
                    "managed roll-outs .5-4; Bass market .3-.6", "adoption through peers"});
    visit(&LastMileParams::adoption_steepness,
          Parameter{"adoption.steepness", "", 5.6, 0, 50, Grade::judgement, "judgement",
                    "steepness of the usefulness gate"});
    visit(&LastMileParams::adoption_threshold,
          Parameter{"adoption.threshold", "", 0.37, -10, 1, Grade::judgement, "judgement",
                    "usefulness at which half of the hazard is left"});
    visit(&LastMileParams::adoption_full_usefulness,
          Parameter{"adoption.full_usefulness", "", 0.6, 0.05, 1, Grade::judgement, "judgement",
                    "quality in use that counts as fully useful"});
    visit(&LastMileParams::adoption_usefulness_weight,
          Parameter{"adoption.usefulness_weight", "", 0.5, 0, 1, Grade::measured,
                    "King & He 2006: PU .50", "weight of usefulness"});
    visit(&LastMileParams::adoption_ease_weight,
          Parameter{"adoption.ease_weight", "", 0.2, 0, 1, Grade::measured,
                    "King & He 2006: EOU .19", "weight of ease of use"});
    visit(&LastMileParams::adoption_peer_weight,
          Parameter{"adoption.peer_weight", "", 0.2, 0, 1, Grade::measured,
                    "UTAUT social influence", "weight of peers"});
    visit(&LastMileParams::adoption_support_weight,
          Parameter{"adoption.support_weight", "", 0.1, 0, 1, Grade::measured,
                    "UTAUT facilitating conditions", "weight of support"});
    visit(&LastMileParams::adoption_ease,
          Parameter{"adoption.ease", "", 0.4, 0, 1, Grade::judgement, "judgement",
                    "ease of use without a lever"});
    visit(&LastMileParams::adoption_support,
          Parameter{"adoption.support", "", 0.3, 0, 1, Grade::judgement, "judgement",
                    "support without a lever"});
    visit(&LastMileParams::adoption_second_group,
          Parameter{"adoption.second_group", "", 0.8, 0, 2, Grade::judgement, "judgement",
                    "hazard of the second population against the first"});
    visit(&LastMileParams::adoption_complex,
          Parameter{"adoption.complex", "", 0, 0, 1, Grade::judgement, "Centola & Macy 2007",
                    "0: peers act as in Bass; 1: at least two of six peers are needed"});
    visit(&LastMileParams::adoption_disadoption,
          Parameter{"adoption.disadoption", "1/year", 0.24, 0, 5, Grade::judgement, "judgement",
                    "rate at which an active user gives up"});
    visit(&LastMileParams::adoption_drift_disadoption,
          Parameter{"adoption.drift_disadoption", "", 4, 0, 50, Grade::judgement, "judgement",
                    "factor on that rate where the model has lost all its value"});
    visit(&LastMileParams::adoption_users,
          Parameter{"adoption.users", "person", 120, 4, 5000, Grade::judgement, "judgement",
                    "median users of a solution of median value"});
    visit(&LastMileParams::adoption_users_by_value,
          Parameter{"adoption.users_by_value", "", 0.5, 0, 2, Grade::judgement, "judgement",
                    "exponent with which users grow with value"});
    visit(&LastMileParams::last_mile_sites,
          Parameter{"last_mile.sites", "", 1, 0, 10, Grade::judgement, "judgement",
                    "least sites of a solution of median value"});
    visit(&LastMileParams::last_mile_sites_by_value,
          Parameter{"last_mile.sites_by_value", "", 1.6, 0, 10, Grade::judgement, "judgement",
                    "sites added for each e-fold of value"});
  }
};

}  // namespace chasm::enterprise
