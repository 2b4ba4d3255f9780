// Study::arms: named arms, made arms, and the baseline before all.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

constexpr const char* default_baseline = "baseline";

bool changes_nothing(const ArmDraft& arm) {
  return arm.parameters.empty() && arm.levers.empty() && arm.settings.empty() &&
         arm.interventions.empty();
}

std::vector<std::string> names_of(const std::vector<ArmDraft>& arms) {
  std::vector<std::string> names;
  for (const ArmDraft& arm : arms) names.push_back(arm.name);
  return names;
}

std::vector<ArmDraft> chosen_arms(Draft& draft, const Tree* design) {
  const Entry* arms = design == nullptr ? nullptr : design->find("arms");
  if (arms == nullptr) return draft.named_arms;
  std::vector<ArmDraft> chosen;
  std::set<std::string, std::less<>> seen;
  for (const Item& item : list_of(item_of(*arms, "design"))) {
    draft.problems.collect([&] {
      const std::string& name = text_of(item);
      if (!seen.insert(name).second) {
        refuse(item,
               fmt::format("names \"{}\" twice (an arm is run once) remove one", shown(name)));
      }
      const auto known = draft.named.find(name);
      if (known != draft.named.end()) {
        chosen.push_back(draft.named_arms[known->second]);
      } else if (name == default_baseline) {
        chosen.emplace_back().name = name;
        chosen.back().place = item.value->place;
      } else {
        refuse(item, fmt::format("no arm is called \"{}\" ({})", shown(name),
                                 suggestion(name, names_of(draft.named_arms))));
      }
    });
  }
  return chosen;
}

using Position = std::vector<ArmDraft>::iterator;

// The arm that others are compared with: the one that `baseline` names, else one called "baseline",
// else the first that changes nothing, else a new one.
Position baseline_of(Draft& draft, const Tree* design, std::vector<ArmDraft>& arms) {
  const auto called = [&](std::string_view name) {
    return std::find_if(arms.begin(), arms.end(),
                        [&](const ArmDraft& a) { return a.name == name; });
  };
  std::string name = default_baseline;
  if (const Entry* entry = design == nullptr ? nullptr : design->find("baseline")) {
    const Item item = item_of(*entry, "design");
    name = text_of(item);
    if (const auto at = called(name); at != arms.end()) return at;
    if (const auto known = draft.named.find(name); known != draft.named.end()) {
      return arms.insert(arms.begin(), draft.named_arms[known->second]);
    }
    if (name != default_baseline) {
      refuse(item, fmt::format("no arm is called \"{}\" ({})", shown(name),
                               suggestion(name, names_of(arms))));
    }
  }
  if (const auto at = called(name); at != arms.end()) return at;
  if (const auto at = std::find_if(arms.begin(), arms.end(), changes_nothing); at != arms.end())
    return at;
  const auto added = arms.insert(arms.begin(), ArmDraft());
  added->name = name;
  return added;
}

Arm finished(const Draft& draft, const ArmDraft& from) {
  Arm arm;
  arm.name = from.name;
  std::map<int, double> set = from.parameters;
  std::map<int, std::string> set_by;
  for (const auto& [parameter, unused] : set) set_by[parameter] = "set";
  const auto add = [&](const std::map<int, double>& more, const std::string& by) {
    for (const auto& [parameter, value] : more) {
      const auto [old, fresh] = set.emplace(parameter, value);
      if (!fresh && old->second != value) {
        throw Problem(
            from.place, fmt::format("arm {}", from.name),
            fmt::format("sets the parameter \"{}\" to two values ({} and {}) let them agree",
                        draft.model.parameters[parameter].name, shown(set_by[parameter]),
                        shown(by)));
      }
      set_by[parameter] = by;
    }
  };
  add(from.settings, "levers");
  for (const Intervention& intervention : from.interventions)
    add(intervention.set, intervention.name);
  arm.parameters.assign(set.begin(), set.end());
  arm.levers.resize(draft.model.levers.size());
  std::map<int, std::string> used;
  const auto use = [&](int lever, const LeverSetting& setting, const std::string& by) {
    const auto [other, fresh] = used.emplace(lever, by);
    if (!fresh) {
      throw Problem(from.place, fmt::format("arm {}", from.name),
                    fmt::format("uses the lever \"{}\" twice ({} and {}) use each lever once",
                                draft.model.levers[lever].name, shown(other->second), shown(by)));
    }
    arm.levers[lever] = setting;
  };
  for (const auto& [lever, strength] : from.levers) use(lever, {.strength = strength}, "levers");
  for (const Intervention& intervention : from.interventions) {
    for (const auto& [lever, strength] : intervention.levers) {
      use(lever,
          {.strength = strength,
           .start = intervention.start,
           .until = intervention.until,
           .ramp = intervention.ramp,
           .when = intervention.when},
          intervention.name);
    }
  }
  return arm;
}

// Two names for the same arm are a slip; a cell of a grid that equals another is not.
void check_alike(Draft& draft, const std::vector<ArmDraft>& named) {
  std::map<std::string, std::string> seen;
  for (const ArmDraft& from : named) {
    const Arm arm = finished(draft, from);
    std::string what;
    for (const auto& [parameter, value] : arm.parameters)
      what += fmt::format("{}={} ", parameter, value);
    for (const LeverSetting& lever : arm.levers) {
      what +=
          fmt::format("{} {} {} {} {} {} {};", lever.strength, lever.start, lever.until, lever.ramp,
                      lever.when.series, static_cast<int>(lever.when.comparison), lever.when.value);
    }
    const auto [other, fresh] = seen.emplace(what, from.name);
    if (fresh) continue;
    draft.problems.add(
        from.place, fmt::format("arm {}", from.name),
        fmt::format("does the same as \"{}\" (the same worlds would run twice) remove one",
                    shown(other->second)));
  }
}

}  // namespace

void read_arms(Draft& draft) {
  const Entry* entry = draft.root.find("design");
  const Tree* design = entry == nullptr ? nullptr : entry->value.get<Tree>();
  draft.problems.collect([&] {
    std::vector<ArmDraft> arms = chosen_arms(draft, design);
    if (draft.problems.none()) check_alike(draft, arms);
    if (design != nullptr) {
      for (ArmDraft& arm : expand_arms(draft, *design)) arms.push_back(std::move(arm));
    }
    const Position baseline = baseline_of(draft, design, arms);
    std::rotate(arms.begin(), baseline, baseline + 1);
    if (arms.size() > max_arms) {
      throw Problem(entry->place, "design",
                    fmt::format("makes more than {} arms (the limit) take fewer", max_arms));
    }
    std::set<std::string_view> names;
    for (const ArmDraft& arm : arms) {
      if (!names.insert(arm.name).second) {
        throw Problem(arm.place, fmt::format("arm {}", arm.name),
                      "is there twice (names are unique) rename it, or remove the repeated value");
      }
      draft.study.arms.push_back(finished(draft, arm));
      for (const auto& [parameter, unused] : draft.study.arms.back().parameters)
        draft.set_by.emplace(parameter, arm.name);
    }
  });
}

}  // namespace chasm::input
