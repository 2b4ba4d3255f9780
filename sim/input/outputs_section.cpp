#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/quantity.hpp"
#include "sim/model_of.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

// What one word stands for: "all", a group, or a name.
void add_metrics(const Item& item, const std::vector<Metric>& metrics, const Model& model,
                 std::set<int>& chosen) {
  const std::string& word = text_of(item);
  std::vector<std::string> known = {"all"};
  bool found = false;
  for (size_t i = 0; i < metrics.size(); ++i) {
    const bool fits = word == "all" || word == metrics[i].name || word == metrics[i].group;
    if (fits && !word.empty()) {
      chosen.insert(static_cast<int>(i));
      found = true;
    }
    const std::string group = metrics[i].group;
    if (!group.empty() && std::find(known.begin(), known.end(), group) == known.end()) {
      known.push_back(group);
    }
    known.emplace_back(metrics[i].name);
  }
  if (!found) {
    refuse(item, fmt::format("\"{}\" is no metric or group of {} ({})", shown(word), model.name,
                             suggestion(word, known)));
  }
}

std::vector<int> metrics_of(const Item& item, const std::vector<Metric>& metrics,
                            const Model& model) {
  std::set<int> chosen;
  if (item.value->get<std::string>() != nullptr) {
    add_metrics(item, metrics, model, chosen);
  } else {
    std::set<std::string> words;
    for (const Item& word : list_of(item)) {
      if (!words.insert(text_of(word)).second) {
        refuse(word,
               fmt::format("names {} twice (it is kept once) remove one", shown(*word.value)));
      }
      add_metrics(word, metrics, model, chosen);
    }
  }
  if (chosen.empty())
    refuse(item, "is empty (nothing would be kept) name a metric, a group, or \"all\"");
  return {chosen.begin(), chosen.end()};
}

Keep keep_of(const Item& item) {
  const std::string& text = text_of(item);
  if (text == "bands") return Keep::bands;
  if (text == "full") return Keep::full;
  refuse(item, fmt::format(
                   "\"{}\" is unknown (bands: a histogram an arm and row; full: every world) write "
                   "\"bands\" or \"full\"",
                   shown(text)));
}

bool worlds_of(const Item& item) {
  const std::string& text = text_of(item);
  if (text == "all") return true;
  if (text == "none") return false;
  refuse(item,
         fmt::format("\"{}\" is unknown (all: every world's metrics; none: what can be said of "
                     "an arm alone) write \"all\" or \"none\"",
                     shown(text)));
}

void read_series(Draft& draft, const Item& item) {
  const Model& model = draft.model;
  Outputs& outputs = draft.study.outputs;
  if (model.series.empty()) {
    throw Problem(item.key, item.path,
                  fmt::format("has no meaning here ({} keeps nothing over time) remove "
                              "it",
                              model.name));
  }
  const Fields fields(table_of(item), item.path, series_keys(), draft.problems);
  outputs.keep = Keep::bands;
  const auto metrics = fields.find("metrics");
  if (!metrics) {
    throw Problem(item.key, item.path,
                  "has no metrics (which are kept over time?) add metrics = \"all\" or "
                  "a list of names");
  }
  draft.problems.collect([&] { outputs.series = metrics_of(*metrics, model.series, model); });
  if (const auto every = fields.find("every")) {
    draft.problems.collect(
        [&] { outputs.every = duration_of(*every, model, 1, draft.study.steps); });
  }
  if (const auto keep = fields.find("keep")) {
    draft.problems.collect([&] { outputs.keep = keep_of(*keep); });
  }
}

// "all", "none" or a list of names.
std::vector<int> totals_of(const Item& item, const std::vector<Total>& totals, const Model& model) {
  std::vector<std::string> known;
  for (const Total& total : totals) known.emplace_back(total.name);
  std::set<int> chosen;
  if (item.value->get<std::string>() != nullptr) {
    const std::string& word = text_of(item);
    if (word == "none") return {};
    if (word != "all") {
      refuse(item, fmt::format("\"{}\" is unknown (\"all\", \"none\", or a list of names) write "
                               "one of these",
                               shown(word)));
    }
    for (size_t i = 0; i < totals.size(); ++i) chosen.insert(static_cast<int>(i));
  } else {
    for (const Item& word : list_of(item)) {
      const auto found = std::find(known.begin(), known.end(), text_of(word));
      if (found == known.end()) {
        refuse(word, fmt::format("\"{}\" is no total of {} ({})", shown(text_of(word)), model.name,
                                 suggestion(text_of(word), known)));
      }
      if (!chosen.insert(static_cast<int>(found - known.begin())).second) {
        refuse(word,
               fmt::format("names {} twice (it is kept once) remove one", shown(*word.value)));
      }
    }
  }
  return {chosen.begin(), chosen.end()};
}

// Every one where the file says nothing.
void read_totals(Draft& draft, const std::optional<Item>& item) {
  if (draft.model.totals == nullptr) {
    if (item) {
      throw Problem(
          item->key, item->path,
          fmt::format("has no meaning here ({} has no totals) remove it", draft.model.name));
    }
    return;
  }
  const std::vector<Total> totals = default_totals(draft.model);
  std::vector<int>& kept = draft.study.outputs.totals;
  if (item) {
    kept = totals_of(*item, totals, draft.model);
  } else {
    for (size_t i = 0; i < totals.size(); ++i) kept.push_back(static_cast<int>(i));
  }
}

double share_of(const Item& item) {
  const double share = number_of(item);
  if (!(share >= 0 && share <= 1)) {
    refuse(item, fmt::format("{} is out of range (a share is 0 to 1) choose a value in that range",
                             shown(*item.value)));
  }
  return share;
}

}  // namespace

void read_outputs(Draft& draft) {
  Outputs& outputs = draft.study.outputs;
  for (size_t i = 0; i < draft.model.metrics.size(); ++i)
    outputs.metrics.push_back(static_cast<int>(i));
  const std::optional<Item> item = section(draft, "outputs");
  if (!item) {
    draft.problems.collect([&] { read_totals(draft, std::nullopt); });
    return;
  }
  const Fields fields(table_of(*item), "outputs", outputs_keys(), draft.problems);
  if (const auto metrics = fields.find("metrics")) {
    draft.problems.collect(
        [&] { outputs.metrics = metrics_of(*metrics, draft.model.metrics, draft.model); });
  }
  const auto worlds = fields.find("worlds");
  if (worlds) draft.problems.collect([&] { outputs.worlds = worlds_of(*worlds); });
  if (const auto series = fields.find("series")) {
    draft.problems.collect([&] { read_series(draft, *series); });
  }
  if (!outputs.worlds && outputs.keep == Keep::full) {
    draft.problems.collect([&] {
      refuse(*worlds,
             "\"none\" keeps no world (and series.keep = \"full\" keeps each) write keep = "
             "\"bands\", or worlds = \"all\"");
    });
  }
  const auto totals = fields.find("totals");
  draft.problems.collect([&] { read_totals(draft, totals); });
  if (const auto share = fields.find("failed_share")) {
    draft.problems.collect([&] { draft.study.failed_share = share_of(*share); });
  }
}

}  // namespace chasm::input
