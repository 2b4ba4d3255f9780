#pragma once

#include <memory>

#include "sim/design/distribution.hpp"

namespace chasm {

// A distribution made ready for draws: its inverse CDF, cut to the parameter's range.
class Marginal {
 public:
  virtual ~Marginal() = default;

  // u in [0, 1] becomes a value: monotone, low() at 0 and high() at 1. Whole-number parameters are rounded.
  double value(double u) const;
  // The ends of what can be drawn; infinite only where the distribution and the parameter's range both are.
  double low() const;
  double high() const;

 protected:
  // The support after the cut, before rounding to whole numbers.
  void set_support(double low, double high) { low_ = low, high_ = high; }

 private:
  virtual double inside(double u) const = 0;  // 0 < u < 1
  double rounded(double) const;

  friend std::unique_ptr<const Marginal> make_marginal(const Distribution&, const Parameter&);
  double low_ = 0, high_ = 0;
  bool whole_ = false;
  double range_low_ = 0, range_high_ = 0;  // the parameter's range
};

// Throws InputError as check_distribution does.
std::unique_ptr<const Marginal> make_marginal(const Distribution&, const Parameter&);

}  // namespace chasm
