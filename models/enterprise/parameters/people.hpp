#pragma once

// Who works there: turnover, vacancies, skills.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct PeopleParams {
  F people_turnover, people_vacancy, people_ramp_up, people_newcomer_productivity,
      people_technical_literacy_of_technical, people_business_literacy_of_technical,
      people_technical_literacy_of_business, people_business_literacy_of_business, culture_safety,
      people_patience, people_impatience, culture_without_sponsor;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&PeopleParams::people_turnover,
          Parameter{"people.turnover", "1/year", 0.3, 0, 2, Grade::survey,
                    "Burtch Works 2018-22; LinkedIn 2018: .13 to .33",
                    "rate at which a person leaves"});
    visit(&PeopleParams::people_vacancy,
          Parameter{"people.vacancy", "week", 9, 1, 52, Grade::claim, "51 days to fill a post",
                    "mean weeks until a post is filled again"});
    visit(&PeopleParams::people_ramp_up,
          Parameter{"people.ramp_up", "week", 18, 1, 104, Grade::judgement, "12 to 26 weeks",
                    "time over which a newcomer reaches full productivity (1 - 1/e)"});
    visit(&PeopleParams::people_newcomer_productivity,
          Parameter{"people.newcomer_productivity", "", 0.5, 0, 1, Grade::judgement, "judgement",
                    "productivity of a newcomer in the first week"});
    visit(&PeopleParams::people_technical_literacy_of_technical,
          Parameter{"people.technical_literacy_of_technical", "", 0.8, 0.05, 0.95, Grade::judgement,
                    "Beta(8,2)", "mean technical literacy of technical staff"});
    visit(&PeopleParams::people_business_literacy_of_technical,
          Parameter{"people.business_literacy_of_technical", "", 0.25, 0.05, 0.95, Grade::judgement,
                    "Beta(2,6)", "mean business literacy of technical staff"});
    visit(&PeopleParams::people_technical_literacy_of_business,
          Parameter{"people.technical_literacy_of_business", "", 0.25, 0.05, 0.95, Grade::judgement,
                    "Beta(2,6)", "mean technical literacy of business staff"});
    visit(&PeopleParams::people_business_literacy_of_business,
          Parameter{"people.business_literacy_of_business", "", 0.8, 0.05, 0.95, Grade::judgement,
                    "Beta(8,2)", "mean business literacy of business staff"});
    visit(&PeopleParams::culture_safety,
          Parameter{"culture.safety", "", 0.3, 0, 1, Grade::judgement, "judgement",
                    "psychological safety without a lever"});
    visit(&PeopleParams::people_patience,
          Parameter{"people.patience", "week", 71, 0, 1000, Grade::judgement, "judgement",
                    "weeks that the business waits for a result"});
    visit(&PeopleParams::people_impatience,
          Parameter{"people.impatience", "1/week", 0.0058, 0, 1, Grade::judgement, "judgement",
                    "hazard that an initiative is given up after that"});
    visit(&PeopleParams::culture_without_sponsor,
          Parameter{"culture.without_sponsor", "", 0.3, 0, 1, Grade::judgement, "judgement",
                    "strength of culture levers without a sponsor"});
  }
};

}  // namespace chasm::enterprise
