#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/describe.hpp"
#include "app/text.hpp"
#include "models/models.hpp"
#include "sim/input/table_file.hpp"
#include "sim/model_of.hpp"

namespace chasm {

namespace {

// One table of the description, whatever it is printed as.
struct Section {
  std::string title;
  std::vector<std::string> heading;
  std::vector<std::vector<std::string>> rows;
};

std::string number(double value) { return fmt::format("{}", value); }
std::string range(double low, double high) { return fmt::format("{} to {}", low, high); }

Section parameters(const Model& model) {
  Section out{"Parameters",
              {"name", "default", "range", "plausible", "unit", "grade", "meaning", "source"},
              {}};
  for (const Parameter& p : model.parameters)
    out.rows.push_back({p.name, number(p.value), range(p.low, p.high) + (p.whole ? ", whole" : ""),
                        p.has_plausible() ? range(p.plausible_low, p.plausible_high) : "", p.unit,
                        std::string(1, static_cast<char>(p.grade)), p.meaning, p.source});
  return out;
}

Section sizes(const Model& model) {
  Section out{"Sizes", {"name", "default", "range", "meaning"}, {}};
  for (const Size& s : model.sizes)
    out.rows.push_back(
        {s.name, std::to_string(s.value), fmt::format("{} to {}", s.low, s.high), s.meaning});
  return out;
}

Section choices(const Model& model) {
  Section out{"Choices", {"name", "default", "options", "meaning"}, {}};
  for (const Choice& c : model.choices)
    out.rows.push_back({c.name, c.options[c.value],
                        fmt::format("{}", fmt::join(c.options, c.options + c.count, ", ")),
                        c.meaning});
  return out;
}

Section tables(const Model& model) {
  Section out{"Tables", {"name", "columns", "meaning"}, {}};
  for (const Table& t : model.tables) out.rows.push_back({t.name, columns_in_words(t), t.meaning});
  return out;
}

// "to 2; 1 is 8 translators; authority, reach"
std::string use_of(const Lever& lever) {
  std::string text = fmt::format("to {}", lever.most);
  if (lever.count > 0) text += fmt::format("; 1 is {} {}", lever.count, lever.counted);
  std::string_view settings = lever.settings;
  if (!settings.empty())
    text += fmt::format("; settings {}", fmt::join(split_columns(settings), ", "));
  return text;
}

Section levers(const Model& model) {
  const auto steps = [&](double length) { return fmt::format("{} {}s", length, model.step); };
  Section out{"Levers", {"name", "strength", "ramp", "half-life", "meaning"}, {}};
  for (const Lever& l : model.levers)
    out.rows.push_back({l.name, use_of(l), steps(l.ramp), steps(l.half_life), l.meaning});
  return out;
}

Section metrics(const char* title, const std::vector<Metric>& entries) {
  Section out{title, {"name", "unit", "scale", "group", "meaning"}, {}};
  for (const Metric& m : entries)
    out.rows.push_back({m.name, m.unit, range(m.low, m.high), m.group,
                        std::string(m.meaning) + (m.may_be_absent ? " (may be absent)" : "")});
  return out;
}

Section totals(const Model& model) {
  Section out{"Totals (sums over the worlds of an arm)", {"name", "unit", "axes", "meaning"}, {}};
  for (const Total& total : default_totals(model)) {
    std::string axes;
    for (int i = 0; i < total.axis_count(); ++i)
      axes += fmt::format("{}{} {}", i == 0 ? "" : " x ", total.axes[i].name, total.axes[i].size);
    out.rows.push_back({total.name, total.unit, axes, total.meaning});
  }
  return out;
}

Section decisions(const Model& model) {
  Section out{"Random decisions", {"number", "name", "about each"}, {}};
  for (const DecisionName& d : model.decisions)
    out.rows.push_back({std::to_string(d.number), d.name, d.entity});
  return out;
}

// "merit, promise_seen [USD/100/week]"
std::string values_of(const Event& event) {
  std::string out;
  for (int i = 0; i < event.value_count(); ++i) {
    const EventValue& value = event.values[i];
    out += fmt::format("{}{}{}", i == 0 ? "" : ", ", value.name,
                       *value.unit == '\0' ? "" : fmt::format(" [{}]", value.unit));
  }
  return out;
}

Section events(const Model& model) {
  Section out{"Events (of traced worlds)", {"number", "name", "about", "values", "meaning"}, {}};
  for (const Event& e : model.events)
    out.rows.push_back({std::to_string(e.number), e.name, e.entity, values_of(e), e.meaning});
  return out;
}

Section failures(const Model& model) {
  Section out{"Reasons of failure", {"number", "meaning"}, {}};
  for (const FailureReason& f : model.failures)
    out.rows.push_back({std::to_string(f.number), f.meaning});
  out.rows.push_back({std::to_string(not_finite.number), not_finite.meaning});
  return out;
}

std::vector<Section> sections(const Model& model, const Parts& parts) {
  std::vector<Section> all;
  if (parts.parameters)
    for (auto make : {parameters, sizes, choices, tables}) all.push_back(make(model));
  if (parts.levers) all.push_back(levers(model));
  if (parts.metrics) {
    all.push_back(metrics("Metrics (one value a world)", model.metrics));
    all.push_back(
        metrics(fmt::format("Series (one value a {})", model.step).c_str(), model.series));
    all.push_back(totals(model));
  }
  if (parts.decisions)
    for (auto make : {decisions, events, failures}) all.push_back(make(model));
  std::erase_if(all, [](const Section& s) { return s.rows.empty(); });
  return all;
}

std::string escaped(std::string cell) {
  for (size_t at = 0; (at = cell.find('|', at)) != std::string::npos; at += 2)
    cell.insert(at, "\\");
  return cell;
}

const char* grades =
    "A measured or peer-reviewed, B large survey, C claim of a vendor or consultant, D judgement";

using Json = nlohmann::ordered_json;

Json as_json(const Metric& m) {
  return {{"name", m.name},
          {"unit", m.unit},
          {"low", m.low},
          {"high", m.high},
          {"stored", m.storage == Storage::f32 ? "f32" : "f64"},
          {"group", m.group},
          {"may_be_absent", m.may_be_absent},
          {"meaning", m.meaning}};
}

Json as_json(const Lever& l) {
  Json out{{"name", l.name}, {"ramp", l.ramp}, {"half_life", l.half_life}, {"most", l.most}};
  if (l.count > 0) {
    out["count"] = l.count;
    out["counted"] = l.counted;
  }
  if (*l.settings != 0) out["settings"] = split_columns(l.settings);
  out["meaning"] = l.meaning;
  return out;
}

Json as_json(const Total& total) {
  Json axes = Json::array();
  for (int i = 0; i < total.axis_count(); ++i) {
    const TotalAxis& axis = total.axes[i];
    axes.push_back({{"name", axis.name}, {"size", axis.size}});
    if (axis.labels != nullptr)
      axes.back()["labels"] = std::vector<std::string>(axis.labels, axis.labels + axis.size);
  }
  return {{"name", total.name}, {"unit", total.unit}, {"axes", axes}, {"meaning", total.meaning}};
}

Json as_json(const Event& event) {
  Json values = Json::array();
  for (int i = 0; i < event.value_count(); ++i) {
    const EventValue& value = event.values[i];
    values.push_back({{"name", value.name}, {"unit", value.unit}});
    if (value.labels != nullptr)
      values.back()["labels"] =
          std::vector<std::string>(value.labels, value.labels + value.label_count);
  }
  return {{"number", event.number},
          {"name", event.name},
          {"entity", event.entity},
          {"values", values},
          {"meaning", event.meaning}};
}

Json head_of(const Model& model) {
  return {{"name", model.name},
          {"version", model.version},
          {"title", model.title},
          {"source", model.source},
          {"step", model.step},
          {"days_per_step", model.days_per_step},
          {"default_steps", model.default_steps}};
}

void add_parameters(Json& out, const Model& model) {
  for (const Parameter& p : model.parameters)
    out["parameters"].push_back({{"name", p.name},
                                 {"unit", p.unit},
                                 {"default", p.value},
                                 {"low", p.low},
                                 {"high", p.high},
                                 {"whole", p.whole},
                                 {"grade", std::string(1, static_cast<char>(p.grade))},
                                 {"meaning", p.meaning},
                                 {"source", p.source}});
  for (const Size& s : model.sizes)
    out["sizes"].push_back({{"name", s.name},
                            {"default", s.value},
                            {"low", s.low},
                            {"high", s.high},
                            {"meaning", s.meaning}});
  for (const Choice& c : model.choices)
    out["choices"].push_back({{"name", c.name},
                              {"default", c.options[c.value]},
                              {"options", std::vector<std::string>(c.options, c.options + c.count)},
                              {"meaning", c.meaning}});
  for (const Table& t : model.tables)
    out["tables"].push_back({{"name", t.name}, {"columns", t.columns}, {"meaning", t.meaning}});
}

}  // namespace

std::string as_text(const Model& model, const Parts& parts) {
  std::string out =
      fmt::format("{} version {}: {}\n{}\n", model.name, model.version, model.title, model.source);
  for (const Section& section : sections(model, parts)) {
    TextTable table(section.heading);
    for (const auto& row : section.rows) table.add(row);
    out += fmt::format("\n{}\n{}", section.title, table.text());
  }
  if (parts.parameters) out += fmt::format("\nGrades: {}.\n", grades);
  return out;
}

std::string as_markdown(const Model& model, const Parts& parts) {
  std::string out = fmt::format("# {}\n\n{} (version {}).\n\nSource: {}.\n", model.name,
                                model.title, model.version, model.source);
  for (const Section& section : sections(model, parts)) {
    out += fmt::format("\n## {}\n\n| {} |\n|{}\n", section.title, fmt::join(section.heading, " | "),
                       fmt::join(std::vector<std::string>(section.heading.size(), " --- |"), ""));
    for (auto row : section.rows) {
      for (std::string& cell : row) cell = escaped(cell);
      out += fmt::format("| {} |\n", fmt::join(row, " | "));
    }
  }
  if (parts.parameters) out += fmt::format("\nGrades: {}.\n", grades);
  return out;
}

std::string as_json(const Model& model, const Parts& parts) {
  Json out = head_of(model);
  const Json none = Json::array();
  if (parts.parameters) {
    for (const char* name : {"parameters", "sizes", "choices", "tables"}) out[name] = none;
    add_parameters(out, model);
  }
  if (parts.levers) {
    out["levers"] = none;
    for (const Lever& l : model.levers) out["levers"].push_back(as_json(l));
  }
  if (parts.metrics) {
    out["metrics"] = out["series"] = out["totals"] = none;
    for (const Metric& m : model.metrics) out["metrics"].push_back(as_json(m));
    for (const Metric& m : model.series) out["series"].push_back(as_json(m));
    for (const Total& total : default_totals(model)) out["totals"].push_back(as_json(total));
  }
  if (parts.decisions) {
    out["decisions"] = out["events"] = out["failures"] = none;
    for (const DecisionName& d : model.decisions)
      out["decisions"].push_back({{"number", d.number}, {"name", d.name}, {"entity", d.entity}});
    for (const Event& e : model.events) out["events"].push_back(as_json(e));
    for (const FailureReason& f : model.failures)
      out["failures"].push_back({{"number", f.number}, {"meaning", f.meaning}});
    out["failures"].push_back({{"number", not_finite.number}, {"meaning", not_finite.meaning}});
  }
  return out.dump(2);
}

std::string models_as_text() {
  TextTable table({"model", "version", "what it is", "source"});
  for (const Model* model : models())
    table.add({std::string(model->name), std::to_string(model->version), std::string(model->title),
               std::string(model->source)});
  return table.text("");
}

std::string models_as_json() {
  Json out = Json::array();
  for (const Model* model : models()) out.push_back(head_of(*model));
  return out.dump(2);
}

}  // namespace chasm
