#include "sim/input/study_file.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "sim/input/canonical.hpp"
#include "sim/input/document.hpp"
#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/merge.hpp"
#include "sim/input/model_name.hpp"
#include "sim/input/money_section.hpp"
#include "sim/input/priced_model.hpp"
#include "sim/input/text_file.hpp"
#include "sim/input/toml.hpp"

namespace chasm {
namespace input {
namespace {

void check_schema(const std::vector<Source>& sources) {
  for (const Source& source : sources) {
    const Entry* schema = source.root.find("schema");
    if (schema == nullptr) {
      if (!source.main) continue;
      throw Problem(
          source.place, "schema",
          fmt::format("is missing (which format is this file?) add schema = \"{}\" as its first "
                      "line",
                      study_schema));
    }
    const Item item = item_of(*schema, "");
    if (text_of(item) != study_schema) {
      refuse(item,
             fmt::format("{} is unknown (this chasm reads \"{}\") write that, or use another chasm",
                         shown(*item.value), study_schema));
    }
  }
}

bool has_key(std::span<const Key> keys, std::string_view name) {
  for (const Key& key : keys) {
    if (key.name == name) return true;
  }
  return false;
}

// Where a key that stands at the top belongs.
std::string misplaced(const Model& model, std::string_view key) {
  if (key == "organization" || key == "decision") {
    return fmt::format("has no meaning here ({} has no {}) remove it", model.name, key);
  }
  if (has_key(study_keys(), key))
    return fmt::format("belongs into [study] (as study.{}) move it", key);
  if (has_key(design_keys(), key))
    return fmt::format("belongs into [design] (as design.{}) move it", key);
  if (has_key(outputs_keys(), key))
    return fmt::format("belongs into [outputs] (as outputs.{}) move it", key);
  for (const Parameter& parameter : model.parameters) {
    const std::string_view name = parameter.name;
    if (name == key || name.starts_with(std::string(key) + ".")) {
      return fmt::format("is not a section (parameters stand in [parameters]) write parameters.{}",
                         name);
    }
  }
  return "";
}

Study resolve(const std::vector<Source>& raw, const ReadOptions& options) {
  check_schema(raw);
  const auto known = options.models;
  const Model& model = model_of_document(raw, known);
  Problems problems;
  std::vector<Source> sources = raw;
  for (Source& source : sources) make_names_whole(source, model, problems);
  const Tree root = merge(sources);
  const Fields sections(root, "", root_keys(), problems,
                        [&](std::string_view key) { return misplaced(model, key); });
  const Money money = read_money(root, model, problems);
  const PricedModel priced(model, money.currency);
  Draft draft{.model = priced.model(), .options = options, .problems = problems, .root = root};
  read_study_section(draft);
  read_setting(draft);
  read_parameters(draft);
  read_tables(draft);
  read_interventions(draft);
  read_named_arms(draft);
  read_arms(draft);
  read_future_table(draft);
  read_uncertain(draft);
  read_correlated(draft);
  read_outputs(draft);
  read_futures(draft);
  problems.throw_if_any();
  draft.study.currency = money.currency;
  draft.study.price_year = money.price_year;
  draft.study.model = &model;
  draft.study.text = write_toml(canonical(draft));
  return std::move(draft.study);
}

}  // namespace
}  // namespace input

Study read_study(const std::string& path, const ReadOptions& options) {
  const input::Place place{std::make_shared<const std::string>(path), 0, 0};
  ReadOptions here = options;
  here.base_dir = std::filesystem::path(path).parent_path().string();
  if (here.base_dir.empty()) here.base_dir = ".";
  return parse_study(input::read_bytes(path, place, input::max_study_bytes), path, here);
}

Study parse_study(std::string_view text, const std::string& name, const ReadOptions& options) {
  if (text.size() > input::max_study_bytes) {
    throw input::Problem({std::make_shared<const std::string>(name), 0, 0}, "",
                         fmt::format("is too large (more than {} MB) give a smaller study",
                                     input::max_study_bytes >> 20));
  }
  return input::resolve(input::load_document(text, name, options.base_dir, options.sets), options);
}

}  // namespace chasm
