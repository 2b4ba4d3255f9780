#pragma once

#include "sim/counts.hpp"
#include "sim/random.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// A larger mean counts as this one.
inline constexpr int max_poisson_mean = 8000000;

namespace detail {

// Algorithm PTRS of Hormann (1993), doi:10.1016/0167-6687(93)90997-4, for a mean of at least 10, without its squeezes and
// with the log probability as a deviance.
template <class L>
struct PoissonRejection {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  using M = typename L::M;

  F mean, inverse_mean, a, b, part, height;
  I base;

  CHASM_OP explicit PoissonRejection(F m) : mean(m), inverse_mean(F(1) / m) {
    b = fma(F(2.53), sqrt(mean), F(0.931));
    a = fma(F(0.02483), b, F(-0.059));
    const F whole = floor(mean);
    base = to_int(whole);
    part = mean - whole;
    // The paper's constant times sqrt(2 pi) mean, which a probability in deviances leaves over; with the paper's alone
    // the hat is up to 0.6 % too low for means of 10 to 1000.
    height = (F(1.1239) + F(1.1328) / (b - F(3.4))) * F(1.007 * 2.5066282746310005) * mean;
  }

  CHASM_OP Proposal<L> propose(U word) const {
    const Hat<L> is = hat<L>(word, a, b);
    const F away = floor(clamp(is.x + (part + F(0.43)), F(-0x1p24), F(0x1p24)));
    const I count = base + to_int(away);
    const F next = convert<F>(count + I(1));
    const M possible = next >= F(1);
    const F inverse = F(1) / next;
    const F ratio = sqrt(inverse) * height / is.slope;
    const F log_ratio = log_of_positive(select(possible, ratio, F(1)));
    const F e = (away + (F(1) - part)) * inverse_mean;
    const F log_chance = -fma(mean, deviance(e), stirling_rest(inverse)) - log_ratio;
    return {count, select(possible, log_chance, F(-1000))};
  }
};

// By inversion, for a mean below 10.
template <class L>
CHASM_FN typename L::I poisson_by_inversion(typename L::U word, typename L::F mean) {
  using F = typename L::F;
  return count_by_inversion<L>(word, exp_within(-mean), [&](int k) {
    using Real = typename L::Real;
    return mean * F(Real(1) / Real(k + 1));
  });
}

}  // namespace detail

// The number of events of a Poisson process: exact to the precision of a float (each probability within 1e-4 of itself and
// all together within 2e-5 for a mean of a million). A mean below 0 or NaN counts as 0, above max_poisson_mean as max_poisson_mean.
// One word for a mean below 10, else two words an attempt; after 64 attempts, with chance below 1e-24, the mean.
template <class L>
CHASM_FN typename L::I poisson(Words<L>&& words, typename L::F mean) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  const F m = min(select(mean > F(0), mean, F(0)), F(max_poisson_mean));
  const M many = m >= F(10);
  I count = I(0);
  if (any(~many)) {
    // A mean of 0 takes lanes that reject out of the loop.
    const F small = select(many, F(0), m);
    count = detail::poisson_by_inversion<L>(words.block(0).word[0], small);
  }
  if (any(many)) {
    const detail::PoissonRejection<L> is(m);
    count = select(many, detail::count_by_rejection<L>(words, many, is, is.base), count);
  }
  return count;
}

}  // namespace CHASM_ISA
}  // namespace chasm
