#pragma once

#include "sim/math.hpp"
#include "sim/random.hpp"
#include "sim/word_numbers.hpp"

namespace chasm {
inline namespace CHASM_ISA {

namespace detail {

// A gamma number of shape at least 1 by Marsaglia & Tsang (2000), doi:10.1145/358407.358414: the cube of a shifted
// normal number, taken with a chance above 0.95.
template <class L>
struct GammaRejection {
  using F = typename L::F;
  using U = typename L::U;
  using M = typename L::M;

  F third_less, scale;

  CHASM_OP explicit GammaRejection(F shape)
      : third_less(shape - F(1.0 / 3)), scale(F(1.0 / 3) / sqrt(third_less)) {}

  CHASM_OP M attempt(U first, U second, F& number) const {
    const F x = normal<L>(first);
    const F y = scale * x;
    const F root = F(1) + y;
    number = third_less * (root * root * root);
    // The cube less 1, and so log(cube) + 1 - cube to all digits.
    const F away = y * fma(y, y + F(3), F(3));
    const F log_chance = fma(F(0.5) * x, x, third_less * log1p_less(away));
    return (root > F(0)) & (log_of_positive(unit<L>(second)) < log_chance);
  }
};

}  // namespace detail

// A number on [0, 1] with density proportional to x^(a - 1) (1 - x)^(b - 1); a and b from 1e-3 to 1e6, the nearest of
// these beyond, NaN for NaN. X / (X + Y) for gamma numbers of shapes a and b; a shape below 1 by one more word.
// One block, and one an attempt for both gammas; after 16 attempts, with chance below 1e-20, their modes.
template <class L>
CHASM_FN typename L::F beta(Words<L>&& words, typename L::F a, typename L::F b) {
  using F = typename L::F;
  using M = typename L::M;
  a = clamp(a, F(1e-3), F(1e6));
  b = clamp(b, F(1e-3), F(1e6));
  const M a_small = a < F(1), b_small = b < F(1);
  F log_ratio = F(0);
  if (any(a_small | b_small)) {
    const PhiloxBlock<L::width> block = words.block(0);
    const F log_x = detail::log_of_positive(detail::unit<L>(block.word[0])) / a;
    const F log_y = detail::log_of_positive(detail::unit<L>(block.word[1])) / b;
    log_ratio = select(b_small, log_y, F(0)) - select(a_small, log_x, F(0));
  }
  const detail::GammaRejection<L> x_is(select(a_small, a + F(1), a));
  const detail::GammaRejection<L> y_is(select(b_small, b + F(1), b));
  F x = x_is.third_less, y = y_is.third_less;
  M x_open = M(true), y_open = M(true);
  for (uint32_t attempt = 1; attempt <= 16 && any(x_open | y_open); ++attempt) {
    const PhiloxBlock<L::width> block = words.block(attempt);
    F number;
    const M x_taken = x_open & x_is.attempt(block.word[0], block.word[1], number);
    x = select(x_taken, number, x);
    x_open &= ~x_taken;
    const M y_taken = y_open & y_is.attempt(block.word[2], block.word[3], number);
    y = select(y_taken, number, y);
    y_open &= ~y_taken;
  }
  return F(1) / fma(y / x, exp(log_ratio), F(1));
}

}  // namespace CHASM_ISA
}  // namespace chasm
