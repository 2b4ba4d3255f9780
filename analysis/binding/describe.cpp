#include "analysis/binding/describe.hpp"

#include "models/models.hpp"

namespace nb = nanobind;

namespace chasm::binding {

namespace {

template <class... Name>
nb::list names(Name... name) {
  nb::list list;
  (list.append(name), ...);
  return list;
}

nb::tuple parameters(const Model& model) {
  nb::list rows;
  for (const Parameter& p : model.parameters)
    rows.append(nb::make_tuple(
        p.name, p.unit, p.value, p.low, p.high, p.has_plausible() ? p.plausible_low : p.low,
        p.has_plausible() ? p.plausible_high : p.high, p.whole,
        std::string(1, static_cast<char>(p.grade)).c_str(), p.meaning, p.source));
  return nb::make_tuple(names("name", "unit", "default", "low", "high", "plausible_low",
                              "plausible_high", "whole", "grade", "meaning", "source"),
                        rows);
}

nb::tuple metrics(const std::vector<Metric>& metrics) {
  nb::list rows;
  for (const Metric& m : metrics)
    rows.append(nb::make_tuple(m.name, m.unit, m.meaning, m.group, m.low, m.high));
  return nb::make_tuple(names("name", "unit", "meaning", "group", "low", "high"), rows);
}

nb::tuple levers(const Model& model) {
  nb::list rows;
  for (const Lever& l : model.levers)
    rows.append(nb::make_tuple(l.name, l.meaning, l.most, l.count, l.counted));
  return nb::make_tuple(names("name", "meaning", "largest", "count", "counted"), rows);
}

nb::tuple sizes(const Model& model) {
  nb::list rows;
  for (const Size& s : model.sizes)
    rows.append(nb::make_tuple(s.name, s.value, s.low, s.high, s.meaning));
  return nb::make_tuple(names("name", "default", "low", "high", "meaning"), rows);
}

}  // namespace

nb::dict describe(const std::string& name) {
  const Model& model = find_model(name);
  nb::dict tables;
  tables["parameters"] = parameters(model);
  tables["metrics"] = metrics(model.metrics);
  tables["series"] = metrics(model.series);
  tables["levers"] = levers(model);
  tables["sizes"] = sizes(model);
  return tables;
}

}  // namespace chasm::binding
