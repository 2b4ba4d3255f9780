#include "sim/input/model_name.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "sim/input/item.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

std::optional<Item> find_name(const std::vector<Source>& sources) {
  for (auto source = sources.rbegin(); source != sources.rend(); ++source) {
    const Entry* study = source->root.find("study");
    const Tree* tree = study == nullptr ? nullptr : study->value.get<Tree>();
    const Entry* model = tree == nullptr ? nullptr : tree->find("model");
    if (model != nullptr) return item_of(*model, "study");
  }
  return std::nullopt;
}

Place place_of_study(const std::vector<Source>& sources) {
  Place place;
  for (const Source& source : sources) {
    if (!source.main) continue;
    const Entry* study = source.root.find("study");
    place = study == nullptr ? source.place : study->place;
  }
  return place;
}

}  // namespace

const Model& model_of_document(const std::vector<Source>& sources,
                               std::span<const Model* const> models) {
  std::vector<std::string> known;
  for (const Model* model : models) known.emplace_back(model->name);
  const std::optional<Item> item = find_name(sources);
  if (!item) {
    throw Problem(
        place_of_study(sources), "study.model",
        fmt::format("is missing (a study is of one model) add model = \"...\" to [study]; {}",
                    suggestion("", known)));
  }
  const std::string& written = text_of(*item);
  for (const Model* model : models) {
    if (model->name == written) return *model;
  }
  const size_t dash = written.rfind('-');
  const std::string name = written.substr(0, dash);
  const std::string version = dash == std::string::npos ? "" : written.substr(dash + 1);
  const bool has_version =
      !version.empty() &&
      std::all_of(version.begin(), version.end(), [](char c) { return c >= '0' && c <= '9'; });
  for (const Model* model : models) {
    if (!has_version || model->name != name) continue;
    if (std::to_string(model->version) == version) return *model;
    refuse(*item,
           fmt::format("\"{}\" is not in this build (which has {}-{}) use the chasm that the "
                       "study was made with, or write \"{}-{}\" and expect other numbers",
                       shown(written), model->name, model->version, model->name, model->version));
  }
  refuse(*item, fmt::format("unknown model \"{}\" ({})", shown(written),
                            suggestion(has_version ? name : written, known)));
}

}  // namespace chasm::input
