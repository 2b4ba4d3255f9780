#pragma once

// Numerators of first and total Sobol' indices from the rows of a Saltelli design: Saltelli et al. 2010 for the first
// order, Jansen 1999 for the total (Table 2 of doi:10.1016/j.cpc.2009.09.018). Functions with known indices.

#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "sim/design/normal_cdf.hpp"
#include "small_model.hpp"

namespace chasm::testing {

struct Indices {
  std::vector<double> first, total;  // variances, not divided by the whole
};

// outcome(row, values)
using Outcome = std::function<double(uint64_t, const std::vector<double>&)>;

inline Indices sobol_indices(const Futures& futures, const Outcome& outcome) {
  const size_t d = futures.parameters().size();
  const uint64_t step = d + 2, base = futures.count() / step;
  Indices out{std::vector<double>(d), std::vector<double>(d)};
  for (uint64_t b = 0; b < base; ++b) {
    std::vector<double> y;
    for (uint64_t r = 0; r < step; ++r)
      y.push_back(outcome(b * step + r, row(futures, b * step + r)));
    for (size_t i = 0; i < d; ++i) {
      const double n = static_cast<double>(base);
      out.first[i] += y[d + 1] * (y[i + 1] - y[0]) / n;
      out.total[i] += (y[0] - y[i + 1]) * (y[0] - y[i + 1]) / (2 * n);
    }
  }
  return out;
}

struct Estimate {
  double mean, error;  // over independent scramblings
};

struct Estimates {
  std::vector<Estimate> first, total;
};

// Over 24 seeds.
inline Estimates estimate_indices(const Model& model, uint64_t base,
                                  const std::function<Outcome(const Futures&)>& outcome) {
  constexpr int seeds = 24;
  const size_t d = model.parameters.size();
  std::vector<double> sums(2 * d), squares(2 * d);
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    const auto futures =
        make_futures(uniform_spec(DesignMethod::saltelli, base, model, seed), model);
    const Indices one = sobol_indices(*futures, outcome(*futures));
    for (size_t i = 0; i < d; ++i) {
      sums[i] += one.first[i], squares[i] += one.first[i] * one.first[i];
      sums[d + i] += one.total[i], squares[d + i] += one.total[i] * one.total[i];
    }
  }
  Estimates out;
  for (size_t i = 0; i < 2 * d; ++i) {
    const double mean = sums[i] / seeds;
    const double variance = (squares[i] / seeds - mean * mean) * seeds / (seeds - 1);
    (i < d ? out.first : out.total).push_back({mean, std::sqrt(std::max(variance, 0.0) / seeds)});
  }
  return out;
}

// Ishigami & Homma 1990 with a = 7, b = 0.1; x on -pi..pi.
inline double ishigami(const std::vector<double>& x) {
  const double s = std::sin(x[1]);
  return std::sin(x[0]) + 7 * s * s + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

inline Indices ishigami_exact() {
  const double p4 = std::pow(std::numbers::pi, 4);
  const double v1 = 0.5 * std::pow(1 + 0.1 * p4 / 5, 2), v2 = 49.0 / 8;
  const double v13 = 8 * 0.01 * p4 * p4 / 225;
  return {{v1, v2, 0}, {v1 + v13, v2, v13}};
}

inline Model ishigami_model() {
  const double pi = std::numbers::pi;
  return model_of({parameter("x1", -pi, pi), parameter("x2", -pi, pi), parameter("x3", -pi, pi)});
}

}  // namespace chasm::testing
