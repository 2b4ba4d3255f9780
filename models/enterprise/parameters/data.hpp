#pragma once

// S6 and S7: data assets, requests, technical quality.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct DataParams {
  F data_quality, data_quality_spread, data_representativeness, data_exponent, data_other_requests,
      data_service, data_stewardship, data_decay, data_privacy, data_privacy_work, data_real_time,
      data_batch_loss, technical_effort, technical_limit, technical_required_low,
      technical_required_high, technical_context;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&DataParams::data_quality,
          Parameter{"data.quality", "", 0.76, 0.01, 1, Grade::judgement, "judgement",
                    "mean quality of data assets at the start"});
    visit(&DataParams::data_quality_spread,
          Parameter{"data.quality_spread", "", 0.12, 0, 0.4, Grade::judgement, "judgement",
                    "standard deviation of it"});
    visit(&DataParams::data_representativeness,
          Parameter{"data.representativeness", "", 0.95, 0.1, 1, Grade::judgement, "judgement",
                    "how well training data stand for production"});
    visit(&DataParams::data_exponent,
          Parameter{"data.exponent", "", 0.33, 0, 1, Grade::survey, "Budach & Mohammed 2022: .3-1",
                    "exponent from data quality to performance"});
    visit(&DataParams::data_other_requests,
          Parameter{"data.other_requests", "1/week", 0.5, 0, 5, Grade::judgement, "judgement",
                    "requests to an owner that have nothing to do with AI"});
    visit(&DataParams::data_service,
          Parameter{"data.service", "1/week", 0.57, 0.05, 20, Grade::judgement,
                    "1-3 requests a steward and month; wait 4-12 weeks",
                    "requests that an owner serves"});
    visit(&DataParams::data_stewardship,
          Parameter{"data.stewardship", "1/week", 0.0056, 0, 0.2, Grade::judgement, "judgement",
                    "growth of quality toward 1"});
    visit(&DataParams::data_decay, Parameter{"data.decay", "1/week", 0.0012, 0, 0.1,
                                             Grade::judgement, "judgement", "decay of quality"});
    visit(&DataParams::data_privacy, Parameter{"data.privacy", "", 0.13, 0, 1, Grade::judgement,
                                               "judgement", "share of assets under privacy rules"});
    visit(&DataParams::data_privacy_work,
          Parameter{"data.privacy_work", "", 3, 1, 20, Grade::judgement, "judgement",
                    "work of a request for such an asset, in ordinary requests"});
    visit(&DataParams::data_real_time,
          Parameter{"data.real_time", "", 0.2, 0, 1, Grade::judgement, "judgement",
                    "share of initiatives that need data in real time"});
    visit(&DataParams::data_batch_loss,
          Parameter{"data.batch_loss", "", 0.25, 0, 1, Grade::judgement, "judgement",
                    "quality lost where such data come in batches"});
    visit(&DataParams::technical_effort,
          Parameter{"technical.effort", "week", 1.87, 0.1, 20, Grade::judgement, "judgement",
                    "technical work after which quality is at 1 - 1/e of its limit"});
    visit(&DataParams::technical_limit,
          Parameter{"technical.limit", "", 0.98, 0.1, 1, Grade::judgement, "judgement",
                    "technical quality that unlimited work reaches"});
    visit(&DataParams::technical_required_low,
          Parameter{"technical.required_low", "", 0.33, 0, 1, Grade::judgement, "judgement",
                    "lower end of the quality that a build must reach"});
    visit(&DataParams::technical_required_high,
          Parameter{"technical.required_high", "", 0.7, 0, 1, Grade::judgement, "judgement",
                    "upper end of it"});
    visit(&DataParams::technical_context,
          Parameter{"technical.context", "", 0.4, 0, 1, Grade::judgement, "judgement",
                    "share of technical quality that hangs on understanding"});
  }
};

}  // namespace chasm::enterprise
