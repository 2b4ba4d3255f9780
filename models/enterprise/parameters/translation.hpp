#pragma once

// S3: shared understanding, translators, fidelity of requirements.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

template <class F>
struct TranslationParams {
  F understanding_scale, understanding_code_floor, understanding_contact_share, understanding_most,
      translators_in_place, translators_effectiveness, translators_technical_literacy,
      translators_business_literacy, translators_load_cap, translators_authority, translation_gain,
      translation_iteration, translation_gain_in_framing, translation_gain_in_data,
      translation_gain_in_build, translation_gain_in_pilot, translation_gain_in_deployment,
      translation_handoff_loss, translation_requirement_drift, translation_start,
      translation_start_of_knowledge;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&TranslationParams::understanding_scale,
          Parameter{"understanding.scale", "", 1.6, 0, 6, Grade::judgement,
                    "judgement; decides what translators are worth",
                    "scale of direct understanding between a team and a unit"});
    visit(&TranslationParams::understanding_code_floor,
          Parameter{"understanding.code_floor", "", 0.2, 0, 1, Grade::judgement, "judgement",
                    "understanding that needs no common code, as a share"});
    visit(&TranslationParams::understanding_contact_share,
          Parameter{"understanding.contact_share", "", 0.6, 0, 1, Grade::judgement, "judgement",
                    "share of understanding that hangs on contact"});
    visit(&TranslationParams::understanding_most,
          Parameter{"understanding.most", "", 0.95, 0.5, 1, Grade::judgement, "judgement",
                    "largest direct understanding"});
    visit(
        &TranslationParams::translators_in_place,
        Parameter{"translators.in_place", "", 2, 0, 512, Grade::input,
                  "McKinsey: .2 for 10 technical staff", "translators in place before any lever"});
    visit(&TranslationParams::translators_effectiveness,
          Parameter{"translators.effectiveness", "", 0.58, 0, 1, Grade::judgement, "judgement",
                    "share of misunderstanding that one fully skilled translator removes"});
    visit(&TranslationParams::translators_technical_literacy,
          Parameter{"translators.technical_literacy", "", 0.75, 0, 1, Grade::judgement, "judgement",
                    "technical literacy of a translator"});
    visit(&TranslationParams::translators_business_literacy,
          Parameter{"translators.business_literacy", "", 0.75, 0, 1, Grade::judgement, "judgement",
                    "business literacy of a translator"});
    visit(&TranslationParams::translators_load_cap,
          Parameter{"translators.load_cap", "initiative", 4, 0.5, 1000, Grade::judgement, "2 to 5",
                    "initiatives that one translator can attend to", false, 2, 5});
    visit(&TranslationParams::translators_authority,
          Parameter{"translators.authority", "", 0, 0, 1, Grade::input, "judgement",
                    "decision rights of the translators that the lever adds, added to their "
                    "effectiveness times effect.translators.authority"});
    visit(&TranslationParams::translation_gain,
          Parameter{"translation.gain", "", 0.56, 0, 1, Grade::judgement,
                    ".1 to .6; no causal estimate",
                    "fidelity gained in one iteration at full understanding", false, 0.2, 0.6});
    visit(&TranslationParams::translation_iteration,
          Parameter{"translation.iteration", "week", 2.3, 1, 12, Grade::judgement, "judgement",
                    "worked weeks of one iteration"});
    visit(&TranslationParams::translation_gain_in_framing,
          Parameter{"translation.gain_in_framing", "", 1.6, 0, 3, Grade::judgement, "judgement",
                    "relative gain of an iteration in framing"});
    visit(&TranslationParams::translation_gain_in_data,
          Parameter{"translation.gain_in_data", "", 1, 0, 3, Grade::judgement, "judgement",
                    "relative gain of an iteration in data"});
    visit(&TranslationParams::translation_gain_in_build,
          Parameter{"translation.gain_in_build", "", 0.5, 0, 3, Grade::judgement, "judgement",
                    "relative gain of an iteration in build"});
    visit(&TranslationParams::translation_gain_in_pilot,
          Parameter{"translation.gain_in_pilot", "", 0.3, 0, 3, Grade::judgement, "judgement",
                    "relative gain of an iteration in the pilot"});
    visit(&TranslationParams::translation_gain_in_deployment,
          Parameter{"translation.gain_in_deployment", "", 0.15, 0, 3, Grade::judgement, "judgement",
                    "relative gain of an iteration in deployment"});
    visit(&TranslationParams::translation_handoff_loss,
          Parameter{"translation.handoff_loss", "", 0.029, 0, 0.5, Grade::claim, "VDT .05-.10",
                    "fidelity lost at a handoff without understanding"});
    visit(&TranslationParams::translation_requirement_drift,
          Parameter{"translation.requirement_drift", "1/week", 0.001, 0, 0.05, Grade::judgement,
                    "judgement", "fidelity lost a week as requirements move"});
    visit(&TranslationParams::translation_start,
          Parameter{"translation.start", "", 0.55, 0, 1, Grade::judgement, "judgement",
                    "fidelity of a new requirement without business knowledge"});
    visit(&TranslationParams::translation_start_of_knowledge,
          Parameter{"translation.start_of_knowledge", "", 0.2, 0, 1, Grade::judgement, "judgement",
                    "fidelity at the start that full business knowledge of the team adds"});
  }
};

}  // namespace chasm::enterprise
