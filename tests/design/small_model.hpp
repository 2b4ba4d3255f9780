#pragma once

// A model of parameters alone, and shorthands for drawing its futures.

#include <deque>
#include <string>
#include <vector>

#include "sim/design/design.hpp"

namespace chasm::testing {

inline Parameter parameter(const char* name, double low, double high, bool whole = false,
                           const char* unit = "") {
  return {name, unit, low, low, high, Grade::judgement, "test", "test", whole};
}

inline Model model_of(std::vector<Parameter> parameters) {
  Model model;
  model.name = "small";
  model.parameters = std::move(parameters);
  return model;
}

// Parameters "p0", "p1", ... on 0..1.
inline Model unit_model(int count) {
  static std::deque<std::string> names;
  std::vector<Parameter> parameters;
  for (int i = 0; i < count; ++i) {
    if (static_cast<int>(names.size()) <= i)
      names.push_back(std::string("p").append(std::to_string(i)));
    parameters.push_back(parameter(names[static_cast<size_t>(i)].c_str(), 0, 1));
  }
  return model_of(std::move(parameters));
}

inline DesignSpec spec_of(DesignMethod method, uint64_t count, uint64_t seed = 1) {
  DesignSpec spec;
  spec.method = method;
  spec.futures = spec.base = spec.trajectories = count;
  spec.seed = seed;
  return spec;
}

// Every parameter of the model uniform on its range.
inline DesignSpec uniform_spec(DesignMethod method, uint64_t count, const Model& model,
                               uint64_t seed = 1) {
  DesignSpec spec = spec_of(method, count, seed);
  for (size_t i = 0; i < model.parameters.size(); ++i)
    spec.uncertain.push_back({static_cast<int>(i), Distribution::registered_range()});
  return spec;
}

inline std::vector<double> row(const Futures& futures, uint64_t future) {
  std::vector<double> values(futures.parameters().size());
  futures.draw(future, values);
  return values;
}

inline std::vector<std::vector<double>> rows(const Futures& futures) {
  std::vector<std::vector<double>> all;
  for (uint64_t future = 0; future < futures.count(); ++future) all.push_back(row(futures, future));
  return all;
}

}  // namespace chasm::testing
