#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/quantity.hpp"
#include "sim/random.hpp"

namespace chasm::input {
namespace {

void read_levers(Draft& draft, const Item& item, Intervention& intervention) {
  for (const Item& lever : entries_of(item)) {
    draft.problems.collect([&] {
      const int index = lever_index(draft, lever, lever.name());
      intervention.levers[index] = strength_of(lever);
    });
  }
}

void read_intervention(Draft& draft, const Item& item) {
  check_name(item);
  const std::string name(item.name());
  if (name.find_first_of("@.") != std::string::npos) {
    throw Problem(item.key, item.path, "holds '@' or '.' (these mean a shift and a key) rename it");
  }
  const Fields fields(table_of(item), item.path, intervention_keys(), draft.problems,
                      [&](std::string_view key) -> std::string {
                        if (key == "ramp") {
                          return fmt::format(
                              "cannot be set (a lever's ramp belongs to {}) remove it",
                              draft.model.name);
                        }
                        return "";
                      });
  Intervention& intervention = draft.interventions[name];
  intervention.name = name;
  const auto levers = fields.find("levers");
  if (!levers) {
    throw Problem(item.key, item.path,
                  "has no levers (it would do nothing) add levers = { name = 1 }");
  }
  read_levers(draft, *levers, intervention);
  if (intervention.levers.empty() && draft.problems.none()) {
    refuse(*levers, "is empty (the intervention would do nothing) name a lever");
  }
  if (const auto start = fields.find("start")) {
    intervention.start = step_of(*start, draft.model, draft.study.steps - 1);
  }
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
