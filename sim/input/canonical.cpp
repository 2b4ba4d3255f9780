#include "sim/input/canonical.hpp"

#include <limits>

#include <fmt/format.h>

#include "sim/input/keys.hpp"
#include "sim/input/quantity.hpp"
#include "sim/model_of.hpp"

namespace chasm::input {
namespace {

using Data = decltype(Value::data);

Value value_of(Data data) { return {std::move(data), {}}; }

void put(Tree& tree, std::string key, Data data) {
  tree.set({std::move(key), {}, value_of(std::move(data))});
}

std::vector<std::string> names(std::span<const Key> keys) {
  std::vector<std::string> order;
  for (const Key& key : keys) order.emplace_back(key.name);
  return order;
}

template <class Entries>
void append_names(std::vector<std::string>& order, const Entries& entries) {
  for (const auto& entry : entries) order.emplace_back(entry.name);
}

const Tree* find(const Tree& root, std::string_view section) {
  const Entry* entry = root.find(section);
  return entry == nullptr ? nullptr : entry->value.get<Tree>();
}

// The section as written, in the order of `order`; a section without keys is left out.
void copy_sorted(Tree& out, const Tree& root, const std::string& section,
                 const std::vector<std::string>& order) {
  const Tree* tree = find(root, section);
  if (tree == nullptr || tree->empty()) return;
  Tree sorted = *tree;
  sorted.sort_by(order);
  put(out, section, std::move(sorted));
}

std::string steps(const Model& model, int count) {
  return fmt::format("{} {}", count, count == 1 ? std::string(model.step) : plural(model.step));
}

template <class Entry>
Data list_of_names(const std::vector<Entry>& entries, const std::vector<int>& chosen) {
  Array array;
  for (const int i : chosen) array.push_back(value_of(std::string(entries[i].name)));
  return array;
}

Tree study_section(const Draft& draft) {
  const Study& study = draft.study;
  Tree tree;
  put(tree, "title", study.title);
  if (!study.question.empty()) put(tree, "question", study.question);
  put(tree, "model", fmt::format("{}-{}", draft.model.name, draft.model.version));
  if (study.seed <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    put(tree, "seed", static_cast<int64_t>(study.seed));
  } else {
    put(tree, "seed", fmt::format("{}", study.seed));
  }
  if (!study.start.empty()) put(tree, "start", Moment{study.start, true});
  put(tree, "horizon", steps(draft.model, study.steps));
  return tree;
}

Tree tables_section(const Draft& draft) {
  Tree tree;
  for (const auto& [name, table] : draft.study.setting.tables) {
    Tree entry;
    put(entry, "path", table.path);
    put(entry, "sha256", table.digest);
    put(tree, name, std::move(entry));
  }
  return tree;
}

// Patterns become the parameters that they stand for.
Tree uncertain_section(const Draft& draft, const Tree& written) {
  Tree tree;
  for (const UncertainParameter& uncertain : draft.design.uncertain) {
    const std::string name = draft.model.parameters[uncertain.parameter].name;
    if (const Entry* entry = written.find(name)) {
      tree.set(*entry);
    } else {
      put(tree, name, std::string("registered range"));
    }
  }
  return tree;
}

Tree design_section(const Draft& draft) {
  const Tree* written = find(draft.root, "design");
  Tree tree = written == nullptr ? Tree() : *written;
  if (!draft.named_arms.empty() && tree.find("arms") == nullptr) {
    Array arms;
    for (const ArmDraft& arm : draft.named_arms) arms.push_back(value_of(arm.name));
    put(tree, "arms", std::move(arms));
  }
  put(tree, "replications", static_cast<int64_t>(draft.study.replications));
  put(tree, "method", draft.study.design);
  const DesignMethod method = draft.design.method;
  if (method != DesignMethod::saltelli && method != DesignMethod::morris) {
    put(tree, "futures", static_cast<int64_t>(draft.study.futures->count()));
  }
  if (method == DesignMethod::saltelli) put(tree, "second_order", draft.design.second_order);
  if (method == DesignMethod::morris) put(tree, "levels", int64_t{draft.design.levels});
  if (method == DesignMethod::table) put(tree, "sha256", draft.design.table.digest);
  tree.sort_by(names(design_keys()));
  return tree;
}

Tree outputs_section(const Draft& draft) {
  const Outputs& outputs = draft.study.outputs;
  Tree tree;
  put(tree, "metrics", list_of_names(draft.model.metrics, outputs.metrics));
  if (!outputs.worlds) put(tree, "worlds", std::string("none"));
  if (outputs.keep != Keep::none) {
    Tree series;
    put(series, "metrics", list_of_names(draft.model.series, outputs.series));
    put(series, "every", steps(draft.model, outputs.every));
    put(series, "keep", std::string(outputs.keep == Keep::bands ? "bands" : "full"));
    put(tree, "series", std::move(series));
  }
  if (draft.model.totals != nullptr)
    put(tree, "totals", list_of_names(default_totals(draft.model), outputs.totals));
  put(tree, "failed_share", draft.study.failed_share);
  return tree;
}

}  // namespace

Tree canonical(const Draft& draft) {
  const Model& model = draft.model;
  std::vector<std::string> setting, parameters, tables;
  append_names(setting, model.sizes);
  append_names(setting, model.choices);
  append_names(parameters, model.parameters);
  append_names(tables, model.tables);

  Tree out;
  put(out, "schema", std::string(study_schema));
  put(out, "study", study_section(draft));
  if (uses_currency(*draft.study.model)) {
    Tree money;
    put(money, "currency", draft.study.currency);
    if (draft.study.price_year > 0)
      put(money, "price_year", static_cast<int64_t>(draft.study.price_year));
    put(out, "money", std::move(money));
  }
  copy_sorted(out, draft.root, "setting", setting);
  copy_sorted(out, draft.root, "parameters", parameters);
  if (!draft.study.setting.tables.empty()) {
    Tree tree = tables_section(draft);
    tree.sort_by(tables);
    put(out, "tables", std::move(tree));
  }
  if (const Tree* written = find(draft.root, "uncertain"); !draft.design.uncertain.empty()) {
    Tree tree = uncertain_section(draft, *written);
    tree.sort_by(parameters);
    put(out, "uncertain", std::move(tree));
  }
  if (const Entry* correlated = draft.root.find("correlated")) {
    if (!correlated->value.get<Array>()->empty()) out.set(*correlated);
  }
  for (const char* section : {"interventions", "packages", "arms"})
    copy_sorted(out, draft.root, section, {});
  put(out, "design", design_section(draft));
  put(out, "outputs", outputs_section(draft));
  return out;
}

}  // namespace chasm::input
