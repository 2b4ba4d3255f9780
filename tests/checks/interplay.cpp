// Levers together: complements, substitutes, what needs a sponsor, what comes first.

#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

constexpr int worlds = 1024;

Number together(Lab& lab, const Spec& base, const Spec& one, const Spec& other, const Spec& both) {
  const auto value = [&](const Spec& spec) {
    return lab.run(spec, worlds).millions("realised_value");
  };
  return interaction(value(base), value(one), value(other), value(both));
}

void pairs(Lab& lab, Page& page) {
  struct Pair {
    const char *id, *claim, *one, *other;
    bool complements;
  };
  const Pair all_pairs[] = {
      {"C24a", "pay for results and their measurement are complements", "incentives", "scorecard",
       true},
      {"C24b", "structure and process are complements", "cross_functional", "decisions", true},
      {"C24d", "data and operations tooling are complements", "data_governance", "mlops", true},
      {"C26c", "translators and cross-functional teams are substitutes", "translators",
       "cross_functional", false}};
  Table table{"Two levers together",
              "What both realise beyond the sum of each, millions over five years, " +
                  std::to_string(worlds) + " worlds an arm.",
              {"levers", "costs left out", "costs included"},
              {}};
  const auto of = [&](const Spec& base, const std::string& one, const std::string& other) {
    return together(lab, base, base.use(one), base.use(other), base.use(one).use(other));
  };
  for (const Pair& pair : all_pairs) {
    const Number free = of(Spec{}.free(), pair.one, pair.other),
                 paid = of({}, pair.one, pair.other);
    table.rows.push_back(
        {std::string(pair.one) + " x " + pair.other, text(free, true), text(paid, true)});
    page.findings.push_back({pair.id, pair.claim,
                             std::string(pair.one) + " x " + pair.other +
                                 ": realised by both beyond the sum of each, costs left out",
                             text(free, true) + " M",
                             pair.complements ? above(free) : below(free)});
  }
  page.tables.push_back(table);
  const Spec few = Spec{}.free().set("portfolio.wip", 6),
             many = Spec{}.free().set("portfolio.wip", 24).set("budget.yearly", 30);
  const Number volume = together(lab, few, few.use("platform"), many, many.use("platform"));
  page.findings.push_back({"C24c", "a platform is worth more where more is built on it",
                           "platform x (24 initiatives at once and 30 M a year against 6 and 15 M)",
                           text(volume, true) + " M", above(volume)});
}

void sponsor(Lab& lab, Page& page) {
  const Spec none = Spec{}.free().set("sponsor.base", 0);
  const auto culture = [](const Spec& spec) {
    return spec.use("literacy").use("incentives").use("safety").use("experimentation");
  };
  const auto value = [&](const Spec& spec) {
    return lab.run(spec, worlds).millions("realised_value");
  };
  const auto base = value(none), led = value(none.use("sponsorship")),
             changed = value(culture(none)), both = value(culture(none.use("sponsorship")));
  const Number more = interaction(base, led, changed, both), alone = mean(minus(led, base));
  page.findings.push_back(
      {"C25a", "leadership is necessary: culture levers do less without it",
       "literacy, incentives, safety, experimentation without any sponsor and with one: difference "
       "of their gains",
       text(more, true) + " M (gain without " + text(mean(minus(changed, base)), true) +
           " M, with " + text(mean(minus(both, led)), true) + " M)",
       above(more)});
  page.findings.push_back(
      {"C25b", "leadership is not sufficient: alone it gives less than half",
       "gain of a sponsor alone less half of the gain with those levers",
       text(alone, true) + " M alone, " + text(mean(minus(both, base)), true) + " M with them",
       below(mean(minus(led, sum(.5, both, .5, base))))});
}

void order(Lab& lab, Page& page) {
  const auto at = [](const Spec& spec, const std::vector<std::string>& names, double start) {
    Spec out = spec;
    for (const std::string& name : names) out = out.use(name, 1, start);
    return out;
  };
  const std::vector<std::string> people = {"translators", "cross_functional", "literacy"},
                                 technology = {"platform", "connectors", "mlops"};
  const Outcome &people_first = lab.run(at(at({}, people, 0), technology, 104), worlds),
                &technology_first = lab.run(at(at({}, technology, 0), people, 104), worlds),
                &both = lab.run(at(at({}, technology, 0), people, 0), worlds),
                &base = lab.run({}, worlds);
  const auto gain = [&](const Outcome& outcome) {
    return mean(minus(outcome.millions("realised_value"), base.millions("realised_value")));
  };
  const Number matters = mean(
      minus(people_first.millions("realised_value"), technology_first.millions("realised_value")));
  page.findings.push_back(
      {"A6a", "the order of two packages matters",
       "translators, cross-functional teams, literacy first, then (week 104) platform, connectors, "
       "MLOps; less the other order",
       text(matters, true) + " M (people first " + text(gain(people_first), true) +
           ", technology first " + text(gain(technology_first), true) + ", both at once " +
           text(gain(both), true) + ")",
       above(matters) == Verdict::undecided ? Verdict::undecided : Verdict::holds});
}

}  // namespace

void interplay(Lab& lab, Page& page) {
  pairs(lab, page);
  sponsor(lab, page);
  order(lab, page);
}

}  // namespace chasm::checks
