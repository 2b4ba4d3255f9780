#include "hpc/result_tables.hpp"

#include <algorithm>

namespace chasm {

namespace {

using Texts = std::vector<std::string>;

// Some readers stumble over texts of no length.
std::string some_text(std::string_view text) { return text.empty() ? "-" : std::string(text); }

template <class Row, class Text>
Texts texts(const std::vector<Row>& rows, Text text) {
  Texts out;
  for (const Row& row : rows) out.push_back(some_text(text(row)));
  return out;
}

template <class T, class Row, class Number>
std::vector<T> numbers(const std::vector<Row>& rows, Number number) {
  std::vector<T> out;
  for (const Row& row : rows) out.push_back(static_cast<T>(number(row)));
  return out;
}

void write_decisions(NcGroup& group, const Model& model) {
  const auto& rows = model.decisions;
  if (rows.empty()) return;
  const NcDimension decision =
      group.coordinate("decision", texts(rows, [](const DecisionName& d) { return d.name; }),
                       "random decisions of the model");
  group.variable("decision_number", decision,
                 numbers<int32_t>(rows, [](const DecisionName& d) { return d.number; }));
  group.variable("decision_entity", decision,
                 texts(rows, [](const DecisionName& d) { return d.entity; }));
}

void write_setting(NcGroup& group, const Study& study) {
  const Model& model = *study.model;
  const Setting& setting = study.setting;
  if (!model.sizes.empty()) {
    const NcDimension size =
        group.coordinate("size", texts(model.sizes, [](const Size& s) { return s.name; }),
                         "counts that are fixed for the study");
    group.variable("size_value", size,
                   numbers<int64_t>(setting.sizes, [](long value) { return value; }));
  }
  if (!model.choices.empty()) {
    const NcDimension choice =
        group.coordinate("choice", texts(model.choices, [](const Choice& c) { return c.name; }),
                         "named choices that are fixed for the study");
    Texts values;
    for (size_t i = 0; i < model.choices.size(); ++i)
      values.push_back(some_text(model.choices[i].options[setting.choices.at(i)]));
    group.variable("choice_value", choice, values);
  }
  if (!setting.tables.empty()) {
    Texts names, paths, digests;
    for (const auto& [name, table] : setting.tables) {
      names.push_back(name);
      paths.push_back(some_text(table.path));
      digests.push_back(some_text(table.digest));
    }
    const NcDimension table = group.coordinate("table", names, "tables that the study read");
    group.variable("table_path", table, paths);
    group.variable("table_sha256", table, digests);
  }
}

}  // namespace

std::string unit_text(const Study& study, const char* unit) {
  return *unit == '\0' ? "1" : unit_in(study.currency, unit);
}

std::vector<Varies> what_varies(const Study& study) {
  std::vector<Varies> varies(study.model->parameters.size(), Varies::no);
  for (const int parameter : study.futures->parameters())
    varies[static_cast<size_t>(parameter)] = Varies::future;
  for (const Arm& arm : study.arms) {
    for (const auto& [parameter, value] : arm.parameters) {
      Varies& now = varies[static_cast<size_t>(parameter)];
      if (now == Varies::no) now = Varies::arm;
      if (now == Varies::future) now = Varies::arm_and_future;
    }
  }
  return varies;
}

void write_parameter_table(NcGroup& root, const Study& study, const ResultNames& names) {
  const auto& rows = study.model->parameters;
  if (rows.empty()) return;
  Texts varies, variables;
  const std::vector<Varies> what = what_varies(study);
  for (size_t i = 0; i < rows.size(); ++i) {
    static constexpr const char* words[] = {"no", "future", "arm", "arm and future"};
    varies.emplace_back(words[static_cast<size_t>(what[i])]);
    // Where no world is kept, what differs by future has no variable.
    const bool left_out = !study.outputs.worlds && what[i] == Varies::future;
    variables.push_back(what[i] == Varies::no || left_out ? "-" : names.parameters[i]);
  }
  NcGroup group = root.group("parameters");
  group.attribute("long_name", "parameters of the model and their values before arms and futures");
  const NcDimension parameter =
      group.coordinate("parameter", texts(rows, [](const Parameter& p) { return p.name; }),
                       "names as studies write them");
  group.variable("value", parameter, study.base);
  group.variable("unit", parameter,
                 texts(rows, [&](const Parameter& p) { return unit_text(study, p.unit); }));
  group.variable("low", parameter, numbers<double>(rows, [](const Parameter& p) { return p.low; }));
  group.variable("high", parameter,
                 numbers<double>(rows, [](const Parameter& p) { return p.high; }));
  group.variable("grade", parameter, texts(rows, [](const Parameter& p) {
                   return std::string(1, static_cast<char>(p.grade));
                 }));
  group.variable("source", parameter, texts(rows, [](const Parameter& p) { return p.source; }));
  group.variable("meaning", parameter, texts(rows, [](const Parameter& p) { return p.meaning; }));
  group.variable("varies", parameter, varies);
  group.variable("variable", parameter, variables);
}

void write_provenance(NcGroup& root, const Study& study) {
  NcGroup group = root.group("provenance");
  NcVariable text = group.variable("study", some_text(study.text));
  text.attribute("long_name", "the study as resolved, TOML");
  write_setting(group, study);
  write_decisions(group, *study.model);
}

}  // namespace chasm
