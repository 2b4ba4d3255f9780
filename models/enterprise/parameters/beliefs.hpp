#pragma once

// S1 and S2: two realities, learning from one another, contacts.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct BeliefParams {
  F realities_overlap, realities_technical_turbulence, realities_business_turbulence,
      beliefs_socialisation, beliefs_code_learning, beliefs_technical_business_weight,
      beliefs_business_business_weight, measurement_noise, beliefs_noise_scale, contacts_floor,
      contacts_near, contacts_decay, contacts_distance_in_unit, contacts_distance_elsewhere,
      measurement_attribution, measurement_bias;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&BeliefParams::realities_overlap,
          Parameter{
              "realities.overlap", "", 0.42, 0, 1, Grade::judgement, "judgement",
              "share of dimensions in which technical and business reality agree at the start"});
    visit(&BeliefParams::realities_technical_turbulence,
          Parameter{"realities.technical_turbulence", "1/week", 0.0025, 0, 0.1, Grade::judgement,
                    "judgement", "chance a week that a dimension of the technical reality flips"});
    visit(&BeliefParams::realities_business_turbulence,
          Parameter{"realities.business_turbulence", "1/week", 0.0025, 0, 0.1, Grade::judgement,
                    "judgement", "chance a week that a dimension of the business reality flips"});
    visit(
        &BeliefParams::beliefs_socialisation,
        Parameter{
            "beliefs.socialisation", "1/round", 0.26, 0, 1, Grade::judgement,
            "March 1991, p1; level judged",
            "chance a learning round that a belief moves one step toward the code that was heard"});
    visit(&BeliefParams::beliefs_code_learning,
          Parameter{"beliefs.code_learning", "1/vote", 0.58, 0, 1, Grade::judgement,
                    "March 1991, p2; level judged",
                    "chance that one superior member's vote revises the group's code"});
    visit(&BeliefParams::beliefs_technical_business_weight,
          Parameter{"beliefs.technical_business_weight", "", 0.33, 0, 1, Grade::judgement,
                    "judgement",
                    "weight of the business metric in the measured score of technical groups"});
    visit(
        &BeliefParams::beliefs_business_business_weight,
        Parameter{"beliefs.business_business_weight", "", 0.73, 0, 1, Grade::judgement, "judgement",
                  "weight of the business metric in the measured score of business groups"});
    visit(&BeliefParams::measurement_noise,
          Parameter{
              "measurement.noise", "", 0.92, 0, 3, Grade::judgement, "judgement",
              "noise of measured business results, in standard deviations of a belief's worth"});
    visit(&BeliefParams::beliefs_noise_scale,
          Parameter{"beliefs.noise_scale", "", 4, 0, 20, Grade::judgement, "judgement",
                    "score points for one unit of measurement.noise"});
    visit(
        &BeliefParams::contacts_floor,
        Parameter{"contacts.floor", "", 0.07, 0, 1, Grade::measured,
                  "Allen 1977; asymptote within 50 m", "weekly chance of contact at any distance"});
    visit(&BeliefParams::contacts_near,
          Parameter{"contacts.near", "", 0.32, 0, 1, Grade::measured, "Allen 1977",
                    "weekly chance of contact added at no distance"});
    visit(&BeliefParams::contacts_decay,
          Parameter{"contacts.decay", "m", 8.1, 1, 50, Grade::measured, "Allen 1977",
                    "distance over which the added chance falls to 1/e"});
    visit(&BeliefParams::contacts_distance_in_unit,
          Parameter{"contacts.distance_in_unit", "m", 18, 0, 200, Grade::judgement, "judgement",
                    "distance between a technical team and the business unit it is embedded in"});
    visit(&BeliefParams::contacts_distance_elsewhere,
          Parameter{"contacts.distance_elsewhere", "m", 40, 0, 500, Grade::judgement, "judgement",
                    "distance to any other group"});
    visit(&BeliefParams::measurement_attribution,
          Parameter{"measurement.attribution", "", 0.44, 0, 2, Grade::judgement, "judgement",
                    "noise of measured value (log)"});
    visit(&BeliefParams::measurement_bias,
          Parameter{"measurement.bias", "", 0.2, 0, 2, Grade::judgement, "judgement",
                    "bias of measured value without a baseline (log)"});
  }
};

}  // namespace chasm::enterprise
