#include "tests/checks/measure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace chasm::checks {

namespace {

constexpr double interval = 2.576;  // standard errors of a 99 % interval
constexpr int bootstrap_draws = 400;

}  // namespace

std::string name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::refused:
      return "refused";
    default:
      return "not decided";
  }
}

Verdict above(Number number, double least) {
  const double low = number.value - interval * number.error,
               high = number.value + interval * number.error;
  return low > least ? Verdict::holds : high < least ? Verdict::refused : Verdict::undecided;
}

Verdict below(Number number, double most) { return above({-number.value, number.error}, -most); }

Verdict all(const std::vector<Verdict>& verdicts) {
  Verdict out = Verdict::holds;
  for (const Verdict verdict : verdicts) {
    if (verdict == Verdict::refused) return verdict;
    if (verdict == Verdict::undecided) out = verdict;
  }
  return out;
}

std::vector<double> sum(double a, const std::vector<double>& x, double b,
                        const std::vector<double>& y) {
  std::vector<double> out(x.size());
  for (size_t i = 0; i < x.size(); ++i) out[i] = a * x[i] + b * y.at(i);
  return out;
}

std::vector<double> minus(const std::vector<double>& x, const std::vector<double>& y) {
  return sum(1, x, -1, y);
}

Number mean(const std::vector<double>& values) {
  const Estimate e = estimate({values, 1});
  return {e.mean, e.standard_error};
}

Number interaction(const std::vector<double>& none, const std::vector<double>& one,
                   const std::vector<double>& other, const std::vector<double>& both) {
  return mean(minus(minus(both, other), minus(one, none)));
}

Number ratio(const std::vector<double>& part, const std::vector<double>& whole) {
  const double p = mean(part).value, q = mean(whole).value;
  return {p / q, mean(sum(1 / q, part, -p / (q * q), whole)).error};
}

Number jackknife(const std::vector<std::vector<int64_t>>& blocks,
                 const std::function<double(const std::vector<double>&)>& statistic) {
  std::vector<double> all(blocks.at(0).size());
  for (const auto& block : blocks)
    for (size_t cell = 0; cell < all.size(); ++cell) all[cell] += static_cast<double>(block[cell]);
  Moments left_out;
  for (const auto& block : blocks) {
    std::vector<double> rest = all;
    for (size_t cell = 0; cell < rest.size(); ++cell)
      rest[cell] -= static_cast<double>(block[cell]);
    left_out.add(statistic(rest));
  }
  const auto n = static_cast<double>(blocks.size());
  return {statistic(all), std::sqrt((n - 1) * (n - 1) / n * left_out.variance())};
}

Peak peak(const std::vector<std::vector<double>>& curve) {
  const size_t worlds = curve.at(0).size();
  const auto best_of = [&](const std::vector<double>& heights) {
    return static_cast<size_t>(std::max_element(heights.begin(), heights.end()) - heights.begin());
  };
  Peak out;
  std::vector<double> heights(curve.size());
  for (size_t k = 0; k < curve.size(); ++k) heights[k] = mean(curve[k]).value;
  out.best = best_of(heights);
  Moments positions;
  uint64_t state = 1;
  for (int draw = 0; draw < bootstrap_draws; ++draw) {
    std::fill(heights.begin(), heights.end(), 0.0);
    for (size_t i = 0; i < worlds; ++i) {
      // Knuth's linear congruence (MMIX); the high bits choose a world.
      state = state * 6364136223846793005u + 1442695040888963407u;
      const size_t world = static_cast<size_t>((state >> 33) % worlds);
      for (size_t k = 0; k < curve.size(); ++k) heights[k] += curve[k][world];
    }
    out.draws.push_back(static_cast<double>(best_of(heights)));
    positions.add(out.draws.back());
  }
  out.position = positions.mean();
  out.error = positions.standard_deviation();
  return out;
}

Verdict interior(const std::vector<std::vector<double>>& curve) {
  size_t best = 1;
  for (size_t k = 1; k + 1 < curve.size(); ++k)
    if (mean(curve[k]).value > mean(curve[best]).value) best = k;
  return all({above(mean(minus(curve[best], curve.front()))),
              above(mean(minus(curve[best], curve.back())))});
}

std::string text(double value, int digits) {
  char out[64];
  std::snprintf(out, sizeof out, "%.*f", digits, value);
  return out;
}

std::string text(Number number, bool with_sign) {
  if (std::isnan(number.value)) return "absent";
  int digits = 1;
  if (number.error > 0 && std::isfinite(number.error))
    digits = std::clamp(1 - static_cast<int>(std::floor(std::log10(number.error))), 0, 4);
  const std::string sign = with_sign && number.value > 0 ? "+" : "";
  return sign + text(number.value, digits) + " +- " + text(number.error, digits);
}

}  // namespace chasm::checks
