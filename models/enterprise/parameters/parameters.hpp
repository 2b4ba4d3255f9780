#pragma once

// Every parameter of the model, declared beside the submodel that it belongs to.

#include "models/enterprise/mechanisms.hpp"
#include "models/enterprise/parameters/beliefs.hpp"
#include "models/enterprise/parameters/data.hpp"
#include "models/enterprise/parameters/effects.hpp"
#include "models/enterprise/parameters/governance.hpp"
#include "models/enterprise/parameters/last_mile.hpp"
#include "models/enterprise/parameters/lever_params.hpp"
#include "models/enterprise/parameters/operation.hpp"
#include "models/enterprise/parameters/opportunity.hpp"
#include "models/enterprise/parameters/people.hpp"
#include "models/enterprise/parameters/translation.hpp"
#include "models/enterprise/parameters/work.hpp"

namespace chasm::enterprise {

template <class F>
struct Params : PeopleParams<F>,
                BeliefParams<F>,
                TranslationParams<F>,
                WorkParams<F>,
                DataParams<F>,
                OpportunityParams<F>,
                GovernanceParams<F>,
                LastMileParams<F>,
                OperationParams<F>,
                EffectParams<F>,
                LeverParams<F>,
                MechanismParams<F> {
  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    PeopleParams<F>::each(visit);
    BeliefParams<F>::each(visit);
    TranslationParams<F>::each(visit);
    WorkParams<F>::each(visit);
    DataParams<F>::each(visit);
    OpportunityParams<F>::each(visit);
    GovernanceParams<F>::each(visit);
    LastMileParams<F>::each(visit);
    OperationParams<F>::each(visit);
    EffectParams<F>::each(visit);
    LeverParams<F>::each(visit);
    MechanismParams<F>::each(visit);
  }
};

}  // namespace chasm::enterprise
