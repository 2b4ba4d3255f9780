#pragma once

// A model with one of everything that a study file can name; it cannot be run.

#include "sim/model.hpp"

namespace chasm::toy {

inline constexpr const char* kinds[] = {"ring", "random", "full"};

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
      {"price", "EUR/person", 100, 0.5, 1e6, Grade::claim, "a vendor", "cost of a place"},
      {"forgetting.rate", "1/week", 0, 0, 1, Grade::claim, "a vendor", "how fast one forgets"},
  };
  model.sizes = {{"people", 50, 1, 5000, "people in the organization"},
                 {"network.degree", 4, 2, 100, "ties a person has"}};
  model.choices = {{"network.kind", kinds, 3, 0, "who knows whom"}};
  model.tables = {{"network.edges", "from,to", "the ties"}};
  model.levers = {{"campaign", "tells people", 4, 13}, {"course.basic", "teaches people", 8, 26}};
  model.metrics = {{"knowledge", "1", "what is known", 0, 1, Storage::f32, "scorecard"},
                   {"value", "EUR", "what it is worth", 0, 1000, Storage::f64, "scorecard"},
                   {"peak", "week", "when most is learned", 0, 520, Storage::f32, "timing"}};
  model.series = {{"knowledge", "1", "what is known", 0, 1},
                  {"value", "EUR", "its worth", 0, 1000}};
  return model;
}

inline const Model& model() {
  static const Model toy = make("toy", 3);
  return toy;
}

// Without levers, tables, series, and a length of its steps.
inline const Model& plain_model() {
  static const Model plain = [] {
    Model model = make("plain", 1);
    model.step = "period";
    model.days_per_step = 0;
    model.levers.clear();
    model.tables.clear();
    model.series.clear();
    return model;
  }();
  return plain;
}

inline std::span<const Model* const> models() {
  static const Model* const all[] = {&plain_model(), &model()};
  return all;
}

}  // namespace chasm::toy
