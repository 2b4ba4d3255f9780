#pragma once

#include "sim/counts.hpp"
#include "sim/random.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// More trials than this count as this many: the engine's real numbers hold whole numbers to 2^24.
inline constexpr int max_trials = 10000000;

namespace detail {

// Algorithm BTRS of Hormann (1993), doi:10.1080/00949659308811496, for chance <= 1/2 and a mean of at least 10, without its
// squeeze (with 16 lanes one nearly always falls outside) and with the log probability in deviances: its error does
// not grow with the number of trials.
template <class L>
struct BinomialRejection {
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  using M = typename L::M;

  F trials, a, b, centre, shift, height;
  F mean_yes, inverse_yes, mean_no, inverse_no, best;
  I base;

  CHASM_OP BinomialRejection(F n, F chance) : trials(n) {
    const F not_chance = F(1) - chance;
    const F mean = n * chance;
    const F mean_low = fma(n, chance, -mean);
    const F deviation = sqrt(mean * not_chance);
    b = fma(F(2.53), deviation, F(1.15));
    a = fma(F(0.0248), b, fma(F(0.01), chance, F(-0.0873)));
    height = (F(2.83) + F(5.1) / b) * deviation;
    const F whole = floor(mean);
    base = to_int(whole);
    const F part = (mean - whole) + mean_low;
    centre = part + F(0.5);
    // With k yes: k + 1 over (n + 2) chance, n - k + 1 over (n + 2) (1 - chance).
    shift = part + (chance + chance) - F(1);
    mean_yes = mean + (chance + chance);
    mean_no = fma(n, not_chance, not_chance + not_chance);
    inverse_yes = F(1) / mean_yes;
    inverse_no = F(1) / mean_no;
    best = stirling_rest(inverse_yes) + stirling_rest(inverse_no);
  }

  CHASM_OP Proposal<L> propose(U word) const {
    const Hat<L> is = hat<L>(word, a, b);
    const F away = floor(clamp(is.x + centre, F(-0x1p24), F(0x1p24)));
    const I count = base + to_int(away);
    const F yes = convert<F>(count + I(1));
    const F no = trials - yes + F(2);
    const M possible = (yes >= F(1)) & (no >= F(1));
    const F difference = away - shift;
    const F inverse = F(1) / (yes * no);
    const F ratio = sqrt(mean_yes * mean_no * inverse) * height / is.slope;
    const F log_ratio = log_of_positive(select(possible, ratio, F(1)));
    const F deviances = fma(mean_yes, deviance(difference * inverse_yes),
                            mean_no * deviance(-difference * inverse_no));
    const F rests = stirling_rest(no * inverse) + stirling_rest(yes * inverse);
    return {count, select(possible, best - rests - deviances - log_ratio, F(-1000))};
  }
};

// By inversion, for a mean below 10 and chance <= 1/2.
template <class L>
CHASM_FN typename L::I binomial_by_inversion(typename L::U word, typename L::F n,
                                             typename L::F chance) {
  using F = typename L::F;
  // log(1 - chance), with 1 - chance or its double near 1.
  const typename L::M near_half = chance > F(0.29);
  const Pair<F> log_no = log_pair(select(near_half, F(1) - (chance + chance), -chance),
                                  select(near_half, F(-1), F(0)));
  // The odds as a pair, because their error would add up over k.
  const F not_chance = F(1) - chance;
  const F odds = chance / not_chance;
  const F lost = (F(1) - not_chance) - chance;
  const F odds_low = (fma(-odds, not_chance, chance) - odds * lost) / not_chance;
  return count_by_inversion<L>(word, exp_of_product(n, log_no), [&](int k) {
    using Real = typename L::Real;
    const F rest = n - F(k);
    return fma(rest, odds, rest * odds_low) * F(Real(1) / Real(k + 1));
  });
}

}  // namespace detail

// The number of yes in n independent trials: exact to the precision of a float (each probability within 1e-4 of itself and
// all together within 2e-5 for a million trials, the mean and the variance much closer). n below 0 and a chance
// below 0 or NaN count as 0, a chance above 1 as 1, n above max_trials as max_trials.
// One word where n chance (1 - chance) is small, else two words an attempt; after 64 attempts, with chance below
// 1e-24, the mean.
template <class L>
CHASM_FN typename L::I binomial(Words<L>&& words, typename L::I n, typename L::F chance) {
  using F = typename L::F;
  using I = typename L::I;
  using M = typename L::M;
  const F trials = convert<F>(clamp(n, I(0), I(max_trials)));
  const F p = min(select(chance > F(0), chance, F(0)), F(1));
  const M flip = p > F(0.5);
  const F smaller = select(flip, F(1) - p, p);
  const M many = trials * smaller >= F(10);
  I count = I(0);
  if (any(~many)) {
    // The chance of nothing at all takes lanes that reject out of the loop.
    const F nothing = select(many, F(0), smaller);
    count = detail::binomial_by_inversion<L>(words.block(0).word[0], trials, nothing);
  }
  if (any(many)) {
    const detail::BinomialRejection<L> is(trials, smaller);
    count = select(many, detail::count_by_rejection<L>(words, many, is, is.base), count);
  }
  return select(flip, convert<I>(trials) - count, count);
}

}  // namespace CHASM_ISA
}  // namespace chasm
