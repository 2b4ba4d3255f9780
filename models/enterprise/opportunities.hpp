#pragma once

// Opportunities arise, latent at first, and are discovered through contact across boundaries.

#include "models/enterprise/waterfall.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Everything drawn about an opportunity, by the place of its word.
struct OpportunityWord {
  enum : uint32_t {
    kind,
    cls,
    unit,
    value,
    truth,
    novelty,
    threshold,
    complexity,
    real_time,
    risk,
    need_count,
    need
  };
};

template <class W>
CHASM_OP typename W::U opportunity_word(const W& w, typename W::U opportunity, uint32_t which) {
  return about(w, Decision::opportunity, opportunity).block(which / 4).word[which % 4];
}

// The value of an opportunity as it is kept, in whole cents a week, below 2^31: the tail ends at `opportunity.most`.
template <class W, class F>
CHASM_OP typename W::U kept_value(const W& w, F cents_a_week) {
  const F most = w.p.opportunity_most * F(1e8 / 52);
  return bits_as<typename W::U>(to_int(round(min(cents_a_week, most))));
}

// Opportunity `number` (the same in all lanes) arises in those worlds. Value: lognormal, in cents a week.
template <class W, class L>
CHASM_FN void arise(W& w, State<L>& s, int number, typename L::M where) {
  using F = typename L::F;
  using U = typename L::U;
  const auto words = about(w, Decision::opportunity, U(static_cast<unsigned>(number)));
  const auto first = words.block(0), second = words.block(1), third = words.block(2);
  const F all = w.p.kind_share[0] + w.p.kind_share[1] + w.p.kind_share[2] + w.p.kind_share[3];
  w.fail(where & ~(all > F(0)), Failure::no_kinds);
  const F pick = uniform<L>(first.word[0]) * all;
  U kind(0u);
  F below(0);
  for (int k = 0; k + 1 < kinds; ++k) {
    below += w.p.kind_share[k];
    kind += as_bits(pick >= below) & U(1u);
  }
  const U cls = uniform_below<L>(first.word[1], U(static_cast<unsigned>(classes)));
  const U unit = uniform_below<L>(first.word[2], U(static_cast<unsigned>(w.shape.units)));
  const F median = w.p.opportunity_value * of_kind(w.p.kind_value, kind) * F(1e8 / 52);
  const F value = median * exp(w.p.opportunity_spread * normal<L>(first.word[3]));
  U facts = kind | (cls << 2) | (unit << 5);
  facts |= as_bits(comes_true<L>(second.word[0],
                                 w.p.hypothesis_true_share * of_kind(w.p.kind_hypothesis, kind))) &
           U(is_true);
  facts |= as_bits(comes_true<L>(third.word[0], w.p.data_real_time)) & U(is_real_time);
  facts |= as_bits(comes_true<L>(third.word[1], w.p.incidents_high_risk)) & U(is_high_risk);
  facts = Facts<U>{facts}.with(Status::latent).bits;
  facts = select((facts & U(is_true)) != U(0u),
                 Facts<U>{facts}.with(U(static_cast<unsigned>(Cause::undiscovered))).bits, facts);
  auto& o = s.opportunities;
  const F hazard = gather(s.units.discovery, unit) + exponential<L>(second.word[2], F(1));
  o.value[number] = select(where, kept_value(w, value), o.value[number]);
  o.facts[number] = select(where, facts, o.facts[number]);
  o.threshold[number] = select(where, hazard, o.threshold[number]);
  s.believed_weekly += select(where, Wide<L::width>::from(o.value[number]), Wide<L::width>(0));
  enter(w, s, where, o.value[number], facts);
  const Facts<U> is{facts};
  w.note(where, Event::arises, number, kind, cls, unit, o.value[number],
         select(is.has(is_true), F(1), F(0)));
}

// So many more opportunities in each world.
template <class W, class L>
CHASM_FN void arise_many(W& w, State<L>& s, typename L::I count) {
  using U = typename L::U;
  const U wanted = s.known_opportunities + bits_as<U>(count);
  const U room(static_cast<unsigned>(w.shape.opportunities));
  w.fail(wanted > room, Failure::too_many_opportunities);
  const U until = min(wanted, room);
  for (int number = 0; number < w.shape.opportunities; ++number) {
    const U here(static_cast<unsigned>(number));
    const auto where = (here >= s.known_opportunities) & (here < until);
    if (any(where)) {
      arise(w, s, number, where);
      if (number >= s.opportunities_used) s.opportunities_used = number + 1;
    }
  }
  s.known_opportunities = until;
}

// Discovery is a hazard in proportion to the share of contacts that reach outside of the own group; an opportunity is discovered
// once the hazard of its unit has grown by an exponential number of its own.
template <class W, class L>
CHASM_FN void discover(W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  const F rate = w.p.opportunity_discovery * s.outside *
                 fma(w.p.effect_value_mapping_discovery, s.at(Lever::value_mapping), F(1));
  each(w.shape.units, [&](int unit) { s.units.discovery[unit] += rate; });
  each(s.opportunities_used, [&](int number) {
    const Facts<U> is{s.opportunities.facts[number]};
    auto found = is.is(Status::latent);
    if (!any(found)) return;
    found = found & (off(w, Mechanism::discovery) |
                     (gather(s.units.discovery, is.unit()) >= s.opportunities.threshold[number]));
    if (!any(found)) return;
    move_to(w, s, number, found, Status::known, Cause::capacity);
    w.note(found, Event::becomes_known, number, is.unit(), s.outside);
  });
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
