// The baseline against the stylised facts it was fitted to, and where its value is lost.

#include <cmath>

#include "models/enterprise/totals.hpp"
#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

constexpr int worlds = 1024;

const std::vector<std::vector<int64_t>>& total(const Outcome& outcome, enterprise::TotalOf which) {
  return outcome.totals.at(static_cast<size_t>(which));
}

struct Fact {
  std::string name, target;
  Number number;
  double low, high;
};

std::vector<Fact> facts_of(const Outcome& outcome) {
  const auto& counts = total(outcome, enterprise::TotalOf::facts);
  const auto& promises = total(outcome, enterprise::TotalOf::promises);
  const auto share = [&](size_t fact) {
    return jackknife(counts, [&](const auto& c) { return c[2 * fact] / c[2 * fact + 1]; });
  };
  return {
      {"F1, never in production by week 156", ".87 +- .05", share(0), .82, .92},
      {"F1p, pilots that reach production", ".52 +- .06", share(1), .46, .58},
      {"F2, insights with a measured benefit", ".20 +- .06", share(2), .14, .26},
      {"F3, ended projects that missed half of their charter", ".85 +- .06", share(3), .79, .91},
      {"F4a_surv, kept of promised where in production", ".28 +- .08",
       jackknife(promises, [](const auto& c) { return c[0] / c[1]; }), .20, .36},
      {"F4a_all, kept of promised over all started", "< 1/3",
       jackknife(promises, [](const auto& c) { return c[0] / c[2]; }), 0, 1.0 / 3}};
}

std::vector<double> bars(const Outcome& outcome, const std::vector<std::string>& causes) {
  std::vector<double> out(worlds);
  for (const std::string& cause : causes)
    out = sum(1, out, 1, outcome.millions("waterfall." + cause));
  return out;
}

void value_lost(const Outcome& base, Page& page) {
  const std::vector<std::string> technical = {"technical", "technical_quality", "drift"},
                                 data = {"data_wait", "data_quality"},
                                 started = {"gate_wait",         "killed",   "data_wait",
                                            "technical",         "silo",     "last_mile",
                                            "abandoned",         "incident", "data_quality",
                                            "technical_quality", "fidelity", "rollout",
                                            "adoption",          "drift",    "review"},
                                 organization = {"gate_wait", "killed",   "silo",    "last_mile",
                                                 "abandoned", "fidelity", "rollout", "adoption",
                                                 "incident",  "review"};
  const auto potential =
      minus(base.millions("believed_value"), base.millions("waterfall.false_hypothesis"));
  const auto lost = minus(potential, base.millions("waterfall.realised"));
  const auto of_all = ratio(bars(base, technical), lost),
             of_started = ratio(bars(base, technical), bars(base, started)),
             organized = ratio(bars(base, organization), bars(base, started)),
             by_data = ratio(bars(base, data), bars(base, started));
  page.findings.push_back({"C31a", "technical failure is a small part of all value lost",
                           "technical + technical_quality + drift, share of true potential not "
                           "realised, below .15",
                           text(of_all), below(of_all, .15)});
  page.findings.push_back(
      {"C31b", "of what is lost between start and use, organization dominates technology and data",
       "share of technology below .25, of gates, silos, last mile, fidelity, roll-out, adoption "
       "above .5",
       "technology " + text(of_started) + ", data " + text(by_data) + ", organization " +
           text(organized),
       all({below(of_started, .25), above(organized, .5)})});
  Table table{"Where the baseline's value goes",
              "Millions over five years, mean of worlds, and share of true potential.",
              {"cause", "M", "share"},
              {}};
  for (const Metric& metric : enterprise_model().metrics) {
    const std::string name(metric.name);
    if (name.rfind("waterfall.", 0) != 0) continue;
    const auto bar = base.millions(name);
    table.rows.push_back({name.substr(10), text(mean(bar)), text(ratio(bar, potential))});
  }
  page.tables.push_back(table);
}

}  // namespace

void facts(Lab& lab, Page& page) {
  const Outcome& base = lab.run({}, worlds);
  Table table{"The baseline against the stylised facts",
              "Ratios pooled over " + std::to_string(worlds) +
                  " worlds; standard errors by jackknife over blocks of 32 worlds.",
              {"fact", "target", "simulated", "from the target, in tolerances"},
              {}};
  std::vector<Verdict> inside;
  for (const Fact& fact : facts_of(base)) {
    const bool bound = fact.low == 0;
    const double middle = (fact.low + fact.high) / 2, tolerance = (fact.high - fact.low) / 2;
    table.rows.push_back({fact.name, fact.target, text(fact.number),
                          bound ? "inside" : text((fact.number.value - middle) / tolerance, 2)});
    inside.push_back(all({above(fact.number, fact.low), below(fact.number, fact.high)}));
  }
  page.tables.push_back(table);
  std::string outside;
  for (size_t i = 0; i < inside.size(); ++i)
    if (inside[i] != Verdict::holds)
      outside += (outside.empty() ? "not surely inside: " : ", ") +
                 table.rows[i][0].substr(0, table.rows[i][0].find(','));
  page.findings.push_back({"C32", "the six facts hold together at one point, the defaults",
                           "every pooled ratio inside of its tolerance, with its 99 % interval",
                           outside.empty() ? "all six inside" : outside, all(inside)});
  Table process{"The baseline beside what it was not fitted to",
                "Means over worlds; money in millions over five years.",
                {"", "mean"},
                {}};
  for (const char* name : {"realised_value", "spending", "net_value"})
    process.rows.push_back({name, text(mean(base.millions(name)))});
  for (const char* name : {"payback_weeks",
                           "realised_share",
                           "started",
                           "pilots",
                           "went_live",
                           "weeks_to_production",
                           "gate_wait",
                           "data_wait",
                           "limbo_weeks",
                           "stopped_at_framing",
                           "stopped_at_data",
                           "stopped_at_build",
                           "stopped_at_scale_up",
                           "funded_share",
                           "shared_understanding",
                           "fidelity_in_use",
                           "quality_in_use",
                           "data_quality_in_use",
                           "adoption_in_use",
                           "drift_in_use",
                           "incidents",
                           "disputes",
                           "confidence"})
    process.rows.push_back({name, text(mean(base.of(name)))});
  page.tables.push_back(process);
  value_lost(base, page);
}

}  // namespace chasm::checks
