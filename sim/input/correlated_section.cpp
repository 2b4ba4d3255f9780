#include <algorithm>

#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"

namespace chasm::input {
namespace {

double rank_of(const Item& item) {
  const double rank = number_of(item);
  if (!(rank > -1 && rank < 1)) {
    refuse(item, fmt::format(
                     "{} is out of range (a rank correlation lies between -1 and 1) choose a value "
                     "between",
                     shown(*item.value)));
  }
  return rank;
}

void read_entry(Draft& draft, const Item& item) {
  const Fields fields(table_of(item), item.path, correlated_keys(), draft.problems);
  const auto parameters = fields.find("parameters"), rank = fields.find("rank");
  if (!parameters || !rank) {
    refuse(item,
           "needs parameters and rank (a correlation is between parameters) write parameters = "
           "[\"a\", \"b\"] and rank = 0.5");
  }
  const double spearman = rank_of(*rank);
  std::vector<int> indices;
  for (const Item& name : list_of(*parameters)) {
    const int index = parameter_named(draft, name, text_of(name));
    if (std::find(indices.begin(), indices.end(), index) != indices.end()) {
      refuse(name, "is named twice (a parameter and itself) remove one");
    }
    if (draft.uncertain.count(index) == 0) {
      refuse(name, fmt::format(
                       "\"{}\" is not uncertain (only uncertain parameters are correlated) add it "
                       "to [uncertain]",
                       draft.model.parameters[index].name));
    }
    indices.push_back(index);
  }
  if (indices.size() < 2)
    refuse(*parameters, "names fewer than two parameters (a pair is needed) add one");
  for (size_t a = 0; a < indices.size(); ++a) {
    for (size_t b = a + 1; b < indices.size(); ++b) {
      for (const Correlation& other : draft.design.correlations) {
        if (std::minmax(other.a, other.b) != std::minmax(indices[a], indices[b])) continue;
        refuse(*parameters,
               fmt::format("the pair {} and {} is there twice (a pair has one correlation) "
                           "remove one",
                           draft.model.parameters[indices[a]].name,
                           draft.model.parameters[indices[b]].name));
      }
      draft.design.correlations.push_back({indices[a], indices[b], spearman});
    }
  }
}

}  // namespace

void read_correlated(Draft& draft) {
  const Entry* entry = draft.root.find("correlated");
  if (entry == nullptr) return;
  draft.problems.collect([&] {
    const Item item = item_of(*entry, "");
    if (entry->value.get<Array>() == nullptr) {
      refuse(item, fmt::format("is {} (a list of tables is needed) write [[correlated]]",
                               kind_of(entry->value)));
    }
    for (const Item& element : list_of(item)) {
      draft.problems.collect([&] { read_entry(draft, element); });
    }
  });
}

}  // namespace chasm::input
