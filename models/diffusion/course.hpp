#pragma once

// When adoption reached what: followed period by period, whatever the population.

#include "models/diffusion/state.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

inline constexpr double milestones[] = {0.1, 0.5, 0.9};

template <class F>
CHASM_FN void begin_course(Course<F>& course, F adopted) {
  course.adopted = adopted;
  course.newly = F(0);
  course.peak = F(0);
  course.peak_period = F(-1);
  for (int k = 0; k < 3; ++k)
    course.reached[k] =
        select(adopted >= F(typename F::Element(milestones[k])), F(0), F(-1));
}

// `adopted` and `newly` at the end of period t, shares of agents.
template <class F>
CHASM_FN void follow_course(Course<F>& course, F adopted, F newly, int t) {
  const F now(t);
  course.adopted = adopted;
  course.newly = newly;
  const auto higher = newly > course.peak;
  course.peak = select(higher, newly, course.peak);
  course.peak_period = select(higher, now, course.peak_period);
  for (int k = 0; k < 3; ++k) {
    const auto passed = (course.reached[k] < F(0)) &
                        (adopted >= F(typename F::Element(milestones[k])));
    course.reached[k] = select(passed, now, course.reached[k]);
  }
}

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
