#include "sim/design/marginal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "sim/design/marginal_kinds.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace chasm {

namespace {

using Kind = Distribution::Kind;

// Standard normal quantile of 0.9.
constexpr double ninth_decile = 1.2815515655446004;

void need(bool holds, const Parameter& parameter, const Distribution& d, const char* rule,
          std::initializer_list<double> given) {
  for (const double number : given) holds = holds && std::isfinite(number);
  if (holds) return;
  std::string text;
  for (const double number : given) text += (text.empty() ? "" : ", ") + number_text(number);
  refuse(parameter, std::string(distribution_name(d.kind)) + " cannot use " + text + " (" + rule +
                        ") correct the numbers");
}

Cut cut_of(const Parameter& parameter) {
  const double half = parameter.whole ? 0.5 : 0;
  return {parameter, parameter.low - half, parameter.high + half};
}

std::unique_ptr<Marginal> make_kind(const Distribution& d, const Parameter& p) {
  const Cut cut = cut_of(p);
  const double half = p.whole ? 0.5 : 0;
  switch (d.kind) {
    case Kind::point:
      need(true, p, d, "needs a finite value", {d.a});
      return make_point(d, cut);
    case Kind::registered_range:
      need(p.low < p.high, p, d, "the parameter's range must be finite and wider than a point",
           {p.low, p.high});
      if (p.has_plausible()) return make_log_uniform(p.plausible_low, p.plausible_high, cut);
      return make_uniform(cut.low, cut.high, cut);
    case Kind::uniform:
      need(d.a < d.b, p, d, "needs low < high", {d.a, d.b});
      need(!p.whole || (d.a == std::floor(d.a) && d.b == std::floor(d.b)), p, d,
           "the parameter takes whole numbers, so both ends must be whole", {d.a, d.b});
      return make_uniform(d.a - half, d.b + half, cut);
    case Kind::log_uniform:
      need(0 < d.a && d.a < d.b, p, d, "needs 0 < low < high", {d.a, d.b});
      return make_log_uniform(d.a, d.b, cut);
    case Kind::triangular:
      need(d.a <= d.b && d.b <= d.c && d.a < d.c, p, d, "needs low <= mode <= high and low < high",
           {d.a, d.b, d.c});
      return make_triangular(d.a, d.b, d.c, cut);
    case Kind::normal:
      need(d.b > 0, p, d, "needs a mean and a standard deviation above 0", {d.a, d.b});
      return make_normal(d.a, d.b, cut);
    case Kind::lognormal:
      need(d.a > 0 && d.b > 0, p, d,
           "needs a median and a standard deviation of the logarithm, both above 0", {d.a, d.b});
      return make_lognormal(log(d.a), d.b, cut);
    case Kind::lognormal_p90:
      need(0 < d.a && d.a < d.b, p, d, "needs 0 < median < 90 % quantile", {d.a, d.b});
      return make_lognormal(log(d.a), (log(d.b) - log(d.a)) / ninth_decile, cut);
    case Kind::exponential:
      need(d.a > 0, p, d, "needs a mean above 0", {d.a});
      return make_exponential(d.a, cut);
    case Kind::beta:
      need(p.low < p.high, p, d, "the parameter's range must be finite and wider than a point",
           {p.low, p.high});
      need(d.a >= 0.01 && d.b >= 0.01 && d.a <= 1e5 && d.b <= 1e5, p, d,
           "needs two shapes from 0.01 to 100000", {d.a, d.b});
      return make_beta(d.a, d.b, cut.low, cut.high, cut);
    case Kind::beta_on:
      need(d.a >= 0.01 && d.b >= 0.01 && d.a <= 1e5 && d.b <= 1e5 && d.c < d.d, p, d,
           "needs two shapes from 0.01 to 100000 and low < high", {d.a, d.b, d.c, d.d});
      return make_beta(d.a, d.b, d.c, d.d, cut);
    case Kind::discrete:
      return make_discrete(d, cut);
    case Kind::quantiles:
      return make_elicited(d, cut);
  }
  refuse(p, "unknown kind of distribution (the program is at fault) report this");
}

}  // namespace

std::string number_text(double number) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, number).ptr;
  return std::string(text, end);
}

std::string range_text(const Parameter& p) {
  const std::string unit = p.unit;
  return number_text(p.low) + ".." + number_text(p.high) + (unit.empty() ? "" : " " + unit);
}

void refuse(const Parameter& p, const std::string& text) {
  throw InputError("uncertain parameter \"" + std::string(p.name) + "\": " + text);
}

void refuse_no_mass(const Parameter& p, const std::string& distribution) {
  refuse(p, distribution + " has no mass inside the parameter's range (" + range_text(p) +
                ") choose a distribution that overlaps the range");
}

const char* distribution_name(Distribution::Kind kind) {
  switch (kind) {
    case Kind::point:
      return "point";
    case Kind::registered_range:
      return "registered range";
    case Kind::uniform:
      return "uniform";
    case Kind::log_uniform:
      return "log_uniform";
    case Kind::triangular:
      return "triangular";
    case Kind::normal:
      return "normal";
    case Kind::lognormal:
    case Kind::lognormal_p90:
      return "lognormal";
    case Kind::exponential:
      return "exponential";
    case Kind::beta:
    case Kind::beta_on:
      return "beta";
    case Kind::discrete:
      return "discrete";
    case Kind::quantiles:
      return "quantiles";
  }
  return "";
}

double Marginal::rounded(double x) const {
  if (!whole_) return x;
  return std::clamp(std::floor(x + 0.5), range_low_, range_high_);
}

double Marginal::value(double u) const {
  if (!(u > 0)) return low();
  if (u >= 1) return high();
  const double x = inside(u);
  // Rounding of the last digit only: the inverse CDF itself ends at low_ and high_.
  return rounded(std::clamp(x, low_, high_));
}

double Marginal::low() const { return rounded(low_); }

double Marginal::high() const { return rounded(high_); }

std::unique_ptr<const Marginal> make_marginal(const Distribution& d, const Parameter& p) {
  auto marginal = make_kind(d, p);
  marginal->whole_ = p.whole;
  marginal->range_low_ = p.low;
  marginal->range_high_ = p.high;
  return marginal;
}

void check_distribution(const Distribution& d, const Parameter& p) { make_marginal(d, p); }

}  // namespace chasm
