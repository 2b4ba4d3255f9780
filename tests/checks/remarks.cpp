#include "tests/checks/remarks.hpp"

#include <map>

namespace chasm::checks {

std::string remark_on(const std::string& id) {
  static const std::map<std::string, std::string> remarks = {
      {"C32",
       "F3 stands on the edge of its tolerance: most projects end at a gate, and each of "
       "those missed its charter. Wherever F1 and F4a_surv hold over the ranges of the last "
       "table F3 is near .9 or above, so its two-sided target lies at the frontier of what "
       "can be reached with them; the one-sided reading, at least .79, holds."},
      {"C18a",
       "its own bar falls most in the mean, but a better use moves confidence, budget and so"
       " what is started, whose bars vary too much between worlds to be told apart."},
      {"C18c",
       "most of what operations tooling earns comes from faster integration, releases and "
       "less upkeep; drift is a small loss to begin with, and its share is more than halved."},
      {"levers 1",
       "see the table: without costs a lever that only filters (feasibility, reviews), "
       "guards (responsible AI) or moves pay without measurement has little to add to "
       "realised value, or slows it."},
      {"levers 2",
       "costs and staff come out of the same budget and teams; a lever whose effect is "
       "small, or lies in the tail, does not earn back what initiatives lose."},
      {"levers 3",
       "costs and staff of all levers together take most of the budget and a third of the "
       "teams."},
      {"C21b",
       "stricter gates let less go live in vain, and stop more on whose framing, data and "
       "build money was spent: the second weighs more at every step."},
      {"C21c", "the best points of the two curves overlap between draws of worlds."},
      {"C22a",
       "a meeting takes nobody's time in the model, so nothing is lost by meeting every "
       "week; only waiting costs."},
      {"C22b",
       "looking at one more initiative takes no time either; nine are all that ever wait at "
       "once."},
      {"C23b", "the curve is flat around its best."},
      {"C24b", "the interaction is within its noise."},
      {"C24d", "the interaction is within its noise."},
      {"A5a",
       "the first four translators attend to units of their own, so their value is in "
       "proportion; it is concave from there on."},
      {"A5b",
       "the limit of load makes each translator do less, whatever the number of others: it "
       "lowers the curve and bends it nowhere. The knee lies in the number of initiatives."},
      {"C26b",
       "one more translator takes the same share of what is still misunderstood, so the last"
       " ones are worth less, not nothing; the limit of load does not enter (A5b)."},
      {"C27b",
       "contact lets codes learn from one another and there is little to explore: complexity"
       " of an initiative does not make beliefs rugged, as in Lazer and Friedman it must be "
       "for contact to hurt."},
      {"C27c", "contact has no cost in the model: no time, no lost exploration (C27b)."},
      {"C19b", "inside of the range nobody reaches the turnover at which March's code knows most."},
      {"C28b",
       "dashboards fade, but what groups learned while results were measured stays in their "
       "codes."},
      {"C30a",
       "at the defaults business results are paid so little that they get no effort at all: "
       "a bonus for technology has nothing to crowd out. Where they are paid it does (C30b)."},
      {"C33",
       "nothing pulls codes apart but turbulence: groups without contact learn from "
       "realities that overlap, so a little common ground stays; with contact understanding "
       "grows for years."},
      {"C35",
       "alignment, readiness, trust and fidelity at half a year say little of what decides, "
       "the truth of the hypothesis and its value at the gates."},
      {"C36", "the council's confidence moves budgets too little."},
      {"C39",
       "codes know most after one to two years and then agree on errors, while understanding"
       " goes on growing for eight: a year of burn-in is a choice, not an equilibrium. What "
       "five years realise hardly depends on it."},
      {"C29", "the gain is within its noise."},
      {"A6a", "the orders are worth the same within the noise."},
  };
  const auto found = remarks.find(id);
  return found == remarks.end() ? "see the estimate." : found->second;
}

}  // namespace chasm::checks
