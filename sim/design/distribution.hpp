#pragma once

// What is believed about one uncertain parameter, as data. All numbers are in the parameter's unit.
//
// Every distribution is cut to the parameter's registered range [low, high]: its CDF is renormalised on the
// range, values are never clamped to its ends. Whole-number parameters are drawn on [low - 1/2, high + 1/2]
// and rounded to the nearest whole number; `uniform` then gives each whole number the same chance.

#include <utility>
#include <vector>

#include "sim/table.hpp"

namespace chasm {

struct Distribution {
  enum class Kind {
    point,             // a = value
    registered_range,  // log-uniform on what is plausible of the parameter, else uniform on its range
    uniform,           // a = low, b = high
    log_uniform,       // a = low > 0, b = high
    triangular,        // a = low, b = mode, c = high
    normal,            // a = mean, b = standard deviation
    lognormal,         // a = median, b = standard deviation of the logarithm
    lognormal_p90,     // a = median, b = 90 % quantile
    exponential,       // a = mean, from zero
    beta,              // a, b = shapes, on the parameter's range
    beta_on,           // a, b = shapes, on [c, d]
    discrete,          // values[i] with chance weights[i] / sum of weights
    quantiles,         // values[i] is the probabilities[i] quantile
  };

  Kind kind = Kind::point;
  double a = 0, b = 0, c = 0, d = 0;
  std::vector<double> values;
  std::vector<double> weights;  // discrete: weights; quantiles: probabilities

  static Distribution point(double value) { return {Kind::point, value, 0, 0, 0, {}, {}}; }
  static Distribution registered_range() { return {Kind::registered_range, 0, 0, 0, 0, {}, {}}; }
  static Distribution uniform(double low, double high) {
    return {Kind::uniform, low, high, 0, 0, {}, {}};
  }
  static Distribution log_uniform(double low, double high) {
    return {Kind::log_uniform, low, high, 0, 0, {}, {}};
  }
  static Distribution triangular(double low, double mode, double high) {
    return {Kind::triangular, low, mode, high, 0, {}, {}};
  }
  static Distribution normal(double mean, double deviation) {
    return {Kind::normal, mean, deviation, 0, 0, {}, {}};
  }
  static Distribution lognormal(double median, double log_deviation) {
    return {Kind::lognormal, median, log_deviation, 0, 0, {}, {}};
  }
  static Distribution lognormal_p90(double median, double p90) {
    return {Kind::lognormal_p90, median, p90, 0, 0, {}, {}};
  }
  static Distribution exponential(double mean) {
    return {Kind::exponential, mean, 0, 0, 0, {}, {}};
  }
  static Distribution beta(double a, double b) { return {Kind::beta, a, b, 0, 0, {}, {}}; }
  static Distribution beta_on(double a, double b, double low, double high) {
    return {Kind::beta_on, a, b, low, high, {}, {}};
  }
  static Distribution discrete(std::vector<double> values, std::vector<double> weights) {
    return {Kind::discrete, 0, 0, 0, 0, std::move(values), std::move(weights)};
  }
  // Probabilities rise strictly from 0 to 1 (both ends of the support are stated), values strictly too.
  static Distribution quantiles(std::vector<double> probabilities, std::vector<double> values) {
    return {Kind::quantiles, 0, 0, 0, 0, std::move(values), std::move(probabilities)};
  }
};

// The name a study file uses: "log_uniform", "triangular", ...
const char* distribution_name(Distribution::Kind);

// Throws InputError naming the parameter where the distribution contradicts itself or has no mass
// inside the parameter's range.
void check_distribution(const Distribution&, const Parameter&);

}  // namespace chasm
