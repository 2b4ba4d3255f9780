#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/nearest.hpp"
#include "sim/random.hpp"

namespace chasm::input {
namespace {

constexpr uint64_t max_worlds = 1'000'000'000'000;

constexpr std::array methods = {DesignMethod::independent,     DesignMethod::sobol,
                                DesignMethod::latin_hypercube, DesignMethod::saltelli,
                                DesignMethod::morris,          DesignMethod::table};

const Tree empty_tree;

const Tree& design_tree(const Draft& draft) {
  const Entry* entry = draft.root.find("design");
  const Tree* tree = entry == nullptr ? nullptr : entry->value.get<Tree>();
  return tree == nullptr ? empty_tree : *tree;
}

std::optional<Item> find(const Draft& draft, std::string_view key) {
  const Entry* entry = design_tree(draft).find(key);
  if (entry == nullptr) return std::nullopt;
  return item_of(*entry, "design");
}

DesignMethod method_of(const Item& item) {
  const std::string& text = text_of(item);
  std::vector<std::string> known;
  for (const DesignMethod method : methods) {
    if (design_name(method) == text) return method;
    known.emplace_back(design_name(method));
  }
  refuse(item, fmt::format("\"{}\" is no method ({})", shown(text), suggestion(text, known)));
}

// Which keys say how many futures a method has.
bool belongs(DesignMethod method, std::string_view key) {
  switch (method) {
    case DesignMethod::independent:
    case DesignMethod::sobol:
    case DesignMethod::latin_hypercube:
      return key == "futures";
    case DesignMethod::saltelli:
      return key == "base" || key == "second_order";
    case DesignMethod::morris:
      return key == "trajectories" || key == "levels";
    case DesignMethod::table:
      return key == "futures" || key == "path" || key == "sha256";
  }
  return false;
}

std::string_view needed(DesignMethod method) {
  switch (method) {
    case DesignMethod::saltelli:
      return "base";
    case DesignMethod::morris:
      return "trajectories";
    case DesignMethod::table:
      return "path";
    default:
      return "";
  }
}

bool flag_of(const Item& item) {
  const bool* flag = item.value->get<bool>();
  if (flag == nullptr) {
    refuse(item, fmt::format("{} is {} (it is yes or no) write true or false", shown(*item.value),
                             kind_of(*item.value)));
  }
  return *flag;
}

void check_keys(Draft& draft, DesignMethod method) {
  for (const char* key :
       {"futures", "base", "second_order", "trajectories", "levels", "path", "sha256"}) {
    const auto item = find(draft, key);
    if (!item || belongs(method, key)) continue;
    const std::string_view instead = needed(method);
    const std::string advice = std::string_view(key) == "futures" && !instead.empty()
                                   ? fmt::format("use {}, from which futures follow", instead)
                                   : std::string("remove it");
    draft.problems.add(
        item->key, item->path,
        fmt::format("has no meaning with method \"{}\" ({}) {}", design_name(method),
                    key == std::string_view("futures") ? "its futures are counted otherwise"
                                                       : "another method's key",
                    advice));
  }
}

void read_counts(Draft& draft) {
  DesignSpec& spec = draft.design;
  const auto count = [&](std::string_view key, uint64_t& into) {
    const auto item = find(draft, key);
    if (!item || !belongs(spec.method, key)) return;
    draft.problems.collect([&] {
      into = static_cast<uint64_t>(whole_of(*item, 1, static_cast<int64_t>(max_futures)));
    });
  };
  spec.futures = spec.method == DesignMethod::table ? 0 : 1;
  count("futures", spec.futures);
  count("base", spec.base);
  count("trajectories", spec.trajectories);
  if (const auto item = find(draft, "second_order"); item && belongs(spec.method, "second_order")) {
    draft.problems.collect([&] { spec.second_order = flag_of(*item); });
  }
  if (const auto item = find(draft, "levels"); item && belongs(spec.method, "levels")) {
    draft.problems.collect([&] {
      spec.levels = static_cast<int>(whole_of(*item, 2, 1024));
      if (spec.levels % 2 != 0) {
        refuse(*item, fmt::format("{} is odd (morris needs an even number) choose {} or {}",
                                  spec.levels, spec.levels - 1, spec.levels + 1));
      }
    });
  }
  const std::string_view must = needed(spec.method);
  if (!must.empty() && !find(draft, must)) {
    const auto method = find(draft, "method");
    draft.problems.add(method->key, fmt::format("design.{}", must),
                       fmt::format("is missing (method \"{}\" needs it) add it to [design]",
                                   design_name(spec.method)));
  }
}

uint32_t replications_of(const Item& item) {
  if (const int64_t* number = item.value->get<int64_t>();
      number != nullptr && *number > max_replications) {
    refuse(
        item,
        fmt::format("{} is out of range (allowed: 1 to {}, which have 16 bits in random addresses) "
                    "use more futures: without uncertain parameters they are more replications",
                    *number, max_replications));
  }
  return static_cast<uint32_t>(whole_of(item, 1, max_replications));
}

void check_size(Draft& draft, const Place& place) {
  const auto arms = static_cast<uint64_t>(draft.study.arms.size());
  const uint64_t futures = draft.study.futures->count(), replications = draft.study.replications;
  // Below 2^17, 2^33 and 2^17: the first product fits into 64 bits.
  if (arms * futures <= max_worlds / replications) return;
  const double worlds = static_cast<double>(arms) * static_cast<double>(futures) * replications;
  draft.problems.add(
      place, "design",
      fmt::format("makes {:.3g} worlds ({} arms x {} futures x {} replications; the limit is "
                  "{:.0e}) lower futures or replications",
                  worlds, arms, futures, replications, static_cast<double>(max_worlds)));
}

}  // namespace

void read_future_table(Draft& draft) {
  const auto method = find(draft, "method");
  if (method) draft.problems.collect([&] { draft.design.method = method_of(*method); });
  if (draft.design.method != DesignMethod::table) return;
  const auto path = find(draft, "path");
  if (!path) return;
  draft.problems.collect([&] {
    const auto digest = find(draft, "sha256");
    draft.design.table = read_study_table(draft, *path, digest ? text_of(*digest) : "", {});
    for (const std::string& column : draft.design.table.columns) {
      const int index = parameter_named(draft, *path, column);
      if (const auto arm = draft.set_by.find(index); arm != draft.set_by.end()) {
        refuse(*path, fmt::format(
                          "has a column \"{}\", which the arm \"{}\" sets (what one decides is not "
                          "uncertain) remove one of them",
                          column, shown(arm->second)));
      }
      if (const auto given = draft.given.find(index); given != draft.given.end()) {
        refuse(
            *path,
            fmt::format("has a column \"{}\", which has a value in [parameters] (at {}; the value "
                        "would do nothing) remove one of them",
                        column, to_string(given->second)));
      }
      draft.uncertain.emplace(index, path->value->place);
    }
  });
}

void read_futures(Draft& draft) {
  const std::optional<Item> item = section(draft, "design");
  if (item) {
    const Fields fields(table_of(*item), "design", design_keys(), draft.problems);
    check_keys(draft, draft.design.method);
    read_counts(draft);
    if (const auto replications = fields.find("replications")) {
      draft.problems.collect([&] { draft.study.replications = replications_of(*replications); });
    }
  }
  draft.study.design = design_name(draft.design.method);
  draft.design.seed = draft.study.seed;
  // What is wrong above would only be said again.
  if (!draft.problems.none()) return;
  const auto method = find(draft, "method");
  Place place = item ? item->key : Place();
  if (!item) {
    for (const char* name : {"uncertain", "study"}) {
      if (const Entry* entry = draft.root.find(name)) {
        place = entry->place;
        break;
      }
    }
  }
  try {
    draft.study.futures = make_futures(draft.design, draft.model);
  } catch (const Problem& problem) {
    draft.problems.add(problem);
    return;
  } catch (const InputError& error) {
    draft.problems.add(method ? method->value->place : place, method ? "design.method" : "design",
                       error.what());
    return;
  }
  check_size(draft, place);
}

}  // namespace chasm::input
