#pragma once

// Diffusion of an innovation through a population, in the order of one period.

#include "models/diffusion/beginning.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

struct Rules {
  using Shape = diffusion::Shape;
  using Shared = diffusion::Shared;
  using Failure = diffusion::Failure;
  template <class F>
  using Params = diffusion::Params<F>;
  template <class F>
  using Levers = diffusion::Levers<F>;
  template <class F>
  using Metrics = diffusion::Metrics<F>;
  template <class F>
  using Series = diffusion::Series<F>;
  template <class L>
  using State = diffusion::State<L>;

  template <class L>
  CHASM_FN static void init(World<Rules, L>& w, State<L>& s) {
    using F = typename L::F;
    const F agents(w.shape.agents);
    w.fail(w.p.seeds > agents, Failure::too_many_seeds);
    if (w.shape.has_network()) {
      s.adopters = typename L::I(0);
      begin_network(w, s);
    } else {
      s.adopters = to_int(min(w.p.seeds, agents));
    }
    s.share = {convert<F>(s.adopters) / agents, F(0)};
    begin_course(s.course, s.share.value);
  }

  template <class L>
  CHASM_FN static void step(World<Rules, L>& w, State<L>& s) {
    using F = typename L::F;
    if (w.shape.kind == Kind::mean_field) {
      const F newly = adopt_mean_field(w, s);
      follow_course(s.course, s.share.total(), newly, w.t);
      return;
    }
    const F agents(w.shape.agents);
    const auto before = s.adopters;
    if (w.shape.kind == Kind::well_mixed)
      adopt_well_mixed(w, s);
    else
      adopt_in_network(w, s);
    follow_course(s.course, convert<F>(s.adopters) / agents,
                  convert<F>(s.adopters - before) / agents, w.t);
  }

  template <class L>
  CHASM_FN static typename L::M settled(const World<Rules, L>& w, const State<L>& s) {
    if (w.shape.kind == Kind::mean_field) return typename L::M(false);
    // One period after the last adoption, so that the rate of adoption is at rest too.
    return (s.adopters == typename L::I(w.shape.agents)) & (s.course.newly == typename L::F(0));
  }

  template <class L>
  CHASM_FN static void observe_step(const World<Rules, L>& w, const State<L>& s,
                                    Series<typename L::F>& now) {
    now.adopted = s.course.adopted;
    now.adoption_rate = s.course.newly / w.p.step_length;
  }

  template <class L>
  CHASM_FN static void observe(const World<Rules, L>& w, const State<L>& s,
                               Metrics<typename L::F>& m) {
    using F = typename L::F;
    const auto time = [&](F period) {
      return select(period < F(0), F(typename L::Real(__builtin_nan(""))),
                    period * w.p.step_length);
    };
    m.adopted = s.course.adopted;
    m.time_to_10 = time(s.course.reached[0]);
    m.time_to_50 = time(s.course.reached[1]);
    m.time_to_90 = time(s.course.reached[2]);
    m.peak_time = time(s.course.peak_period);
    m.peak_rate = s.course.peak / w.p.step_length;
  }
};

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
