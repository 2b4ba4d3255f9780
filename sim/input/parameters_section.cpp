#include "sim/input/draft.hpp"
#include "sim/input/quantity.hpp"

namespace chasm::input {

void read_parameters(Draft& draft) {
  for (const Parameter& parameter : draft.model.parameters)
    draft.study.base.push_back(parameter.value);
  const std::optional<Item> item = section(draft, "parameters");
  if (!item) return;
  for (const Item& entry : entries_of(*item)) {
    draft.problems.collect([&] {
      const int index = parameter_index(draft, entry, entry.name());
      draft.study.base[index] = parameter_of(entry, draft.model.parameters[index]);
      draft.given.emplace(index, entry.key);
    });
  }
}

}  // namespace chasm::input
