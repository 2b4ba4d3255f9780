#pragma once

// The laws that sim/distributions.hpp must follow, from the C library's long double and Boost.Math.

#include <cstdint>
#include <functional>
#include <vector>

namespace chasm::law_test {

// A law of counts: the chance of k, for k from `low` up; what lies outside is beyond 1e-30.
struct CountLaw {
  long low;
  std::vector<double> chance;
  double mean, deviation;

  double at(long k) const {
    const long place = k - low;
    return place < 0 || place >= static_cast<long>(chance.size()) ? 0 : chance[place];
  }
  // The chance of k or more.
  double or_more(long k) const;
};
CountLaw binomial_law(long trials, long double chance);
CountLaw poisson_law(long double mean);

// What an exact inventory of a sampler, count by count with weights, has to do with a law.
struct Distance {
  double total_variation;  // half the sum of the differences of chances
  double mean;             // difference, in standard deviations
  double variance;         // relative difference
};
Distance distance(const CountLaw& is, const std::vector<double>& weights);

// Chi-square of draws: p-value, counts beyond the law's table in its outermost cells.
double p_of_counts(const CountLaw& law, const std::vector<int32_t>& draws);
// Chi-square of draws on a line in `cells` cells of equal chance.
template <class Real>
double p_of_numbers(const std::function<double(double)>& distribution_function,
                    const std::vector<Real>& draws, int cells);

}  // namespace chasm::law_test
