// What editors need to complete and check a study file, from the same tables as everything else.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/input/keys.hpp"
#include "sim/input/quantity.hpp"
#include "sim/input/study_file.hpp"
#include "sim/input/table_file.hpp"
#include "sim/model_of.hpp"
#include "sim/random.hpp"

namespace chasm {
namespace input {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* dialect = "https://json-schema.org/draft/2020-12/schema";

Json described(Json schema, const std::string& meaning) {
  schema["description"] = meaning;
  return schema;
}

Json object() {
  return {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
}

Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json any_of(std::vector<Json> schemas) { return {{"anyOf", std::move(schemas)}}; }

// Keys with a shape of their own; the others are the model's and come from `special`.
Json keys(std::span<const Key> known, const Json& special) {
  Json schema = object();
  for (const Key& key : known) {
    if (special.contains(key.name)) {
      schema["properties"][key.name] = described(special[key.name], key.meaning);
    } else if (*key.shape != 0) {
      schema["properties"][key.name] = described(Json::parse(key.shape), key.meaning);
    }
  }
  return schema;
}

// "learning.rate" may be one quoted key, or tables in tables.
void add_name(Json& schema, std::string_view name, const Json& value) {
  schema["properties"][std::string(name)] = value;
  const size_t dot = name.find('.');
  if (dot == std::string_view::npos) return;
  Json& inner = schema["properties"][std::string(name.substr(0, dot))];
  if (inner.is_null()) inner = object();
  if (inner.contains("properties")) add_name(inner, name.substr(dot + 1), value);
}

Json quantity(const Parameter& parameter) {
  Json number = {{"type", parameter.whole ? "integer" : "number"}};
  if (std::isfinite(parameter.low)) number["minimum"] = parameter.low;
  if (std::isfinite(parameter.high)) number["maximum"] = parameter.high;
  return any_of({number, {{"type", "string"}, {"pattern", "^ *[-+.]?[0-9]"}}});
}

std::string meaning(const Parameter& p) {
  return fmt::format("{} ({}, default {}; grade {}: {})", p.meaning, range_of(p), digits(p.value),
                     static_cast<char>(p.grade), p.source);
}

Json parameter_values(const Model& model) {
  Json schema = object();
  for (const Parameter& p : model.parameters)
    add_name(schema, p.name, described(quantity(p), meaning(p)));
  return schema;
}

Json setting(const Model& model) {
  Json schema = object();
  for (const Size& size : model.sizes) {
    const Json value = {{"type", "integer"},
                        {"minimum", size.low},
                        {"maximum", size.high},
                        {"default", size.value}};
    add_name(schema, size.name, described(value, size.meaning));
  }
  for (const Choice& choice : model.choices) {
    Json options = Json::array();
    for (int i = 0; i < choice.count; ++i) options.push_back(choice.options[i]);
    const Json value = {{"enum", options}, {"default", choice.options[choice.value]}};
    add_name(schema, choice.name, described(value, choice.meaning));
  }
  return schema;
}

Json tables(const Model& model) {
  Json schema = object();
  Json table = keys(table_keys(), Json::object());
  table["required"] = {"path"};
  for (const Table& t : model.tables) {
    add_name(
        schema, t.name,
        described(any_of({{{"type", "string"}, {"minLength", 1}}, table}),
                  fmt::format("{} (CSV with the columns {})", t.meaning, columns_in_words(t))));
  }
  return schema;
}

Json uncertain(const Model& model) {
  Json one = keys(distribution_keys(), Json::object());
  one["minProperties"] = 1;
  one["maxProperties"] = 2;
  const Json whole_range = {{"const", "registered range"}};
  Json schema = object();
  for (const Parameter& p : model.parameters) {
    add_name(schema, p.name, described(any_of({whole_range, one}), meaning(p)));
  }
  schema["patternProperties"]["^\\*\\[grade=[A-D]\\]$"] =
      described(whole_range, "every parameter of that grade that nothing else names");
  return schema;
}

Json strength(const Lever& lever) {
  return {{"type", "number"}, {"minimum", 0}, {"maximum", lever.most}};
}

// { strength or count, settings }, each with what `values` makes of one value's schema.
template <class Values>
Json lever_parts(const Model& model, const Lever& lever, Values&& values) {
  Json parts = object();
  parts["minProperties"] = 1;
  parts["properties"]["strength"] = values(strength(lever));
  if (lever.count > 0)
    parts["properties"]["count"] = described(
        values({{"type", "number"}, {"minimum", 0}, {"maximum", lever.most * lever.count}}),
        fmt::format("how many {}", lever.counted));
  for (const Parameter& p : model.parameters) {
    if (*lever.settings == 0) break;
    for (const std::string& name : split_columns(lever.settings))
      if (p.name == fmt::format("{}.{}", lever.name, name))
        parts["properties"][name] = described(values(quantity(p)), meaning(p));
  }
  return parts;
}

Json strengths(const Model& model) {
  const auto one = [](const Json& value) { return value; };
  Json schema = object();
  for (const Lever& lever : model.levers)
    add_name(schema, lever.name,
             described(any_of({strength(lever), lever_parts(model, lever, one)}), lever.meaning));
  return schema;
}

Json steps(const Model& model, const char* pattern, long low) {
  return any_of(
      {{{"type", "integer"}, {"minimum", low}, {"maximum", max_steps}},
       {{"type", "string"}, {"pattern", fmt::format(fmt::runtime(pattern), model.step)}}});
}

Json step(const Model& model) { return steps(model, "^{} [0-9]{{1,5}}$", 0); }
Json duration(const Model& model) { return steps(model, "^[0-9]{{1,5}} {}s?$", 1); }

Json interventions(const Model& model) {
  Json levers = strengths(model);
  levers["minProperties"] = 1;
  Json intervention = keys(intervention_keys(), {{"levers", levers},
                                                 {"set", parameter_values(model)},
                                                 {"start", step(model)},
                                                 {"until", step(model)},
                                                 {"ramp", duration(model)}});
  intervention["anyOf"] = {{{"required", {"levers"}}}, {{"required", {"set"}}}};
  return {{"type", "object"},
          {"propertyNames", {{"pattern", "^[^.@]+$"}}},
          {"additionalProperties", intervention}};
}

Json arms(const Model& model) {
  const Json arm =
      keys(arm_keys(), {{"set", parameter_values(model)}, {"levers", strengths(model)}});
  return {{"type", "object"},
          {"propertyNames", {{"pattern", "^[^\\x00-\\x1f ]([^\\x00-\\x1f]*[^\\x00-\\x1f ])?$"}}},
          {"additionalProperties", arm}};
}

// The keys of list, grid and sweep, with what `values` makes of one value's schema.
template <class Values>
Json arm_keys_of(const Model& model, bool with_base, Values&& values) {
  Json schema = object();
  schema["minProperties"] = 1;
  for (const Parameter& p : model.parameters) {
    add_name(schema, p.name, described(values(quantity(p)), meaning(p)));
  }
  for (const Lever& lever : model.levers) {
    const Json parts = lever_parts(model, lever, values);
    add_name(schema, fmt::format("levers.{}", lever.name),
             described(any_of({values(strength(lever)), parts}), lever.meaning));
    for (const auto& [part, value] : parts["properties"].items())
      add_name(schema, fmt::format("levers.{}.{}", lever.name, part), value);
  }
  if (!model.levers.empty()) {
    schema["patternProperties"]["^interventions\\."] = values({{"type", {"number", "string"}}});
    schema["properties"]["interventions"] = {{"type", "object"}};
  }
  if (with_base) {
    schema["properties"]["arm"] =
        described(values({{"type", "string"}}), "the named arms to start from");
  }
  return schema;
}

Json design(const Model& model) {
  Json range = keys(range_keys(), Json::object());
  range["required"] = {"from", "to", "count"};
  const auto many = [&](const Json& value) {
    Json list = list_of(value);
    list["minItems"] = 1;
    return any_of({list, range});
  };
  const auto one = [](const Json& value) { return value; };
  Json schema = keys(design_keys(), {{"list", list_of(arm_keys_of(model, true, one))},
                                     {"grid", arm_keys_of(model, true, many)},
                                     {"sweep", arm_keys_of(model, false, many)}});
  return schema;
}

Json metric_words(const std::vector<Metric>& metrics) {
  Json words = {"all"};
  for (const Metric& metric : metrics) {
    for (const char* word : {metric.group, metric.name}) {
      if (*word != 0 && std::find(words.begin(), words.end(), word) == words.end())
        words.push_back(word);
    }
  }
  const Json word = {{"enum", words}};
  Json list = list_of(word);
  list["minItems"] = 1;
  list["uniqueItems"] = true;
  return any_of({word, list});
}

Json total_words(const Model& model) {
  Json names = Json::array();
  for (const Total& total : default_totals(model)) names.push_back(total.name);
  Json list = list_of({{"enum", names}});
  list["uniqueItems"] = true;
  return any_of({{{"enum", {"all", "none"}}}, list});
}

Json outputs(const Model& model) {
  Json series =
      keys(series_keys(), {{"metrics", metric_words(model.series)}, {"every", duration(model)}});
  series["required"] = {"metrics"};
  Json special = {{"metrics", metric_words(model.metrics)}};
  if (!model.series.empty()) special["series"] = series;
  if (model.totals != nullptr) special["totals"] = total_words(model);
  return keys(outputs_keys(), special);
}

Json study(const Model& model) {
  const Json name = {{"enum", {model.name, fmt::format("{}-{}", model.name, model.version)}}};
  Json special = {{"model", name}, {"horizon", duration(model)}};
  // Editors hand dates over as texts or as objects of their own.
  if (model.days_per_step > 0) special["start"] = Json::object();
  return keys(study_keys(), special);
}

Json schema_of(const Model& model) {
  Json correlated = keys(correlated_keys(), Json::object());
  correlated["required"] = {"parameters", "rank"};
  Json uses = list_of({{"type", "string"}});
  uses["uniqueItems"] = true;
  const std::vector<Json> package = {uses, parameter_values(model)};
  Json special = {{"study", study(model)},
                  {"setting", setting(model)},
                  {"parameters", parameter_values(model)},
                  {"uncertain", uncertain(model)},
                  {"correlated", list_of(correlated)},
                  {"packages", {{"type", "object"}, {"additionalProperties", any_of(package)}}},
                  {"arms", arms(model)},
                  {"design", design(model)},
                  {"outputs", outputs(model)}};
  if (!model.tables.empty()) special["tables"] = tables(model);
  if (uses_currency(model)) special["money"] = keys(money_keys(), Json::object());
  if (!model.levers.empty()) special["interventions"] = interventions(model);
  Json schema = keys(root_keys(), special);
  // What an including file leaves out may stand in what it includes.
  const Json whole = {{"required", {"schema", "study"}},
                      {"properties", {{"study", {{"required", {"title", "model"}}}}}}};
  schema["anyOf"] = {{{"required", {"include"}}}, whole};
  schema["title"] = fmt::format("chasm study of {}: {}", model.name, model.title);
  return schema;
}

}  // namespace
}  // namespace input

std::string json_schema(const Model& model) {
  input::Json schema = {{"$schema", input::dialect}};
  schema.update(input::schema_of(model));
  return schema.dump(2) + "\n";
}

std::string json_schema(std::span<const Model* const> models) {
  input::Json schema = {{"$schema", input::dialect}, {"title", "chasm study"}};
  for (const Model* model : models) {
    const std::string name(model->name);
    schema["$defs"][name] = input::schema_of(*model);
    schema["anyOf"].push_back({{"$ref", "#/$defs/" + name}});
  }
  return schema.dump(2) + "\n";
}

}  // namespace chasm
