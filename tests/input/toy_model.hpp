#pragma once

// A model with one of everything that a study file can name; it cannot be run.

#include "sim/model.hpp"

namespace chasm::toy {

inline constexpr const char* kinds[] = {"ring", "random", "full"};

inline constexpr const char* causes[] = {"drift", "delay", "silos"};

inline Model make(std::string_view name, int version) {
  Model model;
  model.name = name;
  model.version = version;
  model.title = "A toy";
  model.step = "week";
  model.days_per_step = 7;
  model.default_steps = 104;
  model.parameters = {
      {"learning.rate", "1/week", 0.1, 0, 1, Grade::measured, "a paper", "how fast one learns"},
      {"learning.delay", "week", 4, 0, 52, Grade::survey, "a survey", "time until one learns"},
      {"teams", "", 5, 1, 100, Grade::judgement, "judgement", "teams at work", true},
      {"trust", "", 0.5, 0, 1, Grade::judgement, "judgement", "trust between teams"},
      {"price", "{currency}/person", 100, 0.5, 1e6, Grade::claim, "a vendor", "cost of a place"},
      {"forgetting.rate", "1/week", 0, 0, 1, Grade::claim, "a vendor", "how fast one forgets"},
      {"coaches.authority", "", 0.5, 0, 1, Grade::claim, "a vendor", "how much coaches may decide"},
      {"coaches.pay", "M{currency}/year", 0.1, 0, 9, Grade::claim, "a vendor", "what one costs"},
  };
  model.sizes = {{"people", 50, 1, 5000, "people in the organization"},
                 {"network.degree", 4, 2, 100, "ties a person has"}};
  model.choices = {{"network.kind", kinds, 3, 0, "who knows whom"}};
  model.tables = {{"network.edges", "from,to", "the ties"},
                  {"staff", "unit:text,heads,note:text?,budget?", "who works where"}};
  model.sizes_of_tables = [](const Setting& setting) {
    const auto staff = setting.tables.find("staff");
    if (staff == setting.tables.end()) return std::vector<long>{-1, -1};
    double heads = 0;
    for (const double some : staff->second.values[1]) heads += some;
    return std::vector<long>{static_cast<long>(heads), -1};
  };
  model.levers = {{"campaign", "tells people", 4, 13},
                  {"course.basic", "teaches people", 8, 26},
                  {"coaches", "helps people", 13, 26, 8, "coaches", 2.5, "authority,pay"}};
  model.metrics = {{"knowledge", "1", "what is known", 0, 1, Storage::f32, "scorecard"},
                   {"value", "{currency}", "what it is worth", 0, 1000, Storage::f64, "scorecard"},
                   {"peak", "week", "when most is learned", 0, 520, Storage::f32, "timing"}};
  model.series = {{"knowledge", "1", "what is known", 0, 1},
                  {"value", "{currency}", "its worth", 0, 1000}};
  model.totals = [](const Setting& setting, int steps) {
    return std::vector<Total>{
        {"lost", "{currency}", "value lost", {{"month", steps / 4 + 1}, {"cause", 3, causes}}},
        {"people", "person", "people by ties", {{"ties", static_cast<int>(setting.sizes.at(1))}}}};
  };
  return model;
}

inline const Model& model() {
  static const Model toy = make("toy", 3);
  return toy;
}

// Without levers, tables, series, totals, money, and a length of its steps.
inline const Model& plain_model() {
  static const Model plain = [] {
    Model model = make("plain", 1);
    model.step = "period";
    model.days_per_step = 0;
    model.levers.clear();
    model.tables.clear();
    model.series.clear();
    model.totals = nullptr;
    for (Parameter& parameter : model.parameters)
      if (std::string_view(parameter.unit).find("{currency}") != std::string_view::npos)
        parameter.unit = "";
    model.metrics[1].unit = "";
    return model;
  }();
  return plain;
}

inline std::span<const Model* const> models() {
  static const Model* const all[] = {&plain_model(), &model()};
  return all;
}

}  // namespace chasm::toy
