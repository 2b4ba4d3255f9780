// The Python module _chasm_worlds: studies run in this process. analysis/chasm/simulator.py gives its arrays names.

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cmath>
#include <limits>

#include "analysis/binding/describe.hpp"
#include "analysis/binding/request.hpp"
#include "analysis/binding/run.hpp"
#include "hpc/result_names.hpp"
#include "models/models.hpp"
#include "sim/error.hpp"
#include "sim/model_of.hpp"
#include "sim/random.hpp"

namespace nb = nanobind;

namespace chasm::binding {

namespace {

// An array that keeps what it is made of.
template <class T>
nb::object array(std::vector<T>&& values, std::vector<size_t> shape) {
  auto* kept = new std::vector<T>(std::move(values));
  const nb::capsule owner(kept, [](void* p) noexcept { delete static_cast<std::vector<T>*>(p); });
  return nb::ndarray<nb::numpy, T>(kept->data(), shape.size(), shape.data(), owner).cast();
}
template <class T>
nb::object array(std::vector<T>&& values) {
  const size_t size = values.size();
  return array(std::move(values), {size});
}

// As files hold it: one kind of "not a number".
template <class T>
std::vector<T> stored(const std::vector<double>& from) {
  std::vector<T> to(from.size());
  for (size_t i = 0; i < from.size(); ++i)
    to[i] = std::isnan(from[i]) ? std::numeric_limits<T>::quiet_NaN() : static_cast<T>(from[i]);
  return to;
}

std::string unit_of(const Study& study, const char* unit) {
  return *unit == '\0' ? "1" : unit_in(study.currency, unit);
}

nb::dict about(const Study& study, const Metric& metric, const char* kind) {
  nb::dict attributes;
  attributes["units"] = unit_of(study, metric.unit);
  attributes["long_name"] = metric.meaning;
  if (*metric.group != '\0') attributes["group"] = metric.group;
  attributes["scale_low"] = metric.low;
  attributes["scale_high"] = metric.high;
  attributes[kind] = metric.name;
  return attributes;
}

nb::dict attributes_of(const Study& study) {
  const Model& model = *study.model;
  nb::dict root;
  root["title"] = study.title;
  root["source"] = std::string(model.name) + " version " + std::to_string(model.version);
  root["model"] = std::string(model.name);
  root["model_title"] = std::string(model.title);
  root["model_version"] = model.version;
  root["seed"] = study.seed;
  root["random_address_version"] = random_address_version;
  root["design"] = study.design;
  root["steps"] = study.steps;
  root["step"] = std::string(model.step);
  root["days_per_step"] = model.days_per_step;
  if (uses_currency(model)) root["currency"] = study.currency;
  root["study"] = study.text;
  return root;
}

nb::list metrics_of(const Study& study, const ResultNames& names, BlockResult& result) {
  nb::list metrics;
  for (size_t k = 0; k < result.metrics.size(); ++k) {
    const Metric& metric = study.model->metrics[static_cast<size_t>(study.outputs.metrics[k])];
    nb::object values = metric.storage == Storage::f64 ? array(stored<double>(result.metrics[k]))
                                                       : array(stored<float>(result.metrics[k]));
    std::vector<double>().swap(result.metrics[k]);
    metrics.append(nb::make_tuple(names.metrics[k], about(study, metric, "metric"), values));
  }
  return metrics;
}

nb::list series_of(const Study& study, const ResultNames& names, BlockResult& result) {
  nb::list all;
  const size_t worlds = result.status.size();
  for (size_t k = 0; k < result.series.size(); ++k) {
    const Metric& series = study.model->series[static_cast<size_t>(study.outputs.series[k])];
    for (float& value : result.series[k])
      if (std::isnan(value)) value = std::numeric_limits<float>::quiet_NaN();
    const size_t rows = result.series[k].size() / worlds;
    all.append(nb::make_tuple(names.series[k], about(study, series, "series"),
                              array(std::move(result.series[k]), {worlds, rows})));
  }
  return all;
}

nb::list drawn_of(const Study& study, const ResultNames& names) {
  const auto parameters = study.futures->parameters();
  const size_t futures = study.futures->count();
  std::vector<std::vector<double>> columns(parameters.size(), std::vector<double>(futures));
  std::vector<double> row(parameters.size());
  for (size_t future = 0; future < futures; ++future) {
    study.futures->draw(future, row);
    for (size_t i = 0; i < row.size(); ++i) columns[i][future] = row[i];
  }
  nb::list drawn;
  for (size_t i = 0; i < columns.size(); ++i) {
    const auto place = static_cast<size_t>(parameters[i]);
    const Parameter& parameter = study.model->parameters[place];
    nb::dict attributes;
    attributes["units"] = unit_of(study, parameter.unit);
    attributes["long_name"] = parameter.meaning;
    attributes["parameter"] = parameter.name;
    drawn.append(nb::make_tuple(names.parameters[place], attributes, array(std::move(columns[i]))));
  }
  return drawn;
}

nb::object addresses_of(const Study& study) {
  std::vector<uint32_t> addresses(study.futures->count());
  bool own = true;
  for (size_t i = 0; i < addresses.size(); ++i) {
    addresses[i] = study.futures->address(i);
    own = own && addresses[i] == static_cast<uint32_t>(i);
  }
  return own ? nb::none() : array(std::move(addresses));
}

nb::tuple failures_of(const Model& model) {
  nb::list numbers, meanings;
  for (const FailureReason& reason : model.failures) {
    numbers.append(reason.number);
    meanings.append(reason.meaning);
  }
  numbers.append(not_finite.number);
  meanings.append(not_finite.meaning);
  return nb::make_tuple(numbers, meanings);
}

nb::dict labelled(const Study& study, BlockResult& result) {
  const ResultNames names = result_names(study);
  nb::dict out;
  nb::list arms;
  for (const Arm& arm : study.arms) arms.append(arm.name);
  out["arms"] = arms;
  out["futures"] = study.futures->count();
  out["replications"] = study.replications;
  std::vector<int32_t> steps;
  if (!result.series.empty())
    for (int step = 0; step <= study.steps; step += study.outputs.every) steps.push_back(step);
  out["steps_kept"] = array(std::move(steps));
  out["metrics"] = metrics_of(study, names, result);
  out["series"] = series_of(study, names, result);
  out["status"] = array(std::move(result.status));
  out["failure"] = array(std::move(result.failure));
  out["failures"] = failures_of(*study.model);
  out["drawn"] = drawn_of(study, names);
  out["addresses"] = addresses_of(study);
  out["attributes"] = attributes_of(study);
  return out;
}

// Python's signals (Ctrl-C) are looked at by its main thread alone; the exception is raised once the worlds are done.
bool no_signal() {
  const nb::gil_scoped_acquire python;
  return PyErr_CheckSignals() == 0;
}

nb::dict run(const Request& request) {
  Study study;
  BlockResult result;
  {
    const nb::gil_scoped_release others_go_on;
    study = study_of(request);
    const Ground ground = ground_of(request, study);
    try {
      result = run_worlds(study, ground, request.threads, no_signal);
    } catch (const Interrupted&) {
      const nb::gil_scoped_acquire python;
      throw nb::python_error();
    }
  }
  return labelled(study, result);
}

nb::list model_names() {
  nb::list names;
  for (const Model* model : models()) names.append(std::string(model->name));
  return names;
}

}  // namespace

}  // namespace chasm::binding

NB_MODULE(_chasm_worlds, module) {
  using namespace chasm::binding;
  nb::exception<chasm::InputError>(module, "InputError");
  nb::exception<chasm::SystemError>(module, "SystemError");
  nb::class_<Request>(module, "Request")
      .def(nb::init<>())
      .def_rw("path", &Request::path)
      .def_rw("text", &Request::text)
      .def_rw("name", &Request::name)
      .def_rw("sets", &Request::sets)
      .def_rw("keep_series", &Request::keep_series)
      .def_rw("drop_first_arm", &Request::drop_first_arm)
      .def_rw("columns", &Request::columns)
      .def_rw("values", &Request::values)
      .def_rw("addresses", &Request::addresses)
      .def_rw("threads", &Request::threads);
  module.def("run", &run);
  module.def("models", &model_names);
  module.def("describe", &describe);
  module.def("known", [](const std::string& name) { chasm::find_model(name); });
}
