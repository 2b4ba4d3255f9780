#pragma once

// Distributions on addressed words, a template argument L for the lanes.
// A function of a word uses that word. A function of Words&& uses as many words as its lanes need, up to a bound that
// it states, and so takes the whole address: binomial<L>(at(Decision::adopt, step, team), people, chance).

#include "sim/beta.hpp"
#include "sim/binomial.hpp"
#include "sim/math.hpp"
#include "sim/poisson.hpp"
#include "sim/random.hpp"
#include "sim/word_numbers.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// Uniform on [low, high]; the ends come from rounding only.
template <class L>
CHASM_OP typename L::F uniform_between(typename L::U word, typename L::F low, typename L::F high) {
  return fma(uniform<L>(word), high - low, low);
}

// One of 0 .. n - 1, and 0 for n = 0. The chance of each differs from 1 / n by less than 2^-32 (Lemire 2019,
// doi:10.1145/3230636, without its rejection), so a group of a billion is biased by up to a quarter.
template <class L>
CHASM_OP typename L::U uniform_below(typename L::U word, typename L::U n) {
  return detail::high_product(word, n);
}

// Exponential with that mean, by inversion, with all digits near 0: from 1.2e-10 to 22.9 means, which a true one
// passes with chance 1.2e-10 on either side.
template <class L>
CHASM_OP typename L::F exponential(typename L::U word, typename L::F mean) {
  return mean * -detail::log_of_unit<L>(word);
}

// e to the power of a normal number: its median is e^log_median.
template <class L>
CHASM_OP typename L::F lognormal(typename L::U word, typename L::F log_median,
                                 typename L::F sigma) {
  return exp(normal<L>(word, log_median, sigma));
}

}  // namespace CHASM_ISA
}  // namespace chasm
