// A model refuses sizes, choices and tables that contradict one another only once it is prepared, when the file is no longer
// at hand: it is read again to say where the entry stands.

#include <algorithm>
#include <filesystem>

#include "sim/input/document.hpp"
#include "sim/input/merge.hpp"
#include "sim/input/model_name.hpp"
#include "sim/input/study_file.hpp"
#include "sim/input/text_file.hpp"

namespace chasm {

namespace {

bool declares(const Model& model, std::string_view name) {
  const auto named = [&](const auto& entry) { return name == entry.name; };
  return std::ranges::any_of(model.sizes, named) || std::ranges::any_of(model.choices, named) ||
         std::ranges::any_of(model.tables, named) || std::ranges::any_of(model.parameters, named);
}

}  // namespace

void refuse_located(const InputError& error, const std::string& path, const ReadOptions& options) {
  using namespace input;
  const std::string_view message = error.what();
  const size_t colon = message.find(": ");
  if (colon == std::string_view::npos) throw error;
  const std::string_view name = message.substr(0, colon), text = message.substr(colon + 2);
  const Place whole{std::make_shared<const std::string>(path), 0, 0};
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  std::vector<Source> sources;
  try {
    sources = load_document(read_bytes(path, whole, max_study_bytes), path, folder, options.sets);
    const Model& model = model_of_document(sources, options.models);
    if (!declares(model, name)) throw error;
    Problems problems;
    for (Source& source : sources) make_names_whole(source, model, problems);
  } catch (const InputError&) {
    throw error;  // a pipe, or changed meanwhile
  }
  const Tree root = merge(sources);
  for (const char* section : {"setting", "tables", "parameters"}) {
    const Entry* table = root.find(section);
    const Tree* entries = table == nullptr ? nullptr : table->value.get<Tree>();
    const Entry* entry = entries == nullptr ? nullptr : entries->find(name);
    if (entry != nullptr)
      throw Problem(entry->value.place, section + ("." + std::string(name)), text);
  }
  throw Problem(whole, name, text);
}

}  // namespace chasm
