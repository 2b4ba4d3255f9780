#include <fmt/format.h>

#include "sim/input/draft.hpp"

namespace chasm::input {
namespace {

void refuse_other_source(const Draft& draft, const Item& item, int index) {
  if (const auto given = draft.given.find(index); given != draft.given.end()) {
    throw Problem(
        item.key, item.path,
        fmt::format("is uncertain and has a value in [parameters] (at {}; the value would do "
                    "nothing) remove one of them",
                    to_string(given->second)));
  }
  if (const auto arm = draft.set_by.find(index); arm != draft.set_by.end()) {
    throw Problem(
        item.key, item.path,
        fmt::format("is uncertain and set by the arm \"{}\" (what one decides is not uncertain) "
                    "remove one of them",
                    shown(arm->second)));
  }
}

void add(Draft& draft, const Item& item, int index) {
  const Parameter& parameter = draft.model.parameters[index];
  refuse_other_source(draft, item, index);
  draft.design.uncertain.push_back({index, distribution_of(item, parameter)});
  draft.uncertain.emplace(index, item.key);
}

// "*[grade=D]": every parameter of that grade that nothing else names.
void add_grade(Draft& draft, const Item& item) {
  const std::string_view name = item.name();
  const bool known = name.size() == 10 && name.starts_with("*[grade=") && name[9] == ']' &&
                     name[8] >= 'A' && name[8] <= 'D';
  if (!known) {
    throw Problem(item.key, item.path,
                  "unknown pattern (known: *[grade=A] to *[grade=D]) correct it");
  }
  const std::string* text = item.value->get<std::string>();
  if (text == nullptr || *text != "registered range") {
    refuse(item,
           "is not \"registered range\" (parameters have different units) write that, or name each "
           "parameter");
  }
  size_t found = 0;
  for (size_t i = 0; i < draft.model.parameters.size(); ++i) {
    const int index = static_cast<int>(i);
    if (static_cast<char>(draft.model.parameters[i].grade) != name[8]) continue;
    ++found;
    if (draft.uncertain.count(index) + draft.given.count(index) + draft.set_by.count(index) == 0) {
      add(draft, item, index);
    }
  }
  if (found == 0) {
    throw Problem(
        item.key, item.path,
        fmt::format("names no parameter ({} has none of this grade) remove it", draft.model.name));
  }
}

}  // namespace

void read_uncertain(Draft& draft) {
  const std::optional<Item> item = section(draft, "uncertain");
  if (!item) return;
  const std::vector<Item> entries = entries_of(*item);
  for (const Item& entry : entries) {
    if (entry.name().starts_with('*')) continue;
    draft.problems.collect([&] { add(draft, entry, parameter_index(draft, entry, entry.name())); });
  }
  // Whatever is named comes first, wherever the pattern stands.
  for (const Item& entry : entries) {
    if (entry.name().starts_with('*')) draft.problems.collect([&] { add_grade(draft, entry); });
  }
}

}  // namespace chasm::input
