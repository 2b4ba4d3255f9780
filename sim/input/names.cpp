#include <vector>

#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

template <class Entries>
int index_of(const Entries& entries, std::string_view name) {
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

template <class Entries>
std::string advice(const Entries& entries, std::string_view name) {
  std::vector<std::string> known;
  for (const auto& entry : entries) known.emplace_back(entry.name);
  return suggestion(name, known);
}

}  // namespace

int parameter_named(const Draft& draft, const Item& item, std::string_view name) {
  const int index = index_of(draft.model.parameters, name);
  if (index < 0) {
    refuse(item, fmt::format("\"{}\" is no parameter of {} ({})", shown(name), draft.model.name,
                             advice(draft.model.parameters, name)));
  }
  return index;
}

int parameter_index(const Draft& draft, const Item& item, std::string_view name) {
  const int index = index_of(draft.model.parameters, name);
  if (index < 0) {
    throw Problem(item.key, item.path,
                  fmt::format("unknown parameter of {} ({})", draft.model.name,
                              advice(draft.model.parameters, name)));
  }
  return index;
}

int lever_index(const Draft& draft, const Item& item, std::string_view name) {
  const int index = index_of(draft.model.levers, name);
  if (index < 0) {
    const std::string why = draft.model.levers.empty()
                                ? fmt::format("{} has no levers; set parameters", draft.model.name)
                                : advice(draft.model.levers, name);
    throw Problem(item.key, item.path,
                  fmt::format("unknown lever of {} ({})", draft.model.name, why));
  }
  return index;
}

std::optional<Item> section(Draft& draft, std::string_view name) {
  const Entry* entry = draft.root.find(name);
  if (entry == nullptr) return std::nullopt;
  const Item item = item_of(*entry, "");
  if (entry->value.get<Tree>() == nullptr) {
    draft.problems.add(entry->place, entry->key,
                       fmt::format("is {} (a table is needed) write [{}] and keys under it",
                                   kind_of(entry->value), entry->key));
    return std::nullopt;
  }
  return item;
}

}  // namespace chasm::input
