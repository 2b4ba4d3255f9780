// What each lever is worth alone, and all of them at once.

#include <algorithm>
#include <cmath>

#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

constexpr int worlds = 1024;
constexpr int half = 512;

struct Worth {
  std::string name;
  Spec spec;
  Number realised, cost, net;
  Number free;  // realised where levers cost neither money nor staff
};

Worth worth_of(Lab& lab, const std::string& name, const Spec& spec) {
  const Outcome &base = lab.run({}, worlds), &arm = lab.run(spec, worlds);
  const auto change = [&](const char* metric) {
    return mean(minus(arm.millions(metric), base.millions(metric)));
  };
  return {name,
          spec,
          change("realised_value"),
          change("lever_spending"),
          change("net_value"),
          mean(minus(lab.run(spec.free(), half).millions("realised_value"),
                     lab.run(Spec{}.free(), half).millions("realised_value")))};
}

std::string list(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out.empty() ? "none" : out;
}

// That every lever but stricter gates adds.
Finding every_one_adds(const std::vector<Worth>& alone, Number Worth::*value, const char* id,
                       const char* claim, const char* measured) {
  std::vector<std::string> unsure, less;
  for (const Worth& w : alone) {
    if (w.name == "strictness") continue;
    const Verdict adds = above(w.*value);
    if (adds == Verdict::undecided) unsure.push_back(w.name);
    if (adds == Verdict::refused) less.push_back(w.name);
  }
  return {id, claim, measured, "less: " + list(less) + "; not sure: " + list(unsure),
          !less.empty()     ? Verdict::refused
          : !unsure.empty() ? Verdict::undecided
                            : Verdict::holds};
}

// Levers joined one after another in the order of their net value alone: spending grows at every step.
void spend_more_and_more(Lab& lab, Page& page, const std::vector<Worth>& by_net) {
  Table table{"Levers added in the order of their net value alone",
              "Change against the baseline, millions over five years.",
              {"levers", "last added", "cost", "realised", "net"},
              {}};
  std::vector<std::vector<double>> nets = {lab.run({}, half).millions("net_value")};
  std::vector<std::string> numbers = {"0"};
  Spec spec;
  for (size_t count = 1; count <= by_net.size(); ++count) {
    spec = spec.use(by_net[count - 1].name);
    if (count % 3 != 0 && count != 1) continue;
    const Outcome &base = lab.run({}, half), &arm = lab.run(spec, half);
    const auto change = [&](const char* metric) {
      return mean(minus(arm.millions(metric), base.millions(metric)));
    };
    table.rows.push_back({std::to_string(count), by_net[count - 1].name,
                          text(change("lever_spending").value, 1),
                          text(change("realised_value"), true), text(change("net_value"), true)});
    nets.push_back(arm.millions("net_value"));
    numbers.push_back(std::to_string(count));
  }
  page.findings.push_back({"C20", "net value is not monotone in what is spent on levers",
                           "levers added in the order of net value alone: the best number of them "
                           "is above none and above all",
                           "best with " + numbers[peak(nets).best] + " of 27", interior(nets)});
  page.tables.push_back(table);
}

void tabulate(Page& page, std::vector<Worth> order, const std::vector<Worth>& together) {
  std::sort(order.begin(), order.end(),
            [](const Worth& a, const Worth& b) { return a.realised.value > b.realised.value; });
  order.insert(order.end(), together.begin(), together.end());
  Table table{"What levers are worth",
              "At full strength from the first week, change against the baseline, millions over "
              "five years, 1,024 worlds an arm (costs left out: 512). Costs come out of the budget "
              "and are placeholders; nothing here was fitted.",
              {"lever", "realised", "cost", "net", "realised, costs left out"},
              {}};
  for (const Worth& w : order)
    table.rows.push_back({w.name, text(w.realised, true), text(w.cost.value, 1), text(w.net, true),
                          text(w.free, true)});
  page.tables.push_back(table);
}

}  // namespace

void levers(Lab& lab, Page& page) {
  std::vector<Worth> alone;
  double least_reduction = 1e9;
  std::string least_of;
  const Outcome& base = lab.run({}, worlds);
  Spec every, all_but_strictness;
  Number sum_alone, sum_free;
  for (const std::string& lever : all_levers()) {
    every = every.use(lever);
    if (lever != "strictness") all_but_strictness = all_but_strictness.use(lever);
    const Worth w = worth_of(lab, lever, Spec{}.use(lever));
    alone.push_back(w);
    if (lever != "strictness") {
      sum_alone = {sum_alone.value + w.realised.value,
                   std::hypot(sum_alone.error, w.realised.error)};
      sum_free = {sum_free.value + w.free.value, std::hypot(sum_free.error, w.free.error)};
    }
    const double reduction =
        paired({lab.run(w.spec, worlds).of("realised_value"), 1}, {base.of("realised_value"), 1})
            .variance_reduction;
    if (reduction < least_reduction) {
      least_reduction = reduction;
      least_of = lever;
    }
  }
  const Worth most = worth_of(lab, "all but strictness", all_but_strictness),
              all_of_them = worth_of(lab, "all", every);
  tabulate(page, alone, {most, all_of_them});
  page.findings.push_back(every_one_adds(
      alone, &Worth::free, "levers 1", "every lever but stricter gates adds value where it is free",
      "change of realised value, costs left out"));
  page.findings.push_back(every_one_adds(alone, &Worth::realised, "levers 2",
                                         "every lever but stricter gates adds value at its cost",
                                         "change of realised value, costs out of the same budget"));
  const Worth& best = *std::max_element(
      alone.begin(), alone.end(),
      [](const Worth& a, const Worth& b) { return a.realised.value < b.realised.value; });
  page.findings.push_back(
      {"levers 3", "all levers at once realise more than the best one alone",
       "all but strictness against the best alone; the sum of all alone",
       "all " + text(most.realised, true) + " M, " + best.name + " " + text(best.realised, true) +
           " M, sum " + text(sum_alone, true) + " M; costs left out " + text(most.free, true) +
           " M, sum " + text(sum_free, true) + " M",
       above(mean(minus(lab.run(most.spec, worlds).millions("realised_value"),
                        lab.run(best.spec, worlds).millions("realised_value"))))});
  page.findings.push_back({"C38a",
                           "common random numbers at least halve the variance of a contrast",
                           "least variance of two independent arms over that of pairs, 27 levers, "
                           "realised value",
                           text(least_reduction, 1) + " (" + least_of + ")",
                           least_reduction >= 2 ? Verdict::holds : Verdict::refused});
  std::vector<Worth> by_net = alone;
  std::sort(by_net.begin(), by_net.end(),
            [](const Worth& a, const Worth& b) { return a.net.value > b.net.value; });
  spend_more_and_more(lab, page, by_net);
}

}  // namespace chasm::checks
