#pragma once

// A study as resolved from its file: arms x futures x replications of one model.

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/model.hpp"

namespace chasm {

// A lever that starts only in worlds where a series, as observed at the end of a step, compares so with a value.
struct When {
  int series = -1;  // number of the model's series; -1: no condition
  Comparison comparison = Comparison::below;
  double value = 0;
  int step = 0;
  friend bool operator==(const When&, const When&) = default;
};

struct LeverSetting {
  double strength = 0;  // 0 to the lever's largest
  double start =
      0;  // step at which it begins; where there is a condition, the step of the condition
  double until =
      std::numeric_limits<double>::infinity();  // step at which it stops and begins to decay
  double ramp = 0;                              // steps; 0: the lever's own
  When when = {};
  friend bool operator==(const LeverSetting&, const LeverSetting&) = default;
};

// What one decides: some parameters set, some levers used.
struct Arm {
  std::string name;
  std::vector<std::pair<int, double>> parameters;  // (index into Model::parameters, value)
  std::vector<LeverSetting> levers;                // by Model::levers
};

// What one does not know: rows of uncertain parameters. A design computes any row on demand, in any order.
class Futures {
 public:
  virtual ~Futures() = default;
  virtual uint64_t count() const = 0;
  // The future number that enters random addresses: rows that share one also share all luck.
  virtual uint32_t address(uint64_t future) const { return static_cast<uint32_t>(future); }
  // Indices into Model::parameters, ascending.
  std::span<const int> parameters() const { return parameters_; }
  // One value for each of parameters().
  virtual void draw(uint64_t future, std::span<double> values) const = 0;

 protected:
  std::vector<int> parameters_;
};

// Futures that differ in luck alone.
class PlainFutures : public Futures {
 public:
  explicit PlainFutures(uint64_t count) : count_(count) {}
  uint64_t count() const override { return count_; }
  void draw(uint64_t, std::span<double>) const override {}

 private:
  uint64_t count_;
};

enum class Keep { none, bands, full };

struct Outputs {
  std::vector<int> metrics = {};  // indices into Model::metrics, ascending
  std::vector<int> series = {};   // indices into Model::series, ascending
  int every = 1;                  // steps between series rows
  Keep keep = Keep::none;         // histograms on the metric's scale, or every world's values
  std::vector<int> totals = {};   // numbers of the model's totals, ascending
  bool worlds = true;             // every world's metrics, or sketches over them alone
};

struct Study {
  std::string title;
  std::string question;
  const Model* model = nullptr;
  uint64_t seed = 0;
  int steps = 0;
  std::string start;             // ISO date of step 0, "" where none is given
  std::string currency = "USD";  // what "{currency}" in units stands for
  int price_year = 0;            // of all money, 0 where none is given
  Setting setting;
  std::vector<double> base;  // by Model::parameters, before arms and futures
  std::vector<Arm> arms;     // arms[0] is the baseline that others are paired with
  std::shared_ptr<const Futures> futures;
  std::string design;  // "independent", "sobol", "latin-hypercube", "saltelli", "morris", "table"
  uint32_t replications = 1;
  Outputs outputs;
  double failed_share = 0.01;  // more failed worlds than this make the run exit with an error
  std::string text;            // the study as resolved, verbatim TOML, for provenance

  uint64_t pairs() const { return futures->count() * replications; }
  uint64_t worlds() const { return pairs() * arms.size(); }
};

// A unit as the study writes it: with its currency.
inline std::string unit_in(std::string_view currency, std::string_view unit) {
  constexpr std::string_view place = "{currency}";
  std::string text(unit);
  for (size_t at = 0; (at = text.find(place, at)) != std::string::npos; at += currency.size())
    text.replace(at, place.size(), currency);
  return text;
}

// Every total that the model can keep in this study, kept or not; throws InputError where the setting contradicts itself.
inline std::vector<Total> all_totals(const Study& study) {
  if (study.model->totals == nullptr) return {};
  Setting setting = study.setting;
  setting.parameters = study.base;
  return study.model->totals(setting, study.steps);
}

// Those that it keeps, in the order of Outputs::totals.
inline std::vector<Total> kept_totals(const Study& study) {
  std::vector<Total> kept;
  if (study.outputs.totals.empty()) return kept;
  const std::vector<Total> all = all_totals(study);
  for (const int total : study.outputs.totals) kept.push_back(all.at(static_cast<size_t>(total)));
  return kept;
}

// What all worlds of the study share; throws InputError where the setting contradicts itself.
inline Ground prepare(const Study& study) {
  Setting setting = study.setting;
  setting.parameters = study.base;
  return study.model->prepare(setting, study.seed);
}

}  // namespace chasm
