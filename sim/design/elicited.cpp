// Elicited quantiles. The quantile function is the monotone piecewise cubic (Fritsch & Butland 1984,
// doi:10.1137/0905021, as in scipy's PchipInterpolator) through the judged points, both ends of the support
// included. It passes through every judgement, never turns back whatever was judged (a metalog may, Keelin 2016,
// doi:10.1287/deca.2016.0338), reaches no further than the stated ends (as SHELF asks for them), and its density is
// continuous and thins out towards the ends, where the piecewise uniform one would keep the outer mass level.

#include <algorithm>
#include <cmath>

#include "sim/design/marginal_kinds.hpp"

namespace chasm {

namespace {

class Elicited : public Marginal {
 public:
  Elicited(const Distribution& d, const Cut& cut) : p_(d.weights), x_(d.values) {
    check(cut.parameter);
    set_slopes();
    set_support(x_.front(), x_.back());
  }

 private:
  void check(const Parameter& parameter) const {
    if (p_.size() < 2 || p_.size() != x_.size())
      refuse(parameter, "quantiles need as many values as probabilities, at least two (got " +
                            std::to_string(x_.size()) + " and " + std::to_string(p_.size()) +
                            ") complete the lists");
    if (p_.front() != 0 || p_.back() != 1)
      refuse(parameter, "quantiles go from " + number_text(p_.front()) + " to " +
                            number_text(p_.back()) +
                            " (both ends of the support are part of the judgement) give the values "
                            "at 0 and at 1; the parameter's range is " +
                            range_text(parameter));
    for (size_t i = 0; i < p_.size(); ++i) {
      if (!(x_[i] >= parameter.low && x_[i] <= parameter.high))
        refuse(parameter, "quantile " + number_text(x_[i]) + " is out of range (allowed: " +
                              range_text(parameter) + ") choose values inside");
      if (i > 0 && !(p_[i] > p_[i - 1] && x_[i] > x_[i - 1]))
        refuse(parameter, "quantile " + number_text(x_[i]) + " at " + number_text(p_[i]) +
                              " does not lie above " + number_text(x_[i - 1]) + " at " +
                              number_text(p_[i - 1]) +
                              " (probabilities and values rise strictly) put them in order");
    }
  }

  void set_slopes() {
    const size_t n = p_.size();
    const auto width = [&](size_t i) { return p_[i + 1] - p_[i]; };
    const auto secant = [&](size_t i) { return (x_[i + 1] - x_[i]) / width(i); };
    slope_.resize(n);
    if (n == 2) {
      slope_[0] = slope_[1] = secant(0);
      return;
    }
    for (size_t i = 1; i + 1 < n; ++i) {
      const double left = 2 * width(i) + width(i - 1), right = width(i) + 2 * width(i - 1);
      slope_[i] = (left + right) / (left / secant(i - 1) + right / secant(i));
    }
    slope_[0] = end_slope(width(0), width(1), secant(0), secant(1));
    slope_[n - 1] = end_slope(width(n - 2), width(n - 3), secant(n - 2), secant(n - 3));
  }

  // Three-point formula at an end, kept between 0 and three times the outer secant so that the cell stays monotone.
  static double end_slope(double outer, double inner, double outer_secant, double inner_secant) {
    const double slope =
        ((2 * outer + inner) * outer_secant - outer * inner_secant) / (outer + inner);
    return std::clamp(slope, 0.0, 3 * outer_secant);
  }

  double inside(double u) const override {
    const size_t i =
        static_cast<size_t>(std::upper_bound(p_.begin() + 1, p_.end() - 1, u) - p_.begin()) - 1;
    const double width = p_[i + 1] - p_[i];
    const double t = (u - p_[i]) / width;
    const double s = 1 - t;
    return x_[i] * (1 + 2 * t) * s * s + x_[i + 1] * t * t * (3 - 2 * t) +
           width * t * s * (slope_[i] * s - slope_[i + 1] * t);
  }

  std::vector<double> p_, x_, slope_;
};

}  // namespace

std::unique_ptr<Marginal> make_elicited(const Distribution& d, const Cut& cut) {
  return std::make_unique<Elicited>(d, cut);
}

}  // namespace chasm
