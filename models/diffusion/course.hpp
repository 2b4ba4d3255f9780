#pragma once

// When adoption reached what: followed period by period, whatever the population.

#include "sim/lanes.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// A period of -1 has not come yet.
template <class F>
struct Course {
  F adopted, newly;     // shares of agents: by now, and in this period
  F reached[3];         // periods at whose end the milestones were passed
  F peak_period, peak;  // first period with the most new adopters, and their share of agents
};

CHASM_OP constexpr double milestone(int k) { return k == 0 ? 0.1 : k == 1 ? 0.5 : 0.9; }

template <class F>
CHASM_FN void begin_course(Course<F>& course, F adopted) {
  course.adopted = adopted;
  course.newly = F(0);
  course.peak = F(0);
  course.peak_period = F(-1);
  for (int k = 0; k < 3; ++k) course.reached[k] = select(adopted >= F(milestone(k)), F(0), F(-1));
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
    const auto passed = (course.reached[k] < F(0)) & (adopted >= F(milestone(k)));
    course.reached[k] = select(passed, now, course.reached[k]);
  }
}

// A sum of many small terms, with about twice the digits of F.
template <class F>
struct LongSum {
  F value = F(0);
  F lost = F(0);  // by rounding

  CHASM_OP void add(F term) {
    const F sum = value + term;
    const F back = sum - value;
    lost += (value - (sum - back)) + (term - back);
    value = sum;
  }
  CHASM_OP F total() const { return value + lost; }
};

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
