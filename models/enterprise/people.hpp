#pragma once

// Turnover: people leave, posts stay vacant, newcomers know neither the code nor the work (March 1991, p. 78; Argote &
// Epple 1990 for what leaves with them).

#include "models/enterprise/moment.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// A person takes a post. Beliefs are naive, but for what the organization keeps of its code; literacy is that of the trade,
// give or take .12.
template <class W, class L>
CHASM_FN void join(W& w, State<L>& s, int group, int post, typename L::M who) {
  using F = typename L::F;
  using U = typename L::U;
  auto& people = s.people;
  const U person = people.hires[post] >> 1;
  auto words = w.draws.once(Decision::newcomer, U(static_cast<unsigned>(post)) | (person << 16));
  const U stay = words.word(), technical = words.word(), business = words.word();
  const bool is_technical = group < w.shape.teams;
  const auto literacy = [&](U word, F of_technical, F of_business) {
    return clamp(normal<L>(word, is_technical ? of_technical : of_business, F(0.12)), F(0.02),
                 F(0.98));
  };
  const F lives = F(52) / max(w.p.people_turnover, F(0x1p-20));
  people.technical[post] = select(who,
                                  literacy(technical, w.p.people_technical_literacy_of_technical,
                                           w.p.people_technical_literacy_of_business),
                                  people.technical[post]);
  people.business[post] = select(who,
                                 literacy(business, w.p.people_business_literacy_of_technical,
                                          w.p.people_business_literacy_of_business),
                                 people.business[post]);
  people.change[post] = select(who,
                               select(off(w, Mechanism::turnover), typename L::I(1 << 20),
                                      weeks_until<L>(stay, lives) + typename L::I(w.t)),
                               people.change[post]);
  people.hires[post] = select(who, people.hires[post] | U(1u), people.hires[post]);
  const U wanted = s.dimensions & as_bits(who);
  U held, positive, kept(0u);
  auto beliefs = w.draws.once(Decision::newcomer,
                              U(static_cast<unsigned>(post)) | (person << 16) | U(1u << 31));
  one_of_three_each<L>(beliefs, wanted, held, positive);
  const F keeps =
      w.p.effect_knowledge_kept * s.at(Lever::knowledge) * select(person > U(0u), F(1), F(0));
  if (any(keeps > F(0))) {
    auto trials = w.draws.once(Decision::newcomer,
                               U(static_cast<unsigned>(post)) | (person << 16) | U(1u << 30));
    kept = happens_each<L>(trials, Digits<L::width>(threshold(keeps)), wanted);
  }
  held = (held & ~kept) | (s.groups.held[group] & kept);
  positive = (positive & ~kept) | (s.groups.positive[group] & kept);
  people.held[post] = select(who, held, people.held[post]);
  people.positive[post] = select(who, positive, people.positive[post]);
}

// Mean literacy of those present.
template <class W, class L>
CHASM_FN void take_stock(const W& w, State<L>& s, int group) {
  using F = typename L::F;
  F technical(0), business(0), present(0);
  for (int post = w.shared.group_first[group]; post < w.shared.group_first[group + 1]; ++post) {
    const F one = select(s.people.filled(post), F(1), F(0));
    present += one;
    technical = fma(s.people.technical[post], one, technical);
    business = fma(s.people.business[post], one, business);
  }
  const F share = F(1) / max(present, F(1));
  s.groups.technical[group] = technical * share;
  s.groups.business[group] = business * share;
  s.groups.filled[group] = present;
}

template <class W, class L>
CHASM_FN void turn_over(W& w, State<L>& s) {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  using M = typename L::M;
  const F kept = w.p.effect_knowledge_kept * s.at(Lever::knowledge);
  const F forgotten =
      unless_off(w, Mechanism::forgetting, F(1) - w.p.work_forgetting * F(12.0 / 52), F(1));
  each(w.shape.groups(), [&](int group) {
    M touched(false);
    for (int post = w.shared.group_first[group]; post < w.shared.group_first[group + 1]; ++post) {
      const M due = s.people.change[post] == I(w.t);
      if (!any(due)) continue;
      touched |= due;
      const M leaves = due & s.people.filled(post), comes = due & ~leaves;
      const F share = F(1) / max(s.groups.filled[group], F(1));
      F& energy = s.groups.energy[group];
      energy = select(leaves, energy - energy * share,
                      select(comes, energy + w.p.people_newcomer_productivity, energy));
      s.groups.filled[group] += select(comes, F(1), F(0)) - select(leaves, F(1), F(0));
      if (group < w.shape.teams) {
        F& experience = s.groups.experience[group];
        experience = select(leaves & ~off(w, Mechanism::forgetting),
                            experience * (F(1) - (F(1) - kept) * share), experience);
      }
      if (any(leaves)) {
        // The next person is drawn by their number, so the wait for them is too.
        const U person = (s.people.hires[post] >> 1) + U(1u);
        auto words =
            w.draws.once(Decision::newcomer, U(static_cast<unsigned>(post)) | (person << 16));
        words.skip();
        words.skip();
        words.skip();
        s.people.change[post] =
            select(leaves, weeks_until<L>(words.word(), w.p.people_vacancy) + I(w.t),
                   s.people.change[post]);
        s.people.hires[post] = select(leaves, person << 1, s.people.hires[post]);
        s.people.held[post] = select(leaves, U(0u), s.people.held[post]);
        s.people.positive[post] = select(leaves, U(0u), s.people.positive[post]);
      }
      if (any(comes)) join(w, s, group, post, comes);
    }
    if (any(touched)) take_stock(w, s, group);
    s.groups.energy[group] +=
        (s.groups.filled[group] - s.groups.energy[group]) / w.p.people_ramp_up;
    if (group < w.shape.teams) s.groups.experience[group] *= forgotten;
  });
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
