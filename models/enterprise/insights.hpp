#pragma once

// Insights: analyses and model outputs delivered for a decision, by initiatives of every kind from the data stage on.

#include "models/enterprise/initiative.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// One insight: acted on as far as people understand one another and decisions are built for it; of benefit where the
// hypothesis is true. Those of the last 52 weeks are too young to tell.
template <class W, class L>
CHASM_FN void deliver_insight(W& w, State<L>& s, int place, typename L::M who,
                              typename L::U occasion) {
  using F = typename L::F;
  using U = typename L::U;
  const auto& i = s.initiatives;
  const F chance = w.p.insights_acted_on * i.understanding[place] +
                   w.p.effect_decisions_act * s.at(Lever::decisions) +
                   w.p.effect_literacy_act * s.at(Lever::literacy);
  s.tally.insights += select(who, F(1), F(0));
  if (w.t > w.steps - 52) {
    w.note(who, Event::insight, i.opportunity[place], i.stage[place], 0, 0, 0);
    return;
  }
  const auto words =
      this_week(w, Decision::insight, i.opportunity[place] | (occasion << 16)).block(0);
  const auto acted = who & comes_true<L>(words.word[0], chance);
  s.tally.insights_told += select(who, F(1), F(0));
  const auto benefits = acted & Facts<U>{i.facts[place]}.has(is_true);
  w.note(who, Event::insight, i.opportunity[place], i.stage[place], 1, select(acted, F(1), F(0)),
         select(benefits, F(1), F(0)));
  s.tally.benefits += select(benefits, F(1), F(0));
  const auto facts = w.totals(TotalOf::facts);
  facts.add(benefits, Wide<L::width>(1), 2, 0);
  facts.add(who, Wide<L::width>(1), 2, 1);
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
