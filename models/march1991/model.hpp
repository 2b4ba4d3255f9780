#pragma once

// March's mutual learning between an organization's code and its members, in the order of one period.

#include "models/march1991/environment.hpp"
#include "models/march1991/learning.hpp"

namespace chasm::march1991 {
inline namespace CHASM_ISA {

struct Rules {
  using Shape = march1991::Shape;
  using Shared = march1991::Shared;
  using Failure = march1991::Failure;
  template <class F>
  using Params = march1991::Params<F>;
  template <class F>
  using Levers = march1991::Levers<F>;
  template <class F>
  using Metrics = march1991::Metrics<F>;
  template <class F>
  using Series = march1991::Series<F>;
  template <class L>
  using State = march1991::State<L>;

  template <class L>
  CHASM_FN static void init(World<Rules, L>& w, State<L>& s) {
    begin(w, s);
  }

  template <class L>
  CHASM_FN static void step(World<Rules, L>& w, State<L>& s) {
    turnover(w, s);
    turbulence(w, s);
    learn(w, s);
  }

  // The question costs a pass over individuals, so it is asked only after a period without any change.
  template <class L>
  CHASM_FN static typename L::M settled(const World<Rules, L>& w, State<L>& s) {
    using U = typename L::U;
    if (all(s.changed_at != U(static_cast<unsigned>(w.t)))) s.settled = at_rest(w, s);
    return s.settled;
  }

  template <class L>
  CHASM_FN static void observe_step(const World<Rules, L>& w, const State<L>& s,
                                    Series<typename L::F>& now) {
    using F = typename L::F;
    using I = typename L::I;
    const F dimensions(w.shape.dimensions);
    now.code_knowledge = convert<F>(score(s.code, s.reality)) / dimensions;
    const I total =
        sum<I>(w.shape.individuals, [&](int i) { return score(s.beliefs(i), s.reality); });
    now.individual_knowledge = convert<F>(total) / (dimensions * F(w.shape.individuals));
  }

  template <class L>
  CHASM_FN static void observe(const World<Rules, L>& w, const State<L>& s,
                               Metrics<typename L::F>& m) {
    using F = typename L::F;
    using I = typename L::I;
    Series<F> now;
    observe_step<L>(w, s, now);
    m.code_knowledge = now.code_knowledge;
    m.individual_knowledge = now.individual_knowledge;
    const I alike = sum<I>(w.shape.individuals, [&](int i) {
      const auto b = s.beliefs(i);
      return popcount(s.dimensions & ~((b.held ^ s.code.held) | (b.positive ^ s.code.positive)));
    });
    m.agreement = convert<F>(alike) / (F(w.shape.dimensions) * F(w.shape.individuals));
    m.equilibrium_period = select(at_rest(w, s), convert<F>(bits_as<I>(s.changed_at)),
                                  F(typename L::Real(__builtin_nan(""))));
  }
};

}  // namespace CHASM_ISA
}  // namespace chasm::march1991
