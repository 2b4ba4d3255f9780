#include "sim/input/merge.hpp"

#include <functional>
#include <set>
#include <string>

#include <fmt/format.h>

namespace chasm::input {
namespace {

class Names {
 public:
  template <class Tables>
  Names& add(const Tables& tables, const std::string& prefix = "") {
    for (const auto& entry : tables) names_.insert(prefix + entry.name);
    return *this;
  }
  bool has(const std::string& name) const { return names_.count(name) != 0; }
  // Some name goes on after `name` and a dot.
  bool open(const std::string& name) const {
    const auto next = names_.lower_bound(name + ".");
    return next != names_.end() && next->starts_with(name + ".");
  }

 private:
  std::set<std::string> names_;
};

class Flattener {
 public:
  using Inner = std::function<bool(const std::string& name, const Tree& value)>;

  // `inner` says whether the table under that name holds the rest of longer names.
  Flattener(Problems& problems, Inner inner) : problems_(problems), inner_(std::move(inner)) {}

  void run(Value* section, const std::string& path) {
    Tree* tree = section == nullptr ? nullptr : section->get<Tree>();
    if (tree == nullptr) return;
    Tree flat;
    add(*tree, "", path, flat);
    *tree = std::move(flat);
  }

 private:
  void add(const Tree& tree, const std::string& prefix, const std::string& path, Tree& flat) {
    for (const Entry& entry : tree) {
      const std::string name = prefix.empty() ? entry.key : prefix + "." + entry.key;
      const Tree* deeper = entry.value.get<Tree>();
      if (deeper != nullptr && inner_(name, *deeper)) {
        add(*deeper, name, path, flat);
      } else if (const Entry* first = flat.find(name)) {
        problems_.add(entry.place, path + "." + name,
                      fmt::format("is given twice (also at {}) keep one", to_string(first->place)));
      } else {
        flat.set({name, entry.place, entry.value});
      }
    }
  }

  Problems& problems_;
  Inner inner_;
};

Value* at(Tree& tree, std::string_view key) {
  Entry* entry = tree.find(key);
  return entry == nullptr ? nullptr : &entry->value;
}

Tree* tree_at(Tree& tree, std::string_view key) {
  Value* value = at(tree, key);
  return value == nullptr ? nullptr : value->get<Tree>();
}

template <class Each>
void each_table_in(Tree& root, std::string_view section, Each&& each) {
  Tree* tree = tree_at(root, section);
  if (tree == nullptr) return;
  for (const Entry& entry : *tree) {
    if (Entry* own = tree->find(entry.key); own->value.get<Tree>() != nullptr) each(*own);
  }
}

void move_path(Value* value, const std::filesystem::path& folder) {
  std::string* path = value == nullptr ? nullptr : value->get<std::string>();
  if (path == nullptr || path->empty()) return;
  *path = (folder / *path).lexically_normal().generic_string();
}

void move_paths(Source& source) {
  if (Tree* tables = tree_at(source.root, "tables")) {
    for (const Entry& entry : *tables) {
      Value& value = tables->find(entry.key)->value;
      Tree* tree = value.get<Tree>();
      move_path(tree == nullptr ? &value : at(*tree, "path"), source.folder);
    }
  }
  if (Tree* design = tree_at(source.root, "design")) move_path(at(*design, "path"), source.folder);
}

void merge_into(Tree& into, const Tree& from, bool whole_entries) {
  for (const Entry& entry : from) {
    Tree* old = tree_at(into, entry.key);
    const Tree* fresh = entry.value.get<Tree>();
    if (old != nullptr && fresh != nullptr && !whole_entries) {
      merge_into(*old, *fresh, false);
    } else {
      into.set(entry);
    }
  }
}

}  // namespace

void make_names_whole(Source& source, const Model& model, Problems& problems) {
  const auto flatten = [&](const Names& names) {
    return Flattener(problems, [&names](const std::string& name, const Tree&) {
      return !names.has(name) && names.open(name);
    });
  };
  Tree& root = source.root;
  const Names parameters = Names().add(model.parameters);
  const Names setting = Names().add(model.sizes).add(model.choices);
  const Names tables = Names().add(model.tables);
  const Names levers = Names().add(model.levers);
  flatten(setting).run(at(root, "setting"), "setting");
  flatten(parameters).run(at(root, "parameters"), "parameters");
  flatten(parameters).run(at(root, "uncertain"), "uncertain");
  flatten(tables).run(at(root, "tables"), "tables");
  each_table_in(root, "packages", [&](Entry& package) {
    flatten(parameters).run(&package.value, "packages." + package.key);
  });
  each_table_in(root, "interventions", [&](Entry& intervention) {
    Tree& tree = *intervention.value.get<Tree>();
    flatten(levers).run(at(tree, "levers"), "interventions." + intervention.key + ".levers");
    flatten(parameters).run(at(tree, "set"), "interventions." + intervention.key + ".set");
  });
  each_table_in(root, "arms", [&](Entry& arm) {
    Tree& tree = *arm.value.get<Tree>();
    flatten(parameters).run(at(tree, "set"), "arms." + arm.key + ".set");
    flatten(levers).run(at(tree, "levers"), "arms." + arm.key + ".levers");
  });
  if (Tree* design = tree_at(root, "design")) {
    Flattener flattener(problems, [&](const std::string& name, const Tree& value) {
      const bool range = value.find("from") != nullptr || value.find("to") != nullptr;
      return !parameters.has(name) && (parameters.open(name) || !range);
    });
    flattener.run(at(*design, "grid"), "design.grid");
    flattener.run(at(*design, "sweep"), "design.sweep");
    Value* list = at(*design, "list");
    if (Array* entries = list == nullptr ? nullptr : list->get<Array>()) {
      for (Value& entry : *entries) flattener.run(&entry, "design.list");
    }
  }
  move_paths(source);
}

Tree merge(const std::vector<Source>& sources) {
  Tree root;
  for (const Source& source : sources) {
    for (const Entry& section : source.root) {
      Tree* old = tree_at(root, section.key);
      const Tree* fresh = section.value.get<Tree>();
      if (old != nullptr && fresh != nullptr) {
        merge_into(*old, *fresh, section.key == "uncertain" || section.key == "tables");
      } else {
        root.set(section);
      }
    }
  }
  return root;
}

}  // namespace chasm::input
