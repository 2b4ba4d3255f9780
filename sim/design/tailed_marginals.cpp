// Distributions with tails: normal, lognormal, exponential.

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/design/marginal_kinds.hpp"
#include "sim/design/normal_cdf.hpp"
#include "sim/math.hpp"

namespace chasm {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// A standard normal number between two ends, which may be infinite.
class NormalBetween {
 public:
  NormalBetween(double low, double high)
      // Above zero the upper tail is kept instead of the lower: 1 - p would lose its digits.
      : mirrored_(low > 0),
        from_(normal_cdf(mirrored_ ? -low : low)),
        span_(normal_cdf(mirrored_ ? -high : high) - from_) {}
  double mass() const { return span_ < 0 ? -span_ : span_; }
  double quantile(double u) const {
    const double z = normal_quantile(std::clamp(from_ + u * span_, 0x1p-1000, 1 - 0x1p-53));
    return mirrored_ ? -z : z;
  }

 private:
  bool mirrored_;
  double from_, span_;
};

class Normal : public Marginal {
 public:
  Normal(double mean, double deviation, const Cut& cut)
      : mean_(mean),
        deviation_(deviation),
        standard_((cut.low - mean) / deviation, (cut.high - mean) / deviation) {
    if (!(standard_.mass() >= least_mass))
      refuse_no_mass(cut.parameter, "normal with mean " + number_text(mean) +
                                        " and standard deviation " + number_text(deviation));
    set_support(cut.low, cut.high);
  }

 private:
  double inside(double u) const override { return mean_ + deviation_ * standard_.quantile(u); }
  double mean_, deviation_;
  NormalBetween standard_;
};

double log_or_end(double x) { return x <= 0 ? -infinity : x < infinity ? log(x) : infinity; }

class Lognormal : public Marginal {
 public:
  Lognormal(double log_median, double log_deviation, const Cut& cut)
      : log_median_(log_median),
        log_deviation_(log_deviation),
        standard_((log_or_end(cut.low) - log_median) / log_deviation,
                  (log_or_end(cut.high) - log_median) / log_deviation) {
    if (!(standard_.mass() >= least_mass))
      refuse_no_mass(cut.parameter, "lognormal with median " + number_text(exp(log_median)) +
                                        " and logarithmic standard deviation " +
                                        number_text(log_deviation));
    set_support(std::max(cut.low, 0.0), cut.high);
  }

 private:
  double inside(double u) const override {
    return exp(log_median_ + log_deviation_ * standard_.quantile(u));
  }
  double log_median_, log_deviation_;
  NormalBetween standard_;
};

class Exponential : public Marginal {
 public:
  Exponential(double mean, const Cut& cut) : mean_(mean), from_(std::max(cut.low, 0.0)) {
    const double to = cut.high;
    const double above = from_ < to ? exp(-from_ / mean) : 0;
    inside_ = to < infinity ? -expm1((from_ - to) / mean) : 1;
    if (!(above * inside_ >= least_mass))
      refuse_no_mass(cut.parameter, "exponential with mean " + number_text(mean));
    set_support(from_, to);
  }

 private:
  // Past from_ the distribution is the same again, shifted.
  double inside(double u) const override { return from_ - mean_ * log1p(-u * inside_); }
  double mean_, from_;
  double inside_;  // the share of what lies above from_ that lies in the range
};

}  // namespace

std::unique_ptr<Marginal> make_normal(double mean, double deviation, const Cut& cut) {
  return std::make_unique<Normal>(mean, deviation, cut);
}

std::unique_ptr<Marginal> make_lognormal(double log_median, double log_deviation, const Cut& cut) {
  return std::make_unique<Lognormal>(log_median, log_deviation, cut);
}

std::unique_ptr<Marginal> make_exponential(double mean, const Cut& cut) {
  return std::make_unique<Exponential>(mean, cut);
}

}  // namespace chasm
