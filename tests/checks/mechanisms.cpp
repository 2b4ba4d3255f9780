// What single mechanisms do, costs of levers left out.

#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

constexpr int worlds = 512;
constexpr int many = 1024;

Number change(Lab& lab, const Spec& arm, const Spec& base, const char* metric) {
  return mean(minus(lab.run(arm, worlds).of(metric), lab.run(base, worlds).of(metric)));
}
Number change_in_millions(Lab& lab, const Spec& arm, const Spec& base, const std::string& metric) {
  return mean(minus(lab.run(arm, worlds).millions(metric), lab.run(base, worlds).millions(metric)));
}

void switched_off(Lab& lab, Page& page) {
  for (const char* mechanism : {"data", "gates", "misunderstanding", "last_mile", "adoption"}) {
    const Spec arm = Spec{}.set(std::string("mechanism.") + mechanism, 0);
    const Number f1 = change(lab, arm, {}, "never_in_production"),
                 f4 = change(lab, arm, {}, "kept_promise"),
                 share = change(lab, arm, {}, "realised_share");
    const auto moves = [](Number n) { return above(n) != Verdict::undecided; };
    page.findings.push_back(
        {std::string("A3 ") + mechanism,
         std::string("without its losses (") + mechanism + ") the facts are others",
         "change of F1 and F4a_surv, mechanism switched off; either off zero",
         "F1 " + text(f1, true) + ", F4a_surv " + text(f4, true) +
             ", realised share of potential " + text(share, true),
         moves(f1) || moves(f4) ? Verdict::holds : Verdict::undecided});
  }
}

void more_of_a_good_thing(Lab& lab, Page& page) {
  const Spec base = Spec{}.free();
  struct Case {
    const char *id, *claim, *measured;
    Spec arm;
  };
  const Case cases[] = {
      {"C17a", "better data realise more value", "data.quality .76 to .86",
       base.set("data.quality", .86)},
      {"C17b", "connectors realise more value", "connectors at 1, cost left out",
       base.use("connectors")},
      {"C17c", "faster detection of drift realises more value", "drift.detection 14.5 to 2 weeks",
       base.set("drift.detection", 2)},
      {"C17d", "more precise estimates realise more value",
       "proposals.noise .45 to .2, gates.noise .7 to .35",
       base.set("proposals.noise", .2).set("gates.noise", .35)},
  };
  for (const Case& c : cases) {
    const Number gain = change_in_millions(lab, c.arm, base, "realised_value");
    page.findings.push_back({c.id, c.claim, c.measured, text(gain, true) + " M", above(gain)});
  }
}

// A lever that works on one loss makes it smaller, and no other loss by more.
void own_bar(Lab& lab, Page& page, const char* id, const char* claim, const Spec& levers,
             const std::vector<std::string>& own, const std::vector<std::string>& reaching) {
  const Spec base = Spec{}.free();
  const Outcome &without = lab.run(base, many), &with = lab.run(levers.free(), many);
  const auto sum_of = [](const Outcome& outcome, const std::vector<std::string>& names) {
    std::vector<double> out(many);
    for (const std::string& name : names)
      out = sum(1, out, 1, outcome.millions("waterfall." + name));
    return out;
  };
  const auto own_change = minus(sum_of(with, own), sum_of(without, own));
  const Number shrinks = mean(own_change);
  Verdict verdict = below(shrinks);
  std::string rival;
  std::string most = own[0];
  double most_value = shrinks.value;
  for (const Metric& metric : enterprise_model().metrics) {
    const std::string name(metric.name);
    if (name.rfind("waterfall.", 0) != 0 || name == "waterfall.realised") continue;
    bool is_own = false;
    for (const std::string& mine : own) is_own = is_own || name == "waterfall." + mine;
    if (is_own) continue;
    const auto other = minus(with.millions(name), without.millions(name));
    const Verdict least = below(mean(minus(own_change, other)));
    if (least != Verdict::holds) {
      verdict = all({verdict, least});
      rival += (rival.empty() ? "; not surely more than " : ", ") + name.substr(10);
    }
    if (mean(other).value < most_value) {
      most_value = mean(other).value;
      most = name.substr(10);
    }
  }
  // The loss as a share of the value that reaches it.
  const Number before = ratio(sum_of(without, own), sum_of(without, reaching)),
               after = ratio(sum_of(with, own), sum_of(with, reaching));
  page.findings.push_back({id, claim, "change of its own bars, and which bar falls most",
                           text(shrinks, true) + " M; most: " + most + " (" + text(most_value, 1) +
                               " M); share of the value that reaches it " + text(before) + " to " +
                               text(after) + rival,
                           verdict});
}

void bad_measure(Lab& lab, Page& page) {
  struct Case {
    const char *id, *where;
    Spec base;
  };
  const Case cases[] = {
      {"C30a", "at the defaults", {}},
      {"C30b", "where results are measured and paid (scorecard and incentives in place)",
       Spec{}.set("practice.scorecard", 1).set("practice.incentives", 1)}};
  for (const Case& c : cases) {
    const Spec paid = c.base.set("effort.technical_reward", 1.2);
    const Number quality = change(lab, paid, c.base, "quality_in_use"),
                 value = change_in_millions(lab, paid, c.base, "realised_value");
    page.findings.push_back(
        {c.id,
         std::string("a bonus for technical results raises them and lowers realised value, ") +
             c.where,
         "effort.technical_reward .8 to 1.2",
         "technical quality in use " + text(quality, true) + ", realised " + text(value, true) +
             " M",
         all({above(quality), below(value)})});
  }
}

}  // namespace

void mechanisms(Lab& lab, Page& page) {
  switched_off(lab, page);
  more_of_a_good_thing(lab, page);
  own_bar(lab, page, "C18a", "change levers shrink the loss to non-adoption, and it most",
          Spec{}.use("change").use("training"), {"adoption"},
          {"adoption", "drift", "review", "realised"});
  own_bar(lab, page, "C18b", "translators shrink the loss to silos, and it most",
          Spec{}.use("translators"), {"silo", "fidelity"},
          {"silo", "fidelity", "rollout", "adoption", "drift", "review", "realised"});
  own_bar(lab, page, "C18c", "operations tooling shrinks the loss to drift, and it most",
          Spec{}.use("mlops"), {"drift"}, {"drift", "review", "realised"});
  bad_measure(lab, page);
}

}  // namespace chasm::checks
