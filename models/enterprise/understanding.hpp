#pragma once

// S3, first half: what a technical team and a unit understand of one another, and what translators add.

#include "models/enterprise/beliefs.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Direct understanding grows with a common code, contact, and what each side knows of the other's trade.
template <class W, class L>
CHASM_FN void understand_one(const W& w, State<L>& s, int team, int unit) {
  using F = typename L::F;
  using U = typename L::U;
  const int business = w.shape.teams + unit;
  const U both = s.groups.held[team] & s.groups.held[business];
  const U apart = s.groups.positive[team] ^ s.groups.positive[business];
  const F common =
      convert<F>(popcount(both & ~apart) - popcount(both & apart)) / F(w.shape.dimensions);
  const F floor_share = w.p.understanding_code_floor,
          contact_share = w.p.understanding_contact_share;
  const F by_code = fma(F(1) - floor_share, max(common, F(0)), floor_share);
  const F met = unit == w.shared.team_unit[team] ? s.contact_unit : s.contact_elsewhere;
  const F by_contact =
      fma(contact_share, met / max(w.p.contacts_near, F(0x1p-20)), F(1) - contact_share);
  const auto taught = [&](F literacy, F effect) {
    return fma(effect * s.at(Lever::literacy), F(1) - literacy, literacy);
  };
  const F by_skill =
      F(0.5) + sqrt(taught(s.groups.business[team], w.p.effect_literacy_business) *
                    taught(s.groups.technical[business], w.p.effect_literacy_technical));
  const F dashboards = w.p.effect_scorecard_understanding * s.at(Lever::scorecard);
  s.units.understanding[team * w.shape.units + unit] =
      clamp(fma(w.p.understanding_scale * by_code, by_contact * by_skill, dashboards), F(0),
            w.p.understanding_most);
}

// Teams take turns of four weeks; `everyone` at the start.
template <class W, class L>
CHASM_FN void understand(const W& w, State<L>& s, bool everyone) {
  for (int team = everyone ? 0 : w.t % 4; team < w.shape.teams; team += everyone ? 1 : 4)
    for (int unit = 0; unit < w.shape.units; ++unit) understand_one(w, s, team, unit);
}

// Translator j attends to the units that a table gives, else to units 2j and 2j + 1, round and round, and to every initiative
// there; who has more than `translators.load_cap` of them does less for each. The last translator may be there in part only.
// Decision rights come with the posts that the lever makes, not to those who are in place.
template <class W, class L>
CHASM_FN void translate(const W& w, State<L>& s) {
  using F = typename L::F;
  const F both_trades =
      sqrt(w.p.translators_technical_literacy * w.p.translators_business_literacy);
  const F usual = w.p.translators_effectiveness * both_trades;
  const F with_authority = min(fma(w.p.effect_translators_authority, w.p.translators_authority,
                                   w.p.translators_effectiveness),
                               F(1)) *
                           both_trades;
  const F hired = fma(F(10), s.at(Lever::translators), w.p.translators_in_place);
  const int units = w.shape.units;
  each(units, [&](int unit) { s.units.untranslated[unit] = F(1); });
  for (int j = 0; j < w.shape.translators; ++j) {
    const F there = clamp(hired - F(j), F(0), F(1));
    if (!any(there > F(0))) break;
    const F before = clamp(w.p.translators_in_place - F(j), F(0), F(1));
    const bool placed = j < w.shared.translators_placed;
    const int first = placed ? w.shared.translator_units[2 * j] : 2 * j % units;
    const int second = placed ? w.shared.translator_units[2 * j + 1] : (2 * j + 1) % units;
    const bool two = first != second;
    const F load = s.units.developing[first] + (two ? s.units.developing[second] : F(0));
    const F skill = fma(before, usual, (there - before) * with_authority);
    const F does = skill * min(F(1), w.p.translators_load_cap / max(load, F(0x1p-20)));
    s.units.untranslated[first] *= F(1) - does;
    if (two) s.units.untranslated[second] *= F(1) - does;
  }
}

// What the team of an initiative and its unit understand of one another, translators included.
template <class W, class L>
CHASM_OP typename L::F shared_understanding(const W& w, const State<L>& s, int place) {
  using F = typename L::F;
  using U = typename L::U;
  const U unit = Facts<U>{s.initiatives.facts[place]}.unit();
  const U pair =
      bits_as<U>(s.initiatives.team[place]) * U(static_cast<unsigned>(w.shape.units)) + unit;
  const F missing =
      (F(1) - gather(s.units.understanding, pair)) * gather(s.units.untranslated, unit);
  return unless_off(w, Mechanism::misunderstanding, F(1) - missing, F(1));
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
