// Distributions that state their own ends: point, discrete choice, uniform, log-uniform, triangular.

#include <algorithm>
#include <cmath>

#include "sim/design/marginal_kinds.hpp"
#include "sim/math.hpp"

namespace chasm {

namespace {

// A value that is stated one by one must be usable as it stands.
void need_usable(double value, const Cut& cut, const char* what) {
  const Parameter& p = cut.parameter;
  if (!(value >= p.low && value <= p.high))
    refuse(p, std::string(what) + " " + number_text(value) +
                  " is out of range (allowed: " + range_text(p) + ") choose a value inside");
  if (p.whole && value != std::floor(value))
    refuse(p, std::string(what) + " " + number_text(value) +
                  " is not whole (the parameter takes whole numbers) round it");
}

class Point : public Marginal {
 public:
  explicit Point(double value) { set_support(value, value); }

 private:
  double inside(double) const override { return low(); }
};

class Discrete : public Marginal {
 public:
  Discrete(const Distribution& d, const Cut& cut) {
    const Parameter& p = cut.parameter;
    if (d.values.empty() || d.values.size() != d.weights.size())
      refuse(p, "discrete needs as many weights as values, at least one (got " +
                    std::to_string(d.values.size()) + " values and " +
                    std::to_string(d.weights.size()) + " weights) complete the lists");
    for (size_t i = 0; i < d.values.size(); ++i) {
      need_usable(d.values[i], cut, "discrete value");
      if (!(d.weights[i] >= 0 && std::isfinite(d.weights[i])))
        refuse(p, "weight " + number_text(d.weights[i]) +
                      " of a discrete value (weights are finite and not below 0) correct it");
      if (d.weights[i] > 0) steps_.push_back({d.values[i], d.weights[i]});
    }
    // Rising values, so that rank correlations keep their sense.
    std::sort(steps_.begin(), steps_.end(),
              [](const Step& x, const Step& y) { return x.value < y.value; });
    double total = 0;
    for (size_t i = 0; i < steps_.size(); ++i) {
      if (i > 0 && steps_[i].value == steps_[i - 1].value)
        refuse(p, "discrete value " + number_text(steps_[i].value) +
                      " is listed twice (a value has one weight) add the weights");
      steps_[i].below = total += steps_[i].below;
    }
    if (!(total > 0 && std::isfinite(total)))
      refuse(p, "discrete weights add up to " + number_text(total) +
                    " (they need a finite sum above 0) correct them");
    set_support(steps_.front().value, steps_.back().value);
  }

 private:
  struct Step {
    double value;
    double below;  // sum of the weights up to and with this value
  };
  double inside(double u) const override {
    const double target = u * steps_.back().below;
    size_t i = 0;
    while (i + 1 < steps_.size() && steps_[i].below <= target) ++i;
    return steps_[i].value;
  }
  std::vector<Step> steps_;
};

class Uniform : public Marginal {
 public:
  Uniform(double low, double high) : low_(low), width_(high - low) { set_support(low, high); }

 private:
  double inside(double u) const override { return low_ + u * width_; }
  double low_, width_;
};

class LogUniform : public Marginal {
 public:
  LogUniform(double low, double high) : log_low_(log(low)), log_width_(log(high) - log_low_) {
    set_support(low, high);
  }

 private:
  double inside(double u) const override { return exp(log_low_ + u * log_width_); }
  double log_low_, log_width_;
};

class Triangular : public Marginal {
 public:
  Triangular(double low, double mode, double high, const Cut& cut)
      : low_(low), mode_(mode), high_(high) {
    const double from = std::max(low, cut.low), to = std::min(high, cut.high);
    below_ = from < to ? cdf(from) : 0;
    mass_ = from < to ? cdf(to) - below_ : 0;
    if (!(mass_ >= least_mass))
      refuse_no_mass(cut.parameter, "triangular " + number_text(low) + ", " + number_text(mode) +
                                        ", " + number_text(high));
    set_support(from, to);
  }

 private:
  double cdf(double x) const {
    const double width = high_ - low_;
    if (x <= low_) return 0;
    if (x >= high_) return 1;
    return x < mode_ ? (x - low_) * (x - low_) / (width * (mode_ - low_))
                     : 1 - (high_ - x) * (high_ - x) / (width * (high_ - mode_));
  }
  double inside(double u) const override {
    const double v = below_ + u * mass_;
    const double width = high_ - low_;
    return v * width < mode_ - low_ ? low_ + std::sqrt(v * width * (mode_ - low_))
                                    : high_ - std::sqrt((1 - v) * width * (high_ - mode_));
  }
  double low_, mode_, high_, below_, mass_;
};

// The part of [low, high] inside the range; throws where it is less than least_mass of the whole.
template <class Share>
void cut_ends(double& low, double& high, const Cut& cut, const char* name, Share share) {
  const double from = std::max(low, cut.low), to = std::min(high, cut.high);
  if (!(from < to && share(from, to) >= least_mass))
    refuse_no_mass(cut.parameter,
                   std::string(name) + " " + number_text(low) + ".." + number_text(high));
  low = from, high = to;
}

}  // namespace

std::unique_ptr<Marginal> make_point(const Distribution& d, const Cut& cut) {
  need_usable(d.a, cut, "value");
  return std::make_unique<Point>(d.a);
}

std::unique_ptr<Marginal> make_discrete(const Distribution& d, const Cut& cut) {
  return std::make_unique<Discrete>(d, cut);
}

std::unique_ptr<Marginal> make_uniform(double low, double high, const Cut& cut) {
  const double whole = high - low;
  cut_ends(low, high, cut, "uniform", [&](double a, double b) { return (b - a) / whole; });
  return std::make_unique<Uniform>(low, high);
}

std::unique_ptr<Marginal> make_log_uniform(double low, double high, const Cut& cut) {
  const double whole = log(high) - log(low);
  cut_ends(low, high, cut, "log_uniform",
           [&](double a, double b) { return (log(b) - log(a)) / whole; });
  return std::make_unique<LogUniform>(low, high);
}

std::unique_ptr<Marginal> make_triangular(double low, double mode, double high, const Cut& cut) {
  return std::make_unique<Triangular>(low, mode, high, cut);
}

}  // namespace chasm
