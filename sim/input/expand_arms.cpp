// `list`, `grid` and `sweep`: arms that are made of keys and values.

#include <cmath>
#include <deque>

#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/quantity.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

constexpr std::string_view base_key = "arm";

const Parameter* parameter(const Model& model, std::string_view name) {
  for (const Parameter& p : model.parameters) {
    if (p.name == name) return &p;
  }
  return nullptr;
}

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

// A key as arm names show it: a parameter's last part where no other parameter ends so.
std::string short_key(const Model& model, std::string_view key) {
  if (key.starts_with("interventions.")) {
    const std::string_view rest = key.substr(std::string_view("interventions.").size());
    const std::string_view name = rest.substr(0, rest.find('.'));
    return fmt::format("{}.{}", name, last_part(rest));
  }
  constexpr std::string_view levers = "levers.";
  if (key.starts_with(levers)) {
    const std::string_view rest = key.substr(levers.size());
    for (const Lever& lever : model.levers)
      if (rest.starts_with(std::string(lever.name) + ".")) return std::string(rest);
  }
  int same = 0;
  for (const Parameter& p : model.parameters) same += last_part(p.name) == last_part(key) ? 1 : 0;
  return std::string(same > 1 ? key : last_part(key));
}

std::string label(const Draft& draft, const ArmDraft& arm, const Item& item, std::string_view key) {
  if (key == base_key) return *item.value->get<std::string>();
  std::string text;
  if (const Parameter* p = parameter(draft.model, key)) {
    text = digits(arm.parameters.at(static_cast<int>(p - draft.model.parameters.data())));
  } else if (const std::string* written = item.value->get<std::string>()) {
    text = *written;
  } else {
    text = digits(number_of(item));
  }
  return fmt::format("{}={}", short_key(draft.model, key), text);
}

class Expander {
 public:
  Expander(Draft& draft, std::vector<ArmDraft>& arms) : draft_(draft), arms_(arms) {}

  void list(const Item& list) {
    for (const Item& entry : list_of(list)) {
      const std::vector<Item> keys = entries_of(entry);
      if (keys.empty()) refuse(entry, "is empty (it is the baseline) remove it");
      add(keys, entry.value->place);
    }
  }

  void grid(const Item& grid) {
    std::vector<std::vector<Item>> axes;
    size_t cells = 1;
    for (const Item& key : entries_of(grid)) {
      axes.push_back(values(key));
      cells *= axes.back().size();
      if (cells > max_arms) refuse_size(grid);
    }
    if (axes.empty())
      refuse(grid, "is empty (a grid needs keys with values) add some or remove it");
    // The first key changes slowest.
    std::vector<size_t> at(axes.size(), 0);
    for (size_t cell = 0; cell < cells; ++cell) {
      std::vector<Item> keys;
      for (size_t i = 0; i < axes.size(); ++i) keys.push_back(axes[i][at[i]]);
      add(keys, grid.key);
      for (size_t i = axes.size(); i-- > 0 && ++at[i] == axes[i].size();) at[i] = 0;
    }
  }

  void sweep(const Item& sweep) {
    const std::vector<Item> keys = entries_of(sweep);
    if (keys.empty())
      refuse(sweep, "is empty (a sweep needs a key with values) add one or remove it");
    for (const Item& key : keys) {
      if (key.name() == base_key) {
        throw Problem(key.key, key.path,
                      "cannot be swept (name arms in design.arms) use it in a grid");
      }
      for (const Item& value : values(key)) add({value}, key.key);
    }
  }

 private:
  [[noreturn]] static void refuse_size(const Item& item) {
    throw Problem(
        item.key, item.path,
        fmt::format("makes more than {} arms (the limit) take fewer values, or make what one "
                    "does not decide uncertain",
                    max_arms));
  }

  void add(const std::vector<Item>& keys, const Place& place) {
    if (draft_.problems.full()) return;
    if (arms_.size() >= max_arms) refuse_size(keys.front());
    ArmDraft arm;
    for (const Item& item : keys) {
      if (key_of(item) == base_key) arm = base(item);
    }
    arm.place = place;
    std::string name;
    for (const Item& item : keys) {
      const std::string key = key_of(item);
      if (key != base_key) apply(draft_, arm, item, key);
      name += (name.empty() ? "" : " ") + label(draft_, arm, item, key);
    }
    arm.name = name;
    arms_.push_back(std::move(arm));
  }

  // The key of a value: "turnover" for "design.grid.turnover[2]".
  static std::string key_of(const Item& item) {
    const std::string_view name = item.name();
    return std::string(name.ends_with(']') ? name.substr(0, name.rfind('[')) : name);
  }

  ArmDraft base(const Item& item) const {
    const std::string& name = text_of(item);
    const auto known = draft_.named.find(name);
    ArmDraft arm;
    if (known != draft_.named.end()) {
      arm = draft_.named_arms[known->second];
    } else if (name != "baseline") {
      std::vector<std::string> names;
      for (const auto& [key, unused] : draft_.named) names.push_back(key);
      refuse(item,
             fmt::format("no arm is called \"{}\" ({})", shown(name), suggestion(name, names)));
    }
    arm.complete = true;
    return arm;
  }

  std::vector<Item> values(const Item& key) {
    if (const Tree* tree = key.value->get<Tree>()) return range(key, *tree);
    std::vector<Item> items = list_of(key);
    if (items.empty()) refuse(key, "has no values (each makes an arm) add some or remove the key");
    if (items.size() > max_arms) refuse_size(key);
    return items;
  }

  // { from, to, count }
  std::vector<Item> range(const Item& key, const Tree& tree) {
    const Fields fields(tree, key.path, range_keys(), draft_.problems);
    const auto from = fields.find("from"), to = fields.find("to"), count = fields.find("count");
    if (!from || !to || !count) {
      refuse(key,
             "is no range (it needs from, to and count) write { from = 0.1, to = 0.9, count = 9 }");
    }
    const Parameter* p = parameter(draft_.model, key.name());
    const auto end = [&](const Item& item) {
      return p == nullptr ? number_of(item) : quantity_of(item, p->unit, p->name);
    };
    const double first = end(*from), last = end(*to);
    const auto steps = whole_of(*count, 2, static_cast<int64_t>(max_arms)) - 1;
    if (first == last) refuse(key, "is empty (from and to are equal) set them apart");
    std::vector<Item> items;
    for (int64_t i = 0; i <= steps; ++i) {
      const double share = static_cast<double>(i) / static_cast<double>(steps);
      // Twelve digits: 0.3, not 0.30000000000000004.
      const double value = std::stod(fmt::format("{:.12g}", first * (1 - share) + last * share));
      made_.push_back({value, key.value->place});
      Item item = key;
      item.path = fmt::format("{}[{}]", key.path, i);
      item.value = &made_.back();
      items.push_back(std::move(item));
    }
    return items;
  }

  Draft& draft_;
  std::vector<ArmDraft>& arms_;
  std::deque<Value> made_;  // values of ranges; items point to them
};

}  // namespace

std::vector<ArmDraft> expand_arms(Draft& draft, const Tree& design) {
  std::vector<ArmDraft> arms;
  Expander expander(draft, arms);
  const auto expand = [&](std::string_view key, void (Expander::*read)(const Item&)) {
    if (const Entry* entry = design.find(key)) {
      draft.problems.collect([&] { (expander.*read)(item_of(*entry, "design")); });
    }
  };
  expand("list", &Expander::list);
  expand("grid", &Expander::grid);
  expand("sweep", &Expander::sweep);
  return arms;
}

}  // namespace chasm::input
