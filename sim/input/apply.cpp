// One key of an arm: a parameter, a lever, or a part of an intervention.

#include <algorithm>

#include <fmt/format.h>

#include "sim/input/condition.hpp"
#include "sim/input/draft.hpp"
#include "sim/input/lever_use.hpp"
#include "sim/input/quantity.hpp"
#include "sim/nearest.hpp"
#include "sim/random.hpp"

namespace chasm::input {
namespace {

std::string known_interventions(const Draft& draft, std::string_view name) {
  std::vector<std::string> known;
  for (const auto& [key, unused] : draft.interventions) known.push_back(key);
  return suggestion(name, known);
}

// The intervention as the arm uses it; an arm that names none yet begins to use it.
Intervention& used(Draft& draft, ArmDraft& arm, const Item& item, std::string_view name) {
  const auto at = std::find_if(arm.interventions.begin(), arm.interventions.end(),
                               [&](const Intervention& i) { return i.name == name; });
  if (at != arm.interventions.end()) return *at;
  const auto known = draft.interventions.find(name);
  if (known == draft.interventions.end()) {
    throw Problem(item.key, item.path,
                  fmt::format("no intervention is called \"{}\" ({})", shown(name),
                              known_interventions(draft, name)));
  }
  if (arm.complete) {
    throw Problem(item.key, item.path,
                  fmt::format("the arm \"{}\" does not use \"{}\" (nothing would change) add the "
                              "intervention to its package",
                              shown(arm.name), shown(name)));
  }
  return arm.interventions.emplace_back(known->second);
}

void apply_lever_of(const Draft& draft, const Item& item, std::string_view key,
                    Intervention& intervention) {
  const LeverKey lever = lever_key(draft, item, key);
  if (intervention.levers.find(lever.lever) == intervention.levers.end()) {
    throw Problem(item.key, item.path,
                  fmt::format("the intervention \"{}\" does not use this lever "
                              "(it cannot be varied) add it there",
                              shown(intervention.name)));
  }
  apply_lever(draft, item, lever, intervention.levers, intervention.set);
}

void apply_start(const Draft& draft, const Item& item, Intervention& intervention) {
  if (intervention.when.series >= 0) {
    refuse(item, fmt::format("moves \"{}\" (its condition says when it is looked at) vary its when",
                             shown(intervention.name)));
  }
  const double start = step_of(item, draft.model, max_steps);
  intervention.until += start - intervention.start;
  intervention.start = start;
}

void apply_until(const Draft& draft, const Item& item, Intervention& intervention) {
  intervention.until = step_of(item, draft.model, max_steps);
  if (intervention.until <= intervention.start) {
    refuse(item,
           fmt::format("{} is not after the start at {} {} (it would do nothing) choose a later "
                       "{}",
                       shown(*item.value), draft.model.step, digits(intervention.start),
                       draft.model.step));
  }
}

// key = "interventions.NAME.PART"
void apply_intervention(Draft& draft, ArmDraft& arm, const Item& item, std::string_view key) {
  constexpr std::string_view prefix = "interventions.";
  const std::string_view rest = key.substr(prefix.size());
  const size_t dot = rest.find('.');
  const std::string_view part = dot == std::string_view::npos ? "" : rest.substr(dot + 1);
  Intervention& intervention = used(draft, arm, item, rest.substr(0, dot));
  constexpr std::string_view levers = "levers.", set = "set.";
  if (part.starts_with(levers)) {
    apply_lever_of(draft, item, part.substr(levers.size()), intervention);
  } else if (part.starts_with(set)) {
    const int index = parameter_index(draft, item, part.substr(set.size()));
    intervention.set[index] = parameter_of(item, draft.model.parameters[index]);
  } else if (part == "start") {
    apply_start(draft, item, intervention);
  } else if (part == "until") {
    apply_until(draft, item, intervention);
  } else if (part == "ramp") {
    intervention.ramp = duration_of(item, draft.model, 1, max_steps);
  } else if (part == "when") {
    intervention.when = condition_of(draft, item);
    intervention.start = intervention.when.step;
  } else {
    throw Problem(item.key, item.path,
                  "unknown part of an intervention (known: levers.NAME, set.NAME, start, until, "
                  "ramp, when)");
  }
}

}  // namespace

void apply(Draft& draft, ArmDraft& arm, const Item& item, std::string_view key) {
  constexpr std::string_view levers = "levers.";
  if (key.starts_with("interventions.")) {
    apply_intervention(draft, arm, item, key);
  } else if (key.starts_with(levers)) {
    apply_lever(draft, item, lever_key(draft, item, key.substr(levers.size())), arm.levers,
                arm.settings);
  } else {
    const int index = parameter_index(draft, item, key);
    arm.parameters[index] = parameter_of(item, draft.model.parameters[index]);
  }
}

}  // namespace chasm::input
