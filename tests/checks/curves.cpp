// How value answers to one setting over its range.

#include <algorithm>

#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

constexpr int worlds = 512;

struct Curve {
  std::vector<std::string> at;
  std::vector<std::vector<double>> realised, net;
  std::vector<const Outcome*> outcome;

  void add(Lab& lab, const std::string& point, const Spec& spec) {
    const Outcome& o = lab.run(spec, worlds);
    at.push_back(point);
    realised.push_back(o.millions("realised_value"));
    net.push_back(o.millions("net_value"));
    outcome.push_back(&o);
  }
  std::string best(const std::vector<std::vector<double>>& heights) const {
    return "best at " + at[peak(heights).best];
  }
  void tabulate(Page& page, const std::string& title, const std::string& what,
                const std::vector<std::string>& metrics = {}) const {
    Table table{
        title,
        "Means of " + std::to_string(worlds) + " worlds; money in millions over five years.",
        {what, "realised", "net"},
        {}};
    for (const std::string& metric : metrics) table.header.push_back(metric);
    for (size_t k = 0; k < at.size(); ++k) {
      table.rows.push_back({at[k], text(mean(realised[k])), text(mean(net[k]))});
      for (const std::string& metric : metrics)
        table.rows.back().push_back(text(mean(outcome[k]->of(metric))));
    }
    page.tables.push_back(table);
  }
};

const double shifts[] = {-3, -2, -1, -.5, 0, .5, 1, 2, 3};

Spec stricter(const Spec& base, double by) {
  return base.set("gates.framing", .18 + by)
      .set("gates.data", 1.1 + by)
      .set("gates.build", 1.8 + by)
      .set("gates.pilot", 2.2 + by);
}

void strictness(Lab& lab, Page& page) {
  const double noises[] = {.2, .7, 1.4};
  std::vector<Curve> curves;
  for (const double noise : noises) {
    curves.emplace_back();
    for (const double by : shifts)
      curves.back().add(lab, text(by, 1), stricter(Spec{}.set("gates.noise", noise), by));
  }
  const Curve& usual = curves[1];
  usual.tabulate(page, "Strictness of gates", "added to every threshold",
                 {"spent_on_nothing", "never_in_production", "went_live"});
  page.findings.push_back({"C21a", "net value is an inverted U in the strictness of gates",
                           "every threshold moved by -3 to 3 (log value by cost)",
                           usual.best(usual.net), interior(usual.net)});
  std::vector<Verdict> falls;
  for (size_t k = 1; k < usual.at.size(); ++k)
    falls.push_back(below(mean(minus(usual.outcome[k]->of("spent_on_nothing"),
                                     usual.outcome[k - 1]->of("spent_on_nothing")))));
  const auto waste = [&](size_t k) { return text(mean(usual.outcome[k]->of("spent_on_nothing"))); };
  page.findings.push_back({"C21b", "waste falls as gates grow stricter",
                           "share of spending on what never comes into use, at every step",
                           waste(0) + " at -3, " + waste(4) + " at 0, " + waste(8) + " at 3",
                           all(falls)});
  const Peak precise = peak(curves[0].net), noisy = peak(curves[2].net);
  std::vector<double> apart = minus(precise.draws, noisy.draws);
  std::sort(apart.begin(), apart.end());
  const double low = apart[apart.size() / 100], high = apart[apart.size() - 1 - apart.size() / 100];
  page.findings.push_back(
      {"C21c", "precise gates may be stricter: the best strictness is higher where noise is less",
       "best point at gates.noise .2 against 1.4, 400 bootstrap draws",
       "best at " + curves[0].at[precise.best] + " (noise .2), " + usual.at[peak(usual.net).best] +
           " (.7), " + curves[2].at[noisy.best] + " (1.4)",
       low > 0    ? Verdict::holds
       : high < 0 ? Verdict::refused
                  : Verdict::undecided});
}

void council(Lab& lab, Page& page) {
  Curve cadence;
  for (const double every : {1.0, 2.0, 4.3, 8.0, 13.0, 26.0, 52.0})
    cadence.add(lab, text(every, 1), Spec{}.set("council.cadence", every));
  cadence.tabulate(page, "Cadence of the council", "weeks between meetings",
                   {"gate_wait", "weeks_to_production"});
  page.findings.push_back({"C22a", "net value is an inverted U in the cadence of governance",
                           "a council every 1 to 52 weeks", cadence.best(cadence.net),
                           interior(cadence.net)});
  Curve slots;
  for (const double many : {0.0, 1.0, 2.0, 3.0, 5.0, 9.0, 20.0})
    slots.add(lab, text(many, 0), Spec{}.set("council.slots", many));
  slots.tabulate(page, "Attention of the council", "initiatives seen in a meeting", {"gate_wait"});
  page.findings.push_back({"C22b", "net value is an inverted U in how much a council reviews",
                           "0 to 20 initiatives seen in a meeting", slots.best(slots.net),
                           interior(slots.net)});
}

void work_in_progress(Lab& lab, Page& page) {
  Curve wip;
  for (const double most : {1.0, 2.0, 4.0, 7.0, 10.0, 13.0, 16.0, 24.0, 40.0})
    wip.add(lab, text(most, 0), Spec{}.set("portfolio.wip", most));
  wip.tabulate(page, "Initiatives at once", "most in development",
               {"started", "went_live", "weeks_to_production", "funded_share"});
  page.findings.push_back({"C23a", "realised value is an inverted U in initiatives at once",
                           "1 to 40 in development", wip.best(wip.realised),
                           interior(wip.realised)});
  page.findings.push_back(
      {"C23b", "net value is too, with its best at fewer", "the same", wip.best(wip.net),
       all({interior(wip.net),
            peak(wip.net).best < peak(wip.realised).best ? Verdict::holds : Verdict::refused})});
}

void budget(Lab& lab, Page& page) {
  Curve curve;
  for (const double yearly : {3.75, 7.5, 11.25, 15.0, 22.5, 30.0, 60.0})
    curve.add(lab, text(yearly, 2), Spec{}.set("budget.yearly", yearly));
  curve.tabulate(page, "Budget", "M a year", {"funded_share", "started", "went_live"});
  const auto doubled = [&](size_t once, size_t twice) {
    return mean(sum(2, curve.realised[once], -1, curve.realised[twice]));
  };
  page.findings.push_back({"C37", "twice the budget is less than twice the value",
                           "2 V(B) - V(2B), for B = 7.5 and 15 M a year",
                           text(doubled(1, 3), true) + " M, " + text(doubled(3, 5), true) + " M",
                           all({above(doubled(1, 3)), above(doubled(3, 5))})});
}

void translators(Lab& lab, Page& page) {
  Curve capped, endless;
  const double numbers[] = {0, 1, 2, 4, 8, 12, 16};
  for (const double n : numbers) {
    capped.add(lab, text(n, 0), Spec{}.set("translators.in_place", n));
    endless.add(lab, text(n, 0),
                Spec{}.set("translators.in_place", n).set("translators.load_cap", 1000));
  }
  capped.tabulate(page, "Translators in place", "translators", {"shared_understanding"});
  endless.tabulate(page, "Translators without a limit of load", "translators",
                   {"shared_understanding"});
  // Value of one more, between neighbours of the grid.
  const auto one_more = [&](const Curve& curve, size_t k) {
    const double step = numbers[k + 1] - numbers[k];
    return sum(1 / step, curve.realised[k + 1], -1 / step, curve.realised[k]);
  };
  std::vector<Verdict> concave;
  std::string marginal;
  for (size_t k = 1; k + 1 < 7; ++k) {
    marginal += (k == 1 ? "" : ", ") + text(mean(one_more(capped, k)), true);
    if (k + 2 < 7)
      concave.push_back(above(mean(minus(one_more(capped, k), one_more(capped, k + 1)))));
  }
  page.findings.push_back(
      {"A5a", "the value of translators is concave",
       "value of one more between 1, 2, 4, 8, 12, 16; each less than the one before",
       marginal + " M", all(concave)});
  const auto knee = [&](const Curve& curve) {
    return minus(one_more(curve, 3), one_more(curve, 4));
  };
  const Number by_cap = mean(minus(knee(capped), knee(endless)));
  page.findings.push_back({"A5b",
                           "the knee of the curve comes from the limit of a translator's load",
                           "fall of the value of one more at 8, with the limit less without",
                           text(by_cap, true) + " M", above(by_cap)});
  const Outcome &two = lab.run(Spec{}.set("translators.in_place", 2), worlds),
                &seven = lab.run(Spec{}.set("translators.in_place", 7), worlds),
                &twelve = lab.run(Spec{}.set("translators.in_place", 12), worlds);
  const auto first = minus(seven.millions("realised_value"), two.millions("realised_value")),
             next = minus(twelve.millions("realised_value"), seven.millions("realised_value"));
  page.findings.push_back({"C26a", "five translators more are worth more than the next five",
                           "2 to 7 against 7 to 12 in place",
                           text(mean(first), true) + " M, then " + text(mean(next), true) + " M",
                           above(mean(minus(first, next)))});
  const Number last = mean(one_more(capped, 5));
  const double a_tenth = .1 * mean(one_more(capped, 1)).value;
  page.findings.push_back({"C26b", "beyond what can be attended to, one more is worth nothing",
                           "value of one more between 12 and 16, below a tenth of that at 1",
                           text(last, true) + " M against " + text(a_tenth, 2) + " M",
                           below(last, a_tenth)});
}

void connectivity(Lab& lab, Page& page) {
  struct Point {
    const char* name;
    Spec spec;
  };
  const Point points[] = {
      {"no contact", Spec{}.set("contacts.near", 0).set("contacts.floor", 0)},
      {"far", Spec{}.set("contacts.distance_in_unit", 200).set("contacts.distance_elsewhere", 500)},
      {"default", Spec{}},
      {"half the distance",
       Spec{}.scale("contacts.distance_in_unit", .5).scale("contacts.distance_elsewhere", .5)},
      {"a tenth",
       Spec{}.scale("contacts.distance_in_unit", .1).scale("contacts.distance_elsewhere", .1)},
      {"no distance", Spec{}.set("mechanism.distance", 0)}};
  Curve curve, fast;
  for (const Point& point : points) {
    curve.add(lab, point.name, point.spec);
    fast.add(lab, point.name, point.spec.set("beliefs.socialisation", .9));
  }
  curve.tabulate(page, "Contact between groups", "contact",
                 {"shared_understanding", "business_knowledge", "weeks_to_production"});
  fast.tabulate(page, "Contact between groups where socialisation is fast (.9)", "contact",
                {"shared_understanding", "business_knowledge"});
  const Number early = mean(minus(curve.outcome[5]->at("shared_understanding", 26),
                                  curve.outcome[1]->at("shared_understanding", 26)));
  page.findings.push_back({"C27a", "contact speeds alignment in the short run",
                           "direct understanding in week 26, no distance against far",
                           text(early, true), above(early)});
  const auto knowledge = [](const Curve& of) {
    return mean(
        minus(of.outcome[5]->of("business_knowledge"), of.outcome[1]->of("business_knowledge")));
  };
  page.findings.push_back(
      {"C27b", "contact costs exploration in the long run",
       "codes' knowledge of the business in week 260, no distance less far; socialisation .26, .9",
       text(knowledge(curve), true) + ", " + text(knowledge(fast), true),
       all({below(knowledge(curve)), below(knowledge(fast))})});
  page.findings.push_back({"C27c", "so breaking all silos has an interior optimum",
                           "realised value over contact", curve.best(curve.realised),
                           interior(curve.realised)});
}

void turnover(Lab& lab, Page& page) {
  const double rates[] = {.01, .3, 1, 2, 4, 8, 16};
  Curve usual, fast;
  for (const double rate : rates) {
    if (rate <= 2) usual.add(lab, text(rate, 2), Spec{}.set("people.turnover", rate));
    fast.add(lab, text(rate, 2),
             Spec{}
                 .set("people.turnover", rate)
                 .set("beliefs.socialisation", .9)
                 .set("people.vacancy", 1));
  }
  usual.tabulate(page, "Turnover", "1/year", {"weeks_to_production", "business_knowledge"});
  fast.tabulate(page, "Turnover where socialisation is fast (.9), posts filled within a week",
                "1/year", {"business_knowledge"});
  const Number slower = mean(minus(usual.outcome[2]->of("weeks_to_production"),
                                   usual.outcome[1]->of("weeks_to_production")));
  page.findings.push_back({"C19a", "turnover lengthens the way to production",
                           "weeks from start to use, turnover 1 against .3 a year",
                           text(slower, true) + " weeks", above(slower)});
  std::vector<std::vector<double>> knowledge;
  for (const Outcome* outcome : fast.outcome)
    knowledge.push_back(outcome->of("business_knowledge"));
  page.findings.push_back(
      {"C19b", "where socialisation is fast, some turnover is best for what the codes know",
       "socialisation .9, vacancies of a week, turnover .01 to 16 a year (beyond 2 nobody is; "
       "March's "
       "best, .2 to .5 a round, is 2.6 to 6.5 a year)",
       fast.best(knowledge), interior(knowledge)});
}

}  // namespace

void curves(Lab& lab, Page& page) {
  strictness(lab, page);
  council(lab, page);
  work_in_progress(lab, page);
  budget(lab, page);
  translators(lab, page);
  connectivity(lab, page);
  turnover(lab, page);
}

}  // namespace chasm::checks
