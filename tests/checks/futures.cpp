// What is not known: futures against luck, and whether the surveys' facts can hold together.

#include <algorithm>
#include <cmath>

#include "models/enterprise/totals.hpp"
#include "tests/checks/page.hpp"
#include "tests/support/studies.hpp"

namespace chasm::checks {

namespace {

struct Range {
  const char* name;
  double low, high;
};
// Judged parameters that decide most of what the facts are.
constexpr Range ranges[] = {{"understanding.scale", .9, 3},
                            {"translation.start", .35, .75},
                            {"translation.gain", .3, .6},
                            {"work.rework", .05, .5},
                            {"gates.framing", -.6, .9},
                            {"gates.data", .3, 1.8},
                            {"gates.build", 1, 2.6},
                            {"gates.pilot", 1.4, 3},
                            {"hypothesis.true_share", .25, .5},
                            {"opportunity.spread", .9, 1.5},
                            {"proposals.noise", .3, .8},
                            {"last_mile.limbo", .004, .03},
                            {"insights.acted_on", .4, .8},
                            {"adoption.threshold", .3, .44},
                            {"gates.false_value", .02, .1},
                            {"data.service", .4, .9}};
constexpr size_t uncertain = std::size(ranges);

// Roberts' additive recurrence: spreads any number of points evenly over the ranges.
std::vector<double> point(uint64_t number) {
  double root = 2;  // of x^(d + 1) = x + 1
  for (int i = 0; i < 60; ++i) root = std::pow(1 + root, 1.0 / (uncertain + 1));
  std::vector<double> out;
  double step = 1;
  for (const Range& range : ranges) {
    step /= root;
    const double at = std::fmod(.5 + step * static_cast<double>(number + 1), 1.0);
    out.push_back(range.low + at * (range.high - range.low));
  }
  return out;
}

class Spread : public Futures {
 public:
  explicit Spread(uint64_t count) : count_(count) {
    std::vector<std::pair<int, size_t>> order;
    for (size_t k = 0; k < uncertain; ++k)
      order.emplace_back(test::parameter(enterprise_model(), ranges[k].name), k);
    std::sort(order.begin(), order.end());
    for (const auto& [parameter, k] : order) {
      parameters_.push_back(parameter);
      place_.push_back(k);
    }
  }
  uint64_t count() const override { return count_; }
  void draw(uint64_t future, std::span<double> values) const override {
    const auto all = point(future);
    for (size_t k = 0; k < uncertain; ++k) values[k] = all[place_[k]];
  }

 private:
  uint64_t count_;
  std::vector<size_t> place_;
};

constexpr size_t replications = 4;

// [future][replication]
using Nested = std::vector<std::vector<double>>;

Nested luck(Nested values) {
  for (auto& future : values) {
    const double middle = mean(future).value;
    for (double& value : future) value -= middle;
  }
  return values;
}

// Variance over futures of one replication, less the components from the others (of which the sum over a future's mean and luck
// must be the same); sums over futures, so that each can be left out.
Number total_less_components(const Nested& y) {
  struct Sums {
    double n = 0, first = 0, first2 = 0, middle = 0, middle2 = 0, within = 0;
    double difference() const {
      const double r = replications - 1;
      const double total = (first2 - first * first / n) / (n - 1);
      const double of_means = (middle2 - middle * middle / n) / (n - 1), of_luck = within / n;
      return 1 - (of_means - of_luck / r + of_luck) / total;
    }
  };
  const auto terms = [](const std::vector<double>& future) {
    Moments rest;
    for (size_t r = 1; r < replications; ++r) rest.add(future[r]);
    return Sums{1,
                future[0],
                future[0] * future[0],
                rest.mean(),
                rest.mean() * rest.mean(),
                rest.variance()};
  };
  Sums all;
  const auto add = [](Sums a, const Sums& b, double sign) {
    return Sums{
        a.n + sign * b.n,           a.first + sign * b.first,     a.first2 + sign * b.first2,
        a.middle + sign * b.middle, a.middle2 + sign * b.middle2, a.within + sign * b.within};
  };
  for (const auto& future : y) all = add(all, terms(future), 1);
  Moments left_out;
  for (const auto& future : y) left_out.add(add(all, terms(future), -1).difference());
  return {all.difference(), std::sqrt((all.n - 1) * (all.n - 1) / all.n * left_out.variance())};
}

Number correlation(const std::vector<double>& a, const std::vector<double>& b, double degrees) {
  double ab = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  const double r = ab / std::sqrt(aa * bb);
  return {r, (1 - r * r) / std::sqrt(degrees)};
}

std::vector<double> flat(const Nested& nested, size_t from, size_t to) {
  std::vector<double> out;
  for (size_t f = from; f < to; ++f) out.insert(out.end(), nested[f].begin(), nested[f].end());
  return out;
}

void components(Lab& lab, Page& page) {
  constexpr uint64_t futures = 1000;
  const Model& model = enterprise_model();
  Study study = test::study_of(model, futures, replications, weeks);
  study.futures = std::make_shared<Spread>(futures);
  for (const char* lever : {"translators", "platform"}) {
    study.arms.push_back(test::arm(model, lever, {}));
    study.arms.back().levers[static_cast<size_t>(test::lever(model, lever))].strength = 1;
  }
  const auto all = test::run(study, choose_program(model), lab.threads());
  lab.count(static_cast<long>(study.worlds()));
  const auto value = static_cast<size_t>(test::metric(model, "realised_value"));
  std::vector<Nested> arms(3);
  // A future in which a world failed is left out of all arms.
  for (uint64_t f = 0; f < futures; ++f) {
    std::vector<std::vector<double>> of_future(3);
    bool whole = true;
    for (size_t r = 0; r < replications; ++r)
      for (size_t arm = 0; arm < 3; ++arm) {
        of_future[arm].push_back(all.metrics[value][(f * replications + r) * 3 + arm]);
        whole = whole && !std::isnan(of_future[arm].back());
      }
    for (size_t arm = 0; whole && arm < 3; ++arm) arms[arm].push_back(of_future[arm]);
  }
  const size_t kept = arms[0].size();
  const Number apart = total_less_components(arms[0]);
  page.findings.push_back(
      {"A4a", "between futures and luck inside of them is all the variance there is",
       "1,000 futures x 4: 1 - (components from three replications) / (variance of the fourth), "
       "within 3 standard errors of 0",
       text(apart, true) + " (" + std::to_string(futures - kept) +
           " futures with a failed world left out)",
       std::abs(apart.value) < 3 * apart.error ? Verdict::holds : Verdict::refused});
  const Nested noise = luck(arms[0]);
  const double degrees = static_cast<double>(kept) * (replications - 1);
  const Number neighbours = correlation(flat(noise, 0, kept - 1), flat(noise, 1, kept), degrees);
  page.findings.push_back(
      {"A4b", "the luck of two futures is unrelated",
       "correlation of the same replication in neighbouring futures", text(neighbours, true),
       above(neighbours) == Verdict::undecided ? Verdict::holds : Verdict::refused});
  std::vector<Verdict> verdicts;
  std::string correlations;
  for (size_t arm = 1; arm < 3; ++arm) {
    const Number shared =
        correlation(flat(noise, 0, kept), flat(luck(arms[arm]), 0, kept), degrees);
    verdicts.push_back(above(shared, .5));
    correlations += (arm == 1 ? "" : ", ") + study.arms[arm].name + " " + text(shared);
  }
  page.findings.push_back({"A4c", "arms inside a future share most of their luck",
                           "correlation of luck with the baseline's, above .5", correlations,
                           checks::all(verdicts)});
}

// The facts over many points of what is not known, and F3 where the others hold.
void frontier(Lab& lab, Page& page) {
  constexpr uint64_t points = 192;
  constexpr int worlds = 64;
  struct Facts {
    double f1, f1p, f2, f3, kept;
  };
  const auto facts_of = [&](const Spec& spec, int many) {
    const Outcome& outcome = lab.run(spec, many);
    const auto pooled = [&](enterprise::TotalOf which) {
      const auto& blocks = outcome.totals.at(static_cast<size_t>(which));
      std::vector<double> cells(blocks.at(0).size());
      for (const auto& block : blocks)
        for (size_t cell = 0; cell < cells.size(); ++cell)
          cells[cell] += static_cast<double>(block[cell]);
      return cells;
    };
    const auto counts = pooled(enterprise::TotalOf::facts),
               promises = pooled(enterprise::TotalOf::promises);
    return Facts{counts[0] / counts[1], counts[2] / counts[3], counts[4] / counts[5],
                 counts[6] / counts[7], promises[0] / promises[1]};
  };
  const auto in = [](double x, double low, double high) { return x >= low && x <= high; };
  int f1 = 0, f1p = 0, f2 = 0, f3 = 0, kept = 0, others = 0, all_five = 0;
  double least = 1, most = 0;
  for (uint64_t k = 0; k < points; ++k) {
    Spec spec;
    const auto values = point(k);
    for (size_t j = 0; j < uncertain; ++j) spec = spec.set(ranges[j].name, values[j]);
    const Facts f = facts_of(spec, worlds);
    const bool is[] = {in(f.f1, .82, .92), in(f.f1p, .46, .58), in(f.f2, .14, .26),
                       in(f.kept, .2, .36), in(f.f3, .79, .91)};
    f1 += is[0];
    f1p += is[1];
    f2 += is[2];
    kept += is[3];
    f3 += is[4];
    if (is[0] && is[3]) {
      ++others;
      least = std::min(least, f.f3);
      most = std::max(most, f.f3);
      all_five += is[1] && is[2] && is[4];
    }
  }
  const auto share = [&](int count) {
    return std::to_string(count) + " of " + std::to_string(points);
  };
  page.tables.push_back({"Which facts hold together",
                         "Points spread evenly over the ranges of " + std::to_string(uncertain) +
                             " judged parameters, " + std::to_string(worlds) + " worlds each.",
                         {"inside", "points"},
                         {{"F1", share(f1)},
                          {"F1p", share(f1p)},
                          {"F2", share(f2)},
                          {"F3", share(f3)},
                          {"F4a_surv", share(kept)},
                          {"F1 and F4a_surv", share(others)},
                          {"of these F3 from, to", text(least, 3) + ", " + text(most, 3)},
                          {"all five", share(all_five)}}});
  const Number usual = [&] {
    const auto& blocks = lab.run({}, 1024).totals[static_cast<size_t>(enterprise::TotalOf::facts)];
    return jackknife(blocks, [](const auto& c) { return c[6] / c[7]; });
  }();
  const Number one_kind = [&] {
    const Spec spec = Spec{}
                          .set("kind.predictive.share", 1)
                          .set("kind.generative.share", 0)
                          .set("kind.reporting.share", 0)
                          .set("kind.bought.share", 0);
    const auto& blocks = lab.run(spec, 512).totals[static_cast<size_t>(enterprise::TotalOf::facts)];
    return jackknife(blocks, [](const auto& c) { return c[6] / c[7]; });
  }();
  page.findings.push_back(
      {"F3", "85 % of projects falling short needs projects other than predictive ones",
       "F3 over all kinds, and where every initiative is predictive: above .91 there",
       text(usual) + ", " + text(one_kind), above(one_kind, .91)});
}

}  // namespace

void futures(Lab& lab, Page& page) {
  components(lab, page);
  frontier(lab, page);
}

}  // namespace chasm::checks
