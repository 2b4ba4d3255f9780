// What each lever is worth alone, and all of them at once.

#include <algorithm>
#include <cmath>

#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

constexpr int worlds = 1024;

struct Worth {
  std::string name;
  Spec spec;
  Number realised, cost, net;
};

Worth worth_of(Lab& lab, const std::string& name, const Spec& spec) {
  const Outcome &base = lab.run({}, worlds), &arm = lab.run(spec, worlds);
  const auto change = [&](const char* metric) {
    return mean(minus(arm.millions(metric), base.millions(metric)));
  };
  return {name, spec, change("realised_value"), change("lever_spending"), change("net_value")};
}

std::string list(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out.empty() ? "none" : out;
}

// Levers joined one after another in the order of their net value alone: spending grows at every step.
void spend_more_and_more(Lab& lab, Page& page, const std::vector<Worth>& by_net) {
  Table table{"Net value as levers are added in the order of their net value alone",
              "Change against the baseline, millions over five years.",
              {"levers", "last added", "cost", "realised", "net"},
              {}};
  std::vector<std::vector<double>> nets = {lab.run({}, worlds).millions("net_value")};
  Spec spec;
  for (size_t count = 1; count <= by_net.size(); ++count) {
    spec = spec.use(by_net[count - 1].name);
    if (count % 3 != 0 && count != 1) continue;
    const Worth w = worth_of(lab, by_net[count - 1].name, spec);
    table.rows.push_back({std::to_string(count), w.name, text(w.cost.value, 1),
                          text(w.realised, true), text(w.net, true)});
    nets.push_back(lab.run(spec, worlds).millions("net_value"));
  }
  page.findings.push_back(
      {"C20", "net value is not monotone in what is spent on levers",
       "levers added in the order of net value alone: the best number of them "
       "is above none and above all",
       "best at step " + std::to_string(peak(nets).best) + " of " + std::to_string(nets.size() - 1),
       interior(nets)});
  page.tables.push_back(table);
}

}  // namespace

void levers(Lab& lab, Page& page) {
  std::vector<Worth> alone;
  std::vector<std::string> weak, harmful, dear;
  double least_reduction = 1e9;
  std::string least_of;
  const Outcome& base = lab.run({}, worlds);
  Spec every, all_but_strictness;
  for (const std::string& lever : all_levers()) {
    every = every.use(lever);
    if (lever != "strictness") all_but_strictness = all_but_strictness.use(lever);
    alone.push_back(worth_of(lab, lever, Spec{}.use(lever)));
    const Outcome& arm = lab.run(alone.back().spec, worlds);
    const double reduction =
        paired({arm.of("realised_value"), 1}, {base.of("realised_value"), 1}).variance_reduction;
    if (reduction < least_reduction) {
      least_reduction = reduction;
      least_of = lever;
    }
    if (above(alone.back().realised) == Verdict::undecided) weak.push_back(lever);
    if (above(alone.back().realised) == Verdict::refused) harmful.push_back(lever);
    if (above(alone.back().net) == Verdict::refused) dear.push_back(lever);
  }
  std::vector<Worth> order = alone;
  std::sort(order.begin(), order.end(),
            [](const Worth& a, const Worth& b) { return a.realised.value > b.realised.value; });
  order.push_back(worth_of(lab, "all but strictness", all_but_strictness));
  order.push_back(worth_of(lab, "all", every));
  Table table{"What levers are worth",
              "At full strength from the first week, change against the baseline, millions over "
              "five years, " +
                  std::to_string(worlds) +
                  " worlds an arm. Costs of levers are placeholders; nothing here was fitted.",
              {"lever", "realised", "cost", "net"},
              {}};
  Number sum_alone;
  for (const Worth& w : alone) {
    sum_alone.value += w.realised.value;
    sum_alone.error = std::hypot(sum_alone.error, w.realised.error);
  }
  for (const Worth& w : order)
    table.rows.push_back(
        {w.name, text(w.realised, true), text(w.cost.value, 1), text(w.net, true)});
  page.tables.push_back(table);
  page.findings.push_back(
      {"lever values", "every lever but strictness realises more value",
       "change of realised value alone, costs included",
       "no sure effect: " + list(weak) + "; less value: " + list(harmful) +
           "; net loss for sure: " + list(dear),
       harmful.empty() && weak.empty()                                        ? Verdict::holds
       : harmful == std::vector<std::string>{"strictness"} && weak.empty()    ? Verdict::holds
       : harmful.empty() || harmful == std::vector<std::string>{"strictness"} ? Verdict::undecided
                                                                              : Verdict::refused});
  page.findings.push_back(
      {"all levers",
       "all levers at once realise more than the best alone, and other than their sum",
       "all but strictness against the best lever; sum of the changes alone",
       "all but strictness " + text(order[order.size() - 2].realised, true) + " M, best alone " +
           text(order[0].realised, true) + " M, sum " + text(sum_alone, true) + " M",
       above(mean(minus(lab.run(all_but_strictness, worlds).millions("realised_value"),
                        lab.run(order[0].spec, worlds).millions("realised_value"))))});
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
