// Beta: the inverse of the regularised incomplete beta function by Newton's method from a small table, on portable
// exp and log. The CDF is good to about (a + b) 1e-15 relative (tests compare with Boost.Math).

#include <algorithm>
#include <array>

#include "sim/design/marginal_kinds.hpp"
#include "sim/math.hpp"

namespace chasm {

namespace {

// log Gamma(z) minus Stirling's formula, for z >= 10 (error below 1e-16).
double stirling_rest(double z) {
  const double w = 1 / (z * z);
  return (1.0 / 12 +
          w * (-1.0 / 360 +
               w * (1.0 / 1260 +
                    w * (-1.0 / 1680 + w * (1.0 / 1188 + w * (-691.0 / 360360 + w / 156)))))) /
         z;
}

double log_beta(double a, double b) {
  // B(a, b) = B(a + 1, b) (a + b) / a, until both are large.
  double factor = 1;
  for (; a < 10; ++a) factor *= (a + b) / a;
  for (; b < 10; ++b) factor *= (a + b) / b;
  constexpr double half_log_two_pi = 0.91893853320467274178;
  const double sum = a + b;
  return log(factor) + half_log_two_pi - 0.5 * log(b) + (a - 0.5) * log(a / sum) +
         b * log(b / sum) + stirling_rest(a) + stirling_rest(b) - stirling_rest(sum);
}

// One tail of a beta distribution: x from 0 up to its turning point, where the continued fraction converges fast.
class BetaTail {
 public:
  BetaTail(double a, double b)
      : a_(a), b_(b), log_beta_(log_beta(a, b)), turn_((a + 1) / (a + b + 2)) {
    double prefactor;
    mass_ = cdf(turn_, prefactor);
    x_[0] = 0;
    x_[cells] = turn_;
    for (int i = cells - 1; i > 0; --i) x_[i] = solve(mass_ * i / cells, 0, x_[i + 1], x_[i + 1]);
  }

  double turn() const { return turn_; }
  double mass() const { return mass_; }

  // P(X < x) for x <= turn(); `prefactor` becomes x (1 - x) times the density.
  double cdf(double x, double& prefactor) const {
    if (!(x > 0)) return prefactor = 0;
    prefactor = exp(a_ * log(x) + b_ * log1p(-x) - log_beta_);
    return prefactor * fraction(x) / a_;
  }

  // The x with P(X < x) = p, for 0 < p <= mass().
  double quantile(double p) const {
    const int i = std::min(static_cast<int>(p / mass_ * cells), cells - 1);
    if (i == 0) {
      // The first cell is close to a power law.
      const double start = exp((log(p) + log(a_) + log_beta_) / a_);
      return solve(p, 0, x_[1], start);
    }
    const double share = p / mass_ * cells - i;
    return solve(p, x_[i], x_[i + 1], x_[i] + share * (x_[i + 1] - x_[i]));
  }

 private:
  // Newton on log P(X < x) as a function of log x, kept inside [low, high] by halving.
  double solve(double p, double low, double high, double x) const {
    if (x < 1e-300) return x;
    if (!(x > low && x < high)) x = low + 0.5 * (high - low);
    for (int i = 0; i < 200; ++i) {
      double prefactor;
      const double at = cdf(x, prefactor);
      (at < p ? low : high) = x;
      // Where the density underflows there is nothing to go by.
      double next = low + 0.5 * (high - low);
      if (prefactor > 0) {
        const double step = -log(at / p) * at * (1 - x) / prefactor;
        const double there = x * exp(step);
        // The error of the next step would be the square of this one's.
        if (step < 1e-8 && step > -1e-8) return std::clamp(there, low, high);
        if (there > low && there < high) next = there;
      }
      if (next == x) return x;
      x = next;
    }
    return x;
  }

  // The continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method.
  double fraction(double x) const {
    constexpr double tiny = 1e-300;
    const auto kept = [](double v) { return v < tiny && v > -tiny ? tiny : v; };
    double c = 1, d = 1 / kept(1 - (a_ + b_) * x / (a_ + 1)), value = d;
    for (int m = 1; m < 20000; ++m) {
      const double even = m * (b_ - m) * x / ((a_ + 2 * m - 1) * (a_ + 2 * m));
      d = 1 / kept(1 + even * d);
      c = kept(1 + even / c);
      value *= d * c;
      const double odd = -(a_ + m) * (a_ + b_ + m) * x / ((a_ + 2 * m) * (a_ + 2 * m + 1));
      d = 1 / kept(1 + odd * d);
      c = kept(1 + odd / c);
      const double change = d * c;
      value *= change;
      if (change - 1 < 2e-16 && change - 1 > -2e-16) break;
    }
    return value;
  }

  static constexpr int cells = 32;
  double a_, b_, log_beta_, turn_, mass_;
  std::array<double, cells + 1> x_;  // quantiles of mass() i / cells
};

class Beta : public Marginal {
 public:
  Beta(double a, double b, double low, double high, const Cut& cut)
      : lower_(a, b), upper_(b, a), low_(low), width_(high - low) {
    const double from = std::max(low, cut.low), to = std::min(high, cut.high);
    below_ = from < to ? cdf((from - low) / width_) : 0;
    mass_ = from < to ? cdf((to - low) / width_) - below_ : 0;
    if (!(mass_ >= least_mass))
      refuse_no_mass(cut.parameter, "beta " + number_text(a) + ", " + number_text(b) + " on " +
                                        number_text(low) + ".." + number_text(high));
    set_support(from, to);
  }

 private:
  double cdf(double x) const {
    double unused;
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    return x < lower_.turn() ? lower_.cdf(x, unused) : 1 - upper_.cdf(1 - x, unused);
  }
  double inside(double u) const override {
    const double v = below_ + u * mass_;
    if (!(v > 0)) return low_;
    if (v >= 1) return low_ + width_;
    const double x = v <= lower_.mass() ? lower_.quantile(v)
                                        : 1 - upper_.quantile(std::min(1 - v, upper_.mass()));
    return low_ + x * width_;
  }

  BetaTail lower_, upper_;
  double low_, width_, below_, mass_;
};

}  // namespace

std::unique_ptr<Marginal> make_beta(double a, double b, double low, double high, const Cut& cut) {
  return std::make_unique<Beta>(a, b, low, high, cut);
}

}  // namespace chasm
