#include "tests/sim/laws.hpp"

#include <algorithm>
#include <cmath>

#include "tests/sim/battery.hpp"

namespace chasm::law_test {
namespace {

template <class LogChance>
CountLaw law_of(long low, long high, LogChance log_chance) {
  CountLaw law{low, {}, 0, 0};
  long double mean = 0, square = 0;
  for (long k = low; k <= high; ++k) {
    const long double chance = std::exp(log_chance(k));
    law.chance.push_back(static_cast<double>(chance));
    mean += chance * static_cast<long double>(k - low);
  }
  for (long k = low; k <= high; ++k) {
    const long double away = static_cast<long double>(k - low) - mean;
    square += law.at(k) * away * away;
  }
  law.mean = static_cast<double>(mean) + static_cast<double>(low);
  law.deviation = static_cast<double>(std::sqrt(square));
  return law;
}

}  // namespace

double CountLaw::or_more(long k) const {
  double sum = 0;
  for (long each = low + static_cast<long>(chance.size()) - 1; each >= k; --each) sum += at(each);
  return sum;
}

CountLaw binomial_law(long trials, long double chance) {
  const long double mean = static_cast<long double>(trials) * chance;
  const long double deviation = std::sqrt(mean * (1 - chance));
  const auto low = static_cast<long>(std::max(0.0L, mean - 13 * deviation - 20));
  const auto high = std::min(trials, static_cast<long>(mean + 13 * deviation + 60));
  return law_of(low, high, [&](long k) -> long double {
    if (chance == 0 || chance == 1) return k == (chance == 0 ? 0 : trials) ? 0 : -INFINITY;
    const auto rest = static_cast<long double>(trials - k);
    return std::lgamma(static_cast<long double>(trials) + 1) -
           std::lgamma(static_cast<long double>(k) + 1) - std::lgamma(rest + 1) +
           static_cast<long double>(k) * std::log(chance) + rest * std::log1p(-chance);
  });
}

CountLaw poisson_law(long double mean) {
  const long double deviation = std::sqrt(mean);
  const auto low = static_cast<long>(std::max(0.0L, mean - 13 * deviation - 20));
  const auto high = static_cast<long>(mean + 13 * deviation + 60);
  return law_of(low, high, [&](long k) -> long double {
    if (mean == 0) return k == 0 ? 0 : -INFINITY;
    return static_cast<long double>(k) * std::log(mean) - mean -
           std::lgamma(static_cast<long double>(k) + 1);
  });
}

Distance distance(const CountLaw& is, const std::vector<double>& weights) {
  double sum = 0, mean = 0, square = 0, variation = 0;
  for (double weight : weights) sum += weight;
  for (size_t k = 0; k < weights.size(); ++k) {
    variation += std::fabs(weights[k] / sum - is.at(is.low + static_cast<long>(k))) / 2;
    mean += weights[k] / sum * static_cast<double>(k);
  }
  for (size_t k = 0; k < weights.size(); ++k) {
    const double away = static_cast<double>(k) - mean;
    square += weights[k] / sum * away * away;
  }
  const double expected = is.mean - static_cast<double>(is.low);
  return {variation, (mean - expected) / is.deviation, square / (is.deviation * is.deviation) - 1};
}

double p_of_counts(const CountLaw& law, const std::vector<int32_t>& draws) {
  std::vector<double> counts(law.chance.size()), expected;
  for (int32_t draw : draws)
    ++counts[std::clamp<long>(draw - law.low, 0, static_cast<long>(counts.size()) - 1)];
  for (double chance : law.chance) expected.push_back(chance * static_cast<double>(draws.size()));
  return random_test::chi_square(counts, expected);
}

template <class Real>
double p_of_numbers(const std::function<double(double)>& distribution_function,
                    const std::vector<Real>& draws, int cells) {
  std::vector<double> counts(cells);
  for (Real draw : draws) {
    const double share = distribution_function(static_cast<double>(draw));
    ++counts[std::clamp(static_cast<int>(share * cells), 0, cells - 1)];
  }
  return random_test::chi_square(
      counts, std::vector<double>(cells, static_cast<double>(draws.size()) / cells));
}
template double p_of_numbers(const std::function<double(double)>&, const std::vector<float>&, int);
template double p_of_numbers(const std::function<double(double)>&, const std::vector<double>&, int);

}  // namespace chasm::law_test
