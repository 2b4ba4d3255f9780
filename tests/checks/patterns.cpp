// Patterns of the baseline that nobody put in.

#include <cmath>

#include "models/enterprise/totals.hpp"
#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

constexpr int worlds = 1024;

// Share of all run-rate that the best fifth of initiatives earns, from their counts by quarter octave.
double share_of_best_fifth(const std::vector<double>& counts) {
  const auto middle = [](size_t cell) {
    return cell == 0 ? 0
                     : std::exp2(enterprise::run_rate_first +
                                 (static_cast<double>(cell) - .5) / enterprise::run_rate_steps);
  };
  double all = 0, earned = 0;
  for (size_t cell = 0; cell < counts.size(); ++cell) {
    all += counts[cell];
    earned += counts[cell] * middle(cell);
  }
  double left = .2 * all, by_best = 0;
  for (size_t cell = counts.size(); cell-- > 0 && left > 0;) {
    const double taken = std::min(left, counts[cell]);
    by_best += taken * middle(cell);
    left -= taken;
  }
  return by_best / earned;
}

// Chance that the indicator of one that came into use is above that of one that did not (ties count half).
double area_under_curve(const std::vector<double>& cells) {
  double below = 0, won = 0, in_use = 0;
  for (size_t cell = 0; cell < cells.size(); cell += 2) {
    won += cells[cell + 1] * (below + cells[cell] / 2);
    below += cells[cell];
    in_use += cells[cell + 1];
  }
  return won / (below * in_use);
}

}  // namespace

void patterns(Lab& lab, Page& page) {
  const Outcome& base = lab.run({}, worlds);
  const auto of = [&](enterprise::TotalOf which) {
    return base.totals.at(static_cast<size_t>(which));
  };
  const Number fifth = jackknife(of(enterprise::TotalOf::run_rates), share_of_best_fifth);
  page.findings.push_back({"C34", "value is heavy-tailed: the best fifth holds most",
                           "share of the run-rate of all initiatives that came into use, best "
                           "fifth, above .6",
                           text(fifth), above(fifth, .6)});
  const Number area = jackknife(of(enterprise::TotalOf::early_warning), area_under_curve);
  page.findings.push_back({"C35", "leading indicators at 26 weeks foretell production by week 156",
                           "area under the curve above .6", text(area), above(area, .6)});
  const auto& net = base.of("net_value");
  constexpr size_t batch = 16;
  Moments one, many;
  for (size_t i = 0; i < net.size(); i += batch) {
    Moments together;
    for (size_t k = i; k < i + batch; ++k) {
      one.add(net[k]);
      together.add(net[k]);
    }
    many.add(together.mean());
  }
  const double log_batch = std::log(static_cast<double>(batch));
  const Number exponent = {
      std::log(many.standard_deviation() / one.standard_deviation()) / log_batch,
      std::sqrt(.5 / static_cast<double>(many.count() - 1)) / log_batch};
  page.findings.push_back(
      {"C38b", "the error of a mean falls as one over the root of worlds",
       "exponent from single worlds to means of 16, net value; -.5 expected", text(exponent),
       above(exponent, -.5) == Verdict::undecided ? Verdict::holds : Verdict::refused});
}

}  // namespace chasm::checks
