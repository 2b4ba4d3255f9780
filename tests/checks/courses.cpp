// What happens over time.

#include <cmath>

#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

constexpr int worlds = 512;

void starts(Lab& lab, Page& page) {
  Table table{"Start of a lever",
              "Change of realised value against the baseline, millions over five years.",
              {"week", "translators", "mlops", "platform"},
              {}};
  const Outcome& base = lab.run({}, worlds);
  std::vector<std::vector<double>> gains;
  bool same = true;
  for (const int start : {0, 52, 104, 156, 208, 260}) {
    table.rows.push_back({std::to_string(start)});
    for (const char* lever : {"translators", "mlops", "platform"}) {
      const Outcome& arm = lab.run(Spec{}.use(lever, 1, start), worlds);
      const auto gain = minus(arm.millions("realised_value"), base.millions("realised_value"));
      if (lever == std::string("translators")) gains.push_back(gain);
      table.rows.back().push_back(text(mean(gain), true));
      if (start == 260) same = same && arm.series == base.series && arm.totals == base.totals;
    }
  }
  page.tables.push_back(table);
  page.findings.push_back(
      {"A6b", "a lever that starts later is worth less; at the horizon it is the baseline",
       "translators from week 0, 104 and 208; series and totals from week 260 bit for bit",
       text(mean(gains[0]), true) + ", " + text(mean(gains[2]), true) + ", " +
           text(mean(gains[4]), true) + " M; " + (same ? "the same bits" : "other bits"),
       same ? all({above(mean(minus(gains[0], gains[2]))), above(mean(minus(gains[2], gains[4])))})
            : Verdict::refused});
}

// A lever stopped in week 104: how far its effect on direct understanding has gone down.
void decay(Lab& lab, Page& page, const char* id, const char* lever, double half_life) {
  const Spec base = Spec{}.free();
  const Outcome &without = lab.run(base, worlds),
                &with = lab.run(base.use(lever, 1, 0, 104), worlds);
  const auto effect = [&](int week) {
    return minus(with.at("shared_understanding", week), without.at("shared_understanding", week));
  };
  const Number left = ratio(effect(260), effect(104));
  const double expected = std::exp2(-156 / half_life);
  page.findings.push_back(
      {id, std::string("a culture lever that is no longer paid for fades (") + lever + ")",
       "effect on direct understanding 156 weeks after the stop, as a share of that at the stop; "
       "the lever's half-life of " +
           text(half_life, 0) + " weeks alone would leave " + text(expected, 2),
       text(left),
       all({below(left, .5), above(left, expected - .15), below(left, expected + .15)})});
}

void platform(Lab& lab, Page& page) {
  struct Volume {
    const char* name;
    Spec spec;
  };
  const Volume volumes[] = {
      {"4", Spec{}.set("portfolio.wip", 4)},
      {"16", Spec{}},
      {"24, 30 M a year", Spec{}.set("portfolio.wip", 24).set("budget.yearly", 30)}};
  Table table{"A platform over time",
              "Net value so far against the same without it, millions.",
              {"initiatives at once", "week 52", "week 104", "week 156", "week 208", "week 260"},
              {}};
  std::vector<Number> first, last;
  for (const Volume& volume : volumes) {
    const Outcome &without = lab.run(volume.spec, worlds),
                  &with = lab.run(volume.spec.use("platform"), worlds);
    table.rows.push_back({volume.name});
    for (const int week : {52, 104, 156, 208, 260}) {
      const Number net =
          mean(sum(1e-6, with.at("net_value", week), -1e-6, without.at("net_value", week)));
      table.rows.back().push_back(text(net, true));
      if (week == 52) first.push_back(net);
      if (week == 260) last.push_back(net);
    }
  }
  page.tables.push_back(table);
  page.findings.push_back({"C29", "a platform is a J-curve: a loss at first, a gain in the end",
                           "net value so far against none, week 52 and week 260, default portfolio",
                           text(first[1], true) + " M, then " + text(last[1], true) +
                               " M (few initiatives " + text(last[0], true) + ", many " +
                               text(last[2], true) + ")",
                           all({below(first[1]), above(last[1])})});
}

void gap(Lab& lab, Page& page) {
  const auto fall = [&](const Spec& spec) {
    const Outcome& outcome = lab.run(spec, worlds);
    return mean(
        minus(outcome.at("shared_understanding", 260), outcome.at("shared_understanding", 0)));
  };
  const Number alone = fall(Spec{}.set("contacts.near", 0).set("contacts.floor", 0)),
               usual = fall({});
  page.findings.push_back({"C33", "without contact the gap widens: understanding falls over time",
                           "direct understanding, week 260 less week 0, without contact (default)",
                           text(alone, true) + " (" + text(usual, true) + ")", below(alone)});
}

void skepticism(Lab& lab, Page& page) {
  const Outcome &unlucky = lab.run(Spec{}.set("confidence.start", .2), worlds),
                &usual = lab.run({}, worlds),
                &lucky = lab.run(Spec{}.set("confidence.start", .8), worlds);
  const auto value = [](const Outcome& outcome) { return outcome.millions("realised_value"); };
  const Number lost = mean(minus(value(unlucky), value(usual))),
               won = mean(minus(value(lucky), value(usual)));
  page.findings.push_back(
      {"C36", "skepticism feeds itself: a bad start costs value over five years",
       "the same worlds with a council whose first impression was bad (confidence .2) or good (.8) "
       "instead of .5",
       text(lost, true) + " M, " + text(won, true) + " M", below(lost)});
}

void burn_in(Lab& lab, Page& page) {
  Table table{"Length of the burn-in",
              "Before the first decision, and what it does to five years.",
              {"weeks", "business knowledge", "direct understanding", "realised, M"},
              {}};
  std::vector<Number> understanding, knowledge, realised;
  for (const long weeks_of_it : {0, 52, 104, 208, 416}) {
    const Outcome& outcome =
        lab.run(weeks_of_it == 52 ? Spec{} : Spec{}.size("burn_in", weeks_of_it), worlds);
    knowledge.push_back(mean(outcome.at("business_knowledge", 0)));
    understanding.push_back(mean(outcome.at("shared_understanding", 0)));
    realised.push_back(mean(outcome.millions("realised_value")));
    table.rows.push_back({std::to_string(weeks_of_it), text(knowledge.back()),
                          text(understanding.back()), text(realised.back())});
  }
  page.tables.push_back(table);
  const auto apart = [](Number a, Number b) {
    return Number{b.value - a.value, std::hypot(a.error, b.error)};
  };
  const Number moves = apart(understanding[1], understanding[4]),
               knows = apart(knowledge[1], knowledge[4]), worth = apart(realised[1], realised[4]);
  const auto still = [](Number n) {
    return above(n) == Verdict::undecided ? Verdict::holds : Verdict::refused;
  };
  page.findings.push_back(
      {"C39", "after the burn-in the organization is stationary",
       "at the first decision after 416 weeks of burn-in less after 52: neither knowledge nor "
       "understanding moves",
       "knowledge " + text(knows, true) + ", understanding " + text(moves, true) +
           ", realised value " + text(worth, true) + " M",
       all({still(knows), still(moves)})});
}

}  // namespace

void courses(Lab& lab, Page& page) {
  starts(lab, page);
  decay(lab, page, "C28a", "literacy", 78);
  decay(lab, page, "C28b", "scorecard", 52);
  platform(lab, page);
  gap(lab, page);
  skepticism(lab, page);
  burn_in(lab, page);
}

}  // namespace chasm::checks
