// [packages] and [arms]: arms that have a name of their own.

#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/lever_use.hpp"
#include "sim/input/quantity.hpp"
#include "sim/nearest.hpp"
#include "sim/random.hpp"

namespace chasm::input {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// "name", or "name @ week 52": then it starts at week 52, and its end moves along.
Intervention use_of(const Draft& draft, const Item& item) {
  const std::string_view text = text_of(item);
  const size_t shift = text.find('@');
  const std::string_view name = trimmed(text.substr(0, shift));
  const auto known = draft.interventions.find(name);
  if (known == draft.interventions.end()) {
    std::vector<std::string> names;
    for (const auto& [key, unused] : draft.interventions) names.push_back(key);
    refuse(item, fmt::format("no intervention is called \"{}\" ({})", shown(name),
                             suggestion(name, names)));
  }
  Intervention use = known->second;
  if (shift != std::string_view::npos) {
    const Value when{std::string(trimmed(text.substr(shift + 1))), item.value->place};
    Item step = item;
    step.value = &when;
    if (use.when.series >= 0) {
      refuse(item,
             fmt::format("moves \"{}\" (its condition says when it is looked at) remove the @",
                         shown(name)));
    }
    const double start = step_of(step, draft.model, max_steps);
    use.until += start - use.start;
    use.start = start;
  }
  return use;
}

void read_uses(const Draft& draft, const Item& list, ArmDraft& arm) {
  for (const Item& item : list_of(list)) {
    Intervention use = use_of(draft, item);
    for (const Intervention& other : arm.interventions) {
      if (other.name == use.name) {
        refuse(item, fmt::format("names \"{}\" twice (an arm uses an intervention once) remove one",
                                 shown(use.name)));
      }
    }
    arm.interventions.push_back(std::move(use));
  }
}

void read_set(Draft& draft, const Item& set, ArmDraft& arm) {
  for (const Item& entry : entries_of(set)) {
    draft.problems.collect([&] {
      const int index = parameter_index(draft, entry, entry.name());
      arm.parameters[index] = parameter_of(entry, draft.model.parameters[index]);
    });
  }
}

void read_package(Draft& draft, const Item& item, ArmDraft& arm) {
  if (item.value->get<Tree>() != nullptr) {
    read_set(draft, item, arm);
  } else {
    read_uses(draft, item, arm);
  }
}

void read_arm(Draft& draft, const Item& item, ArmDraft& arm) {
  const Fields fields(table_of(item), item.path, arm_keys(), draft.problems);
  if (const auto set = fields.find("set")) read_set(draft, *set, arm);
  if (const auto levers = fields.find("levers")) {
    for (const Item& lever : entries_of(*levers)) {
      draft.problems.collect([&] { read_lever(draft, lever, arm.levers, arm.settings); });
    }
  }
  if (const auto uses = fields.find("interventions")) {
    draft.problems.collect([&] { read_uses(draft, *uses, arm); });
  }
}

template <class Read>
void read_each(Draft& draft, std::string_view name, Read&& read) {
  const std::optional<Item> item = section(draft, name);
  if (!item) return;
  for (const Item& entry : entries_of(*item)) {
    if (draft.problems.full()) return;
    ArmDraft arm;
    arm.name = entry.name();
    arm.place = entry.key;
    bool repeated = false;
    draft.problems.collect([&] {
      check_name(entry);
      const auto [other, fresh] = draft.named.try_emplace(arm.name, draft.named_arms.size());
      repeated = !fresh;
      if (repeated) {
        throw Problem(entry.key, entry.path,
                      fmt::format("is the name of two arms (also at {}) rename one",
                                  to_string(draft.named_arms[other->second].place)));
      }
      if (draft.named_arms.size() >= max_arms) {
        throw Problem(
            entry.key, entry.path,
            fmt::format("is one arm too many (the limit is {}) make what one does not decide "
                        "uncertain",
                        max_arms));
      }
      read(draft, entry, arm);
    });
    if (!repeated) draft.named_arms.push_back(std::move(arm));
  }
}

}  // namespace

void read_named_arms(Draft& draft) {
  read_each(draft, "packages", read_package);
  read_each(draft, "arms", read_arm);
}

}  // namespace chasm::input
