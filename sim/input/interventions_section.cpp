#include <fmt/format.h>

#include "sim/input/condition.hpp"
#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/lever_use.hpp"
#include "sim/input/quantity.hpp"
#include "sim/random.hpp"

namespace chasm::input {
namespace {

void read_start(const Draft& draft, const Item& item, Intervention& intervention) {
  // At or beyond the horizon it never starts, which `chasm check` says.
  intervention.start = step_of(item, draft.model, max_steps);
}

void read_when(const Draft& draft, const Item& item, bool has_start, Intervention& intervention) {
  if (has_start) {
    refuse(item, "stands beside start (a condition says itself when it is looked at) remove start");
  }
  intervention.when = condition_of(draft, item);
  intervention.start = intervention.when.step;
}

void read_set(Draft& draft, const Item& set, Intervention& intervention) {
  for (const Item& entry : entries_of(set)) {
    draft.problems.collect([&] {
      const int index = parameter_index(draft, entry, entry.name());
      if (intervention.set.count(index) != 0) {
        throw Problem(
            entry.key, entry.path,
            "is a setting of a lever of this intervention too (it has one value) keep one");
      }
      intervention.set[index] = parameter_of(entry, draft.model.parameters[index]);
    });
  }
}

void read_intervention(Draft& draft, const Item& item) {
  check_name(item);
  const std::string name(item.name());
  if (name.find_first_of("@.") != std::string::npos) {
    throw Problem(item.key, item.path, "holds '@' or '.' (these mean a shift and a key) rename it");
  }
  Problems& problems = draft.problems;
  const Fields fields(table_of(item), item.path, intervention_keys(), problems);
  Intervention& intervention = draft.interventions[name];
  intervention.name = name;
  const auto levers = fields.find("levers"), set = fields.find("set");
  if (!levers && !set) {
    throw Problem(item.key, item.path,
                  "has no levers (it would do nothing) add levers = { name = 1 }");
  }
  if (levers) {
    for (const Item& lever : entries_of(*levers))
      problems.collect([&] { read_lever(draft, lever, intervention.levers, intervention.set); });
  }
  if (set) read_set(draft, *set, intervention);
  if (intervention.levers.empty() && intervention.set.empty() && problems.none()) {
    refuse(levers ? *levers : *set, "is empty (the intervention would do nothing) name a lever");
  }
  const auto start = fields.find("start"), when = fields.find("when");
  if (start) problems.collect([&] { read_start(draft, *start, intervention); });
  if (when) problems.collect([&] { read_when(draft, *when, start.has_value(), intervention); });
  if (const auto ramp = fields.find("ramp"))
    problems.collect([&] { intervention.ramp = duration_of(*ramp, draft.model, 1, max_steps); });
  if (const auto until = fields.find("until")) {
    intervention.until = step_of(*until, draft.model, max_steps);
    if (intervention.until <= intervention.start) {
      refuse(*until,
             fmt::format("{} is not after its start at {} {} (it would do nothing) choose a "
                         "later {}",
                         shown(*until->value), draft.model.step, digits(intervention.start),
                         draft.model.step));
    }
  }
}

}  // namespace

void read_interventions(Draft& draft) {
  const std::optional<Item> item = section(draft, "interventions");
  if (!item) return;
  for (const Item& entry : entries_of(*item)) {
    draft.problems.collect([&] { read_intervention(draft, entry); });
  }
}

}  // namespace chasm::input
