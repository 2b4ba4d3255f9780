#include "sim/input/lever_use.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/input/quantity.hpp"
#include "sim/input/table_file.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

double in_range(const Item& item, double value, double most, const std::string& what) {
  if (!(value >= 0 && value <= most)) {
    refuse(item, fmt::format("{} is out of range ({} is 0 to {}) choose a value in that range",
                             shown(*item.value), what, digits(most)));
  }
  return value;
}

double strength_of(const Item& item, const Lever& lever) {
  return in_range(item, number_of(item), lever.most, "a lever's strength");
}

// So many of what strength 1 is a number of.
double count_of(const Item& item, const Lever& lever) {
  const double most = lever.most * lever.count;
  return in_range(item, number_of(item), most, fmt::format("the number of {}", lever.counted)) /
         lever.count;
}

std::vector<std::string> parts_of(const Lever& lever) {
  std::vector<std::string> parts = {"strength"};
  if (lever.count > 0) parts.emplace_back("count");
  if (*lever.settings != 0)
    for (std::string& name : split_columns(lever.settings)) parts.push_back(std::move(name));
  return parts;
}

}  // namespace

LeverKey lever_key(const Draft& draft, const Item& item, std::string_view key) {
  for (size_t i = 0; i < draft.model.levers.size(); ++i) {
    const std::string_view name = draft.model.levers[i].name;
    const bool part = key.size() > name.size() && key.starts_with(name) && key[name.size()] == '.';
    if (part) return {static_cast<int>(i), key.substr(name.size() + 1)};
  }
  return {lever_index(draft, item, key), ""};
}

void apply_lever(const Draft& draft, const Item& item, const LeverKey& key,
                 std::map<int, double>& strengths, std::map<int, double>& set) {
  const Lever& lever = draft.model.levers[static_cast<size_t>(key.lever)];
  if (key.part.empty() || key.part == "strength") {
    strengths[key.lever] = strength_of(item, lever);
    return;
  }
  const std::vector<std::string> parts = parts_of(lever);
  if (std::find(parts.begin(), parts.end(), key.part) == parts.end()) {
    throw Problem(item.key, item.path,
                  fmt::format("unknown part of the lever \"{}\" ({})", lever.name,
                              suggestion(key.part, parts)));
  }
  if (key.part == "count" && lever.count > 0) {
    strengths[key.lever] = count_of(item, lever);
  } else {
    const int index = parameter_index(draft, item, fmt::format("{}.{}", lever.name, key.part));
    set[index] = parameter_of(item, draft.model.parameters[static_cast<size_t>(index)]);
  }
}

void read_lever(Draft& draft, const Item& item, std::map<int, double>& strengths,
                std::map<int, double>& set) {
  const int index = lever_index(draft, item, item.name());
  if (item.value->get<Tree>() == nullptr) {
    apply_lever(draft, item, {index, ""}, strengths, set);
    return;
  }
  const bool counted = draft.model.levers[static_cast<size_t>(index)].count > 0;
  int strong = 0, wrong = 0;
  for (const Item& part : entries_of(item)) {
    strong += part.name() == "strength" || (counted && part.name() == "count");
    ++wrong;
    draft.problems.collect([&] {
      apply_lever(draft, part, {index, part.name()}, strengths, set);
      --wrong;
    });
  }
  if (strong == 0 && wrong == 0) {
    refuse(item,
           fmt::format("does not say how much of the lever is used (it would do nothing) add {}",
                       counted ? "strength or count" : "strength"));
  }
  if (strong > 1)
    refuse(item, "has both strength and count (the one follows from the other) remove one");
}

}  // namespace chasm::input
