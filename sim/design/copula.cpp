#include "sim/design/copula.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "sim/design/marginal_kinds.hpp"
#include "sim/design/nearest_correlation.hpp"
#include "sim/design/normal_cdf.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace chasm {

namespace {

// A pivot below this is a correlation so tight that one parameter is a function of the others.
constexpr double least_pivot = 1e-9;

std::vector<double> pearson_matrix(std::span<const double> spearman, size_t size) {
  std::vector<double> pearson(size * size);
  for (size_t i = 0; i < size; ++i)
    for (size_t j = 0; j < size; ++j)
      pearson[i * size + j] = i == j ? 1 : pearson_of_spearman(spearman[i * size + j]);
  return pearson;
}

// (6 / pi) asin(r / 2), the inverse of pearson_of_spearman, to three digits: enough for a message, and the same everywhere.
double spearman_of_pearson(double r) {
  const double x = r / 2, x2 = x * x;
  const double arcsine =
      x * (1 + x2 * (1.0 / 6 + x2 * (3.0 / 40 + x2 * (15.0 / 336 + x2 * 105.0 / 3456))));
  return 6 / std::numbers::pi * arcsine;
}

// Correlations with two digits near `spearman` that a joint distribution has.
std::vector<double> feasible(std::span<const double> spearman, size_t size) {
  const std::vector<double> near = nearest_correlation(pearson_matrix(spearman, size), size, 1e-4);
  std::vector<double> lower;
  for (double share = 1;; share -= 0.01) {
    std::vector<double> rounded(size * size);
    for (size_t i = 0; i < size; ++i)
      for (size_t j = 0; j < size; ++j) {
        const double r = share * std::clamp(near[i * size + j], -1.0, 1.0);
        rounded[i * size + j] = i == j ? 1 : std::round(100 * spearman_of_pearson(r)) / 100;
      }
    if (cholesky(pearson_matrix(rounded, size), size, lower)) return rounded;
  }
}

std::string pairs_text(const std::vector<std::string>& names, const std::vector<size_t>& members,
                       std::span<const double> spearman) {
  const size_t size = members.size();
  std::string text;
  for (size_t i = 0; i < size; ++i)
    for (size_t j = i + 1; j < size; ++j) {
      if (spearman[i * size + j] == 0) continue;
      text += (text.empty() ? "" : ", ") + names[members[i]] + " with " + names[members[j]] + " " +
              number_text(spearman[i * size + j]);
    }
  return text;
}

}  // namespace

double pearson_of_spearman(double spearman) {
  const double x = spearman * (std::numbers::pi / 6);
  const double y = x * x;
  double series = 1;
  // Taylor's series of sin(x) / x; |x| < 0.53, so the term after 17! is below 1e-21.
  for (int k = 16; k >= 2; k -= 2) series = 1 - y / (k * (k + 1)) * series;
  return 2 * x * series;
}

bool cholesky(std::span<const double> matrix, size_t size, std::vector<double>& lower) {
  lower.assign(size * size, 0);
  for (size_t i = 0; i < size; ++i)
    for (size_t j = 0; j <= i; ++j) {
      double rest = matrix[i * size + j];
      for (size_t k = 0; k < j; ++k) rest -= lower[i * size + k] * lower[j * size + k];
      if (i == j && !(rest >= least_pivot)) return false;
      lower[i * size + j] = i == j ? std::sqrt(rest) : rest / lower[j * size + j];
    }
  return true;
}

Copula::Copula(const std::vector<std::string>& names,
               const std::vector<RankCorrelation>& correlations) {
  std::vector<size_t> group(names.size());
  std::iota(group.begin(), group.end(), size_t{0});
  for (const auto& c : correlations) {
    if (c.spearman == 0) continue;
    const size_t from = group[c.a], to = group[c.b];
    std::replace(group.begin(), group.end(), from, to);
  }
  for (size_t label = 0; label < names.size(); ++label) {
    Group g;
    for (size_t i = 0; i < names.size(); ++i)
      if (group[i] == label) g.members.push_back(i);
    const size_t size = g.members.size();
    if (size < 2) continue;
    std::sort(g.members.begin(), g.members.end(),
              [&](size_t x, size_t y) { return names[x] < names[y]; });
    std::vector<double> spearman(size * size, 0);
    const auto place = [&](size_t parameter) {
      return static_cast<size_t>(std::find(g.members.begin(), g.members.end(), parameter) -
                                 g.members.begin());
    };
    for (const auto& c : correlations)
      if (group[c.a] == label && group[c.b] == label)
        spearman[place(c.a) * size + place(c.b)] = spearman[place(c.b) * size + place(c.a)] =
            c.spearman;
    if (!cholesky(pearson_matrix(spearman, size), size, g.cholesky))
      throw InputError("the rank correlations " + pairs_text(names, g.members, spearman) +
                       " contradict each other (no joint distribution has them all; pairs that are "
                       "not named count as 0) the nearest possible are " +
                       pairs_text(names, g.members, feasible(spearman, size)));
    groups_.push_back(std::move(g));
  }
}

void Copula::apply(std::span<double> unit) const {
  for (const Group& g : groups_) {
    const size_t size = g.members.size();
    // From the last member up: each needs the untouched numbers of those before it.
    for (size_t i = size; i-- > 1;) {
      double z = 0;
      for (size_t j = 0; j <= i; ++j)
        z += g.cholesky[i * size + j] * normal_quantile(unit[g.members[j]]);
      unit[g.members[i]] = std::clamp(normal_cdf(z), 0x1p-53, 1 - 0x1p-53);
    }
  }
}

}  // namespace chasm
