#pragma once

// S6: data assets, their quality, and the queue of requests at each owner.

#include "models/enterprise/moment.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Quality grows with stewardship, q += eta (1 - q), and decays, q -= d q. Outcome-based governance spends its effort where
// initiatives have asked for data.
template <class W, class L>
CHASM_FN void keep_data(const W& w, State<L>& s) {
  using F = typename L::F;
  const F governed = s.at(Lever::data_governance);
  const F asked = sum<F>(w.shape.assets, [&](int asset) { return s.assets.demand[asset]; });
  const F fair = select(asked > F(0), F(w.shape.assets) / max(asked, F(1)), F(0));
  each(w.shape.assets, [&](int asset) {
    F& q = s.assets.quality[asset];
    const F by_demand = min(s.assets.demand[asset] * fair, F(3));
    const F weight = select(asked > F(0), fma(governed, by_demand - F(1), F(1)), F(1));
    const F grows =
        w.p.data_stewardship * fma(w.p.effect_data_governance_stewardship * governed, weight, F(1));
    q = clamp(q + grows * (F(1) - q) - w.p.data_decay * q, F(0.01), F(1));
  });
}

template <class L>
CHASM_OP typename L::U needed_asset(typename L::U needs, int which) {
  return (needs >> (10 * which)) & typename L::U(1023u);
}

// Readiness of the data of an initiative: the worst of what it needs, q sqrt(representativeness).
template <class W, class L>
CHASM_FN typename L::F data_readiness(const W& w, const State<L>& s, int place) {
  using F = typename L::F;
  using U = typename L::U;
  const U needs = s.initiatives.needs[place];
  const F rho = fma(w.p.effect_data_governance_representativeness * s.at(Lever::data_governance),
                    F(1) - w.p.data_representativeness, w.p.data_representativeness);
  F worst(1);
  for (int k = 0; k < needs_most; ++k) {
    const U asset = needed_asset<L>(needs, k);
    const auto real = asset != U(1023u);
    worst = min(worst, select(real, gather(s.assets.quality, select(real, asset, U(0u))), F(1)));
  }
  return unless_off(w, Mechanism::data, worst * sqrt(rho), F(1));
}

// What readiness does to a model in use: r' = r^alpha (Budach, Mohammed et al. 2022, arXiv:2207.14529), less where data that are
// needed in real time come in batches.
template <class W, class L>
CHASM_FN typename L::F data_quality(const W& w, const State<L>& s, int place) {
  using F = typename L::F;
  using U = typename L::U;
  const F late = w.p.data_batch_loss * (F(1) - w.p.effect_catalog_time * s.at(Lever::catalog));
  const auto real_time = Facts<U>{s.initiatives.facts[place]}.has(is_real_time);
  const F quality =
      pow(s.initiatives.readiness[place], w.p.data_exponent) * select(real_time, F(1) - late, F(1));
  return unless_off(w, Mechanism::data, quality, F(1));
}

// An initiative asks the owners of its data: tickets in the order of asking, one queue an owner, first come, first served.
template <class W, class L>
CHASM_FN void request_data(const W& w, State<L>& s, int place, typename L::M where) {
  using F = typename L::F;
  using U = typename L::U;
  auto& i = s.initiatives;
  const F private_work = max(w.p.data_privacy_work * (F(1) - w.p.effect_data_governance_privacy *
                                                                 s.at(Lever::data_governance)),
                             F(0.3));
  for (int k = 0; k < needs_most; ++k) {
    const U asset = needed_asset<L>(i.needs[place], k);
    // Owners differ by lane, and two needs may have one owner.
    each_lane(where & (asset != U(1023u)), [&](int lane) {
      const int a = static_cast<int>(asset.get(lane)), owner = w.shared.asset_owner[a];
      const unsigned flags = s.assets.flags[a].get(lane);
      auto work = (flags & is_private) != 0 ? private_work.get(lane) : typename L::Real(1);
      if ((flags & was_prepared) != 0) work *= typename L::Real(0.3);
      const auto ticket = s.units.requested[owner].get(lane) + work;
      w.note(where, Event::data_requested, i.opportunity[place], owner, a,
             s.units.requested[owner].get(lane) - s.units.served[owner].get(lane), work,
             (flags & is_private) != 0 ? 1 : 0, (flags & was_prepared) != 0 ? 1 : 0);
      s.units.requested[owner].set(lane, ticket);
      i.ticket[k][place].set(lane, ticket);
      s.assets.demand[a].set(lane, s.assets.demand[a].get(lane) + typename L::Real(1));
      if ((flags & was_prepared) != 0)
        s.tally.reused.set(lane, s.tally.reused.get(lane) + typename L::Real(1));
      s.tally.needed.set(lane, s.tally.needed.get(lane) + typename L::Real(1));
    });
  }
  i.flags[place] =
      select(where & ~off(w, Mechanism::data), i.flags[place] | U(waits_for_data), i.flags[place]);
}

// Of those that ask in one week, the one whose opportunity arose first asks first.
template <class W, class L>
CHASM_FN void take_requests(W& w, State<L>& s) {
  using U = typename L::U;
  auto& i = s.initiatives;
  const auto asks = [&](int place) { return (i.flags[place] & U(asks_for_data)) != U(0u); };
  const U nobody(~0u);
  for (;;) {
    U next = nobody;
    each_initiative(w, s, [&](int place) {
      next = min(next, select(asks(place), i.opportunity[place], nobody));
    });
    if (!any(next != nobody)) return;
    each_initiative(w, s, [&](int place) {
      const auto here = asks(place) & (i.opportunity[place] == next);
      if (!any(here)) return;
      i.flags[place] = select(here, i.flags[place] & U(~asks_for_data), i.flags[place]);
      request_data(w, s, place, here);
    });
  }
}

// Owners serve requests: those of initiatives and others of their own (uniform on 0 to twice the mean), in order.
template <class W, class L>
CHASM_FN void serve_data(W& w, State<L>& s) {
  using F = typename L::F;
  using U = typename L::U;
  take_requests(w, s);
  const F rate = w.p.data_service * fma(w.p.effect_catalog_service, s.at(Lever::catalog), F(1)) *
                 fma(w.p.effect_connectors_service, s.at(Lever::connectors), F(1));
  each(w.shape.units, [&](int unit) {
    auto words = this_week(w, Decision::requests, U(static_cast<unsigned>(unit)));
    s.units.requested[unit] += w.p.data_other_requests * F(2) * uniform<L>(words.word());
    s.units.served[unit] = min(s.units.requested[unit], s.units.served[unit] + rate);
  });
  auto& i = s.initiatives;
  each_initiative(w, s, [&](int place) {
    const auto waiting = (i.flags[place] & U(waits_for_data)) != U(0u);
    if (!any(waiting)) return;
    auto ready = waiting;
    for (int k = 0; k < needs_most; ++k) {
      const U asset = needed_asset<L>(i.needs[place], k);
      each_lane(waiting & (asset != U(1023u)), [&](int lane) {
        const int owner = w.shared.asset_owner[asset.get(lane)];
        if (s.units.served[owner].get(lane) < i.ticket[k][place].get(lane)) ready.set(lane, false);
      });
    }
    i.flags[place] = select(ready, i.flags[place] & U(~waits_for_data), i.flags[place]);
    w.note(ready, Event::data_served, i.opportunity[place], typename L::I(w.t) - i.entered[place]);
    s.tally.data_weeks += select(waiting & ~ready, F(1), F(0));
  });
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
