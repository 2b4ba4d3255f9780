#include "sim/design/design.hpp"

#include <algorithm>
#include <cmath>

#include "sim/design/copula.hpp"
#include "sim/design/marginal.hpp"
#include "sim/design/marginal_kinds.hpp"
#include "sim/design/points.hpp"
#include "sim/design/sobol_directions.hpp"
#include "sim/design/table_futures.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

class DrawnFutures : public Futures {
 public:
  DrawnFutures(std::vector<int> parameters, std::unique_ptr<const Points> points, Copula copula,
               std::vector<std::unique_ptr<const Marginal>> marginals)
      : points_(std::move(points)), copula_(std::move(copula)), marginals_(std::move(marginals)) {
    parameters_ = std::move(parameters);
  }
  uint64_t count() const override { return points_->rows(); }
  uint32_t address(uint64_t future) const override { return points_->address(future); }
  void draw(uint64_t future, std::span<double> values) const override {
    points_->fill(future, values);
    copula_.apply(values);
    for (size_t k = 0; k < marginals_.size(); ++k) values[k] = marginals_[k]->value(values[k]);
  }

 private:
  std::unique_ptr<const Points> points_;
  Copula copula_;
  std::vector<std::unique_ptr<const Marginal>> marginals_;
};

bool is_sensitivity(DesignMethod method) {
  return method == DesignMethod::saltelli || method == DesignMethod::morris;
}

const Parameter& parameter_at(const Model& model, int index) {
  if (index < 0 || static_cast<size_t>(index) >= model.parameters.size())
    throw InputError("parameter number " + std::to_string(index) + " (" + std::string(model.name) +
                     " has " + std::to_string(model.parameters.size()) + ") name one of them");
  return model.parameters[static_cast<size_t>(index)];
}

// By parameter, as Futures::parameters wants them.
std::vector<UncertainParameter> in_order(const DesignSpec& spec, const Model& model) {
  std::vector<UncertainParameter> uncertain = spec.uncertain;
  std::sort(uncertain.begin(), uncertain.end(),
            [](const auto& x, const auto& y) { return x.parameter < y.parameter; });
  for (size_t k = 0; k < uncertain.size(); ++k) {
    const Parameter& p = parameter_at(model, uncertain[k].parameter);
    if (k > 0 && uncertain[k].parameter == uncertain[k - 1].parameter)
      refuse(p, "has two distributions (a parameter has one) remove one");
  }
  return uncertain;
}

// `rows` = units x rows a unit must fit into 32 bits.
void check_count(uint64_t units, uint64_t rows_a_unit, const char* what, const char* unit) {
  const uint64_t most = max_futures / rows_a_unit;
  if (units >= 1 && units <= most) return;
  throw InputError(
      std::string(what) + " = " + std::to_string(units) + " " + unit +
      " cannot be run (allowed: 1.." + std::to_string(most) +
      (rows_a_unit > 1 ? ", each has " + std::to_string(rows_a_unit) + " futures" : "") +
      "; futures have 32 bits in random addresses) choose a number inside");
}

void check_sensitivity(const DesignSpec& spec, const std::vector<UncertainParameter>& uncertain,
                       const Model& model) {
  const std::string name(design_name(spec.method));
  for (const auto& c : spec.correlations)
    if (c.spearman != 0)
      throw InputError("correlated parameters \"" + std::string(parameter_at(model, c.a).name) +
                       "\" and \"" + parameter_at(model, c.b).name + "\" in a " + name +
                       " design (its indices are defined for independent parameters only) remove "
                       "the correlation or use independent or sobol futures");
  for (const auto& u : uncertain)
    if (u.distribution.kind == Distribution::Kind::point)
      refuse(parameter_at(model, u.parameter),
             "is a single value in a " + name +
                 " design (what does not vary has no index) remove "
                 "it from the uncertain parameters");
}

std::vector<RankCorrelation> correlations_of(const DesignSpec& spec,
                                             const std::vector<UncertainParameter>& uncertain,
                                             const Model& model) {
  std::vector<RankCorrelation> pairs;
  for (const auto& c : spec.correlations) {
    const auto place = [&](int parameter) {
      const auto found = std::find_if(uncertain.begin(), uncertain.end(),
                                      [&](const auto& u) { return u.parameter == parameter; });
      if (found == uncertain.end())
        throw InputError("correlated parameter \"" +
                         std::string(parameter_at(model, parameter).name) +
                         "\" has no distribution (a correlation needs two uncertain parameters) "
                         "give it one");
      return static_cast<size_t>(found - uncertain.begin());
    };
    const RankCorrelation pair{place(c.a), place(c.b), c.spearman};
    const std::string text = "correlation of \"" + std::string(parameter_at(model, c.a).name) +
                             "\" with \"" + parameter_at(model, c.b).name + "\"";
    if (pair.a == pair.b) throw InputError(text + " (a parameter and itself) name two parameters");
    if (!(c.spearman > -1 && c.spearman < 1))
      throw InputError(text + " is " + number_text(c.spearman) +
                       " (a rank correlation lies between -1 and 1, both left out) correct it");
    for (const auto& other : pairs)
      if ((other.a == pair.a && other.b == pair.b) || (other.a == pair.b && other.b == pair.a))
        throw InputError(text + " is given twice (a pair has one correlation) remove one");
    pairs.push_back(pair);
  }
  return pairs;
}

void check_dimensions(size_t needed, DesignMethod method) {
  const auto most = static_cast<size_t>(sobol_max_dimensions());
  if (needed > most)
    throw InputError("a " + std::string(design_name(method)) + " design of " +
                     std::to_string(needed) +
                     " Sobol' dimensions (direction numbers are known for " + std::to_string(most) +
                     ") use fewer uncertain parameters or a latin-hypercube");
}

// A parameter's place in the study, which the first Sobol' dimensions go to.
std::vector<int> places_of(const std::vector<int>& parameters, const DesignSpec& spec) {
  std::vector<int> places;
  for (const int parameter : parameters)
    for (size_t place = 0; place < spec.uncertain.size(); ++place)
      if (spec.uncertain[place].parameter == parameter) places.push_back(static_cast<int>(place));
  return places;
}

std::unique_ptr<const Points> make_points(const DesignSpec& spec, const Names& names,
                                          const std::vector<int>& parameters) {
  switch (spec.method) {
    case DesignMethod::sobol:
      check_dimensions(names.size(), spec.method);
      return sobol_points(spec.futures, names, places_of(parameters, spec), spec.seed);
    case DesignMethod::latin_hypercube:
      return latin_points(spec.futures, names, spec.seed);
    case DesignMethod::saltelli:
      check_dimensions(2 * names.size(), spec.method);
      return saltelli_points(spec.base, spec.second_order, names, spec.seed);
    case DesignMethod::morris:
      return morris_points(spec.trajectories, spec.levels, names, spec.seed);
    case DesignMethod::independent:
    case DesignMethod::table:
      break;
  }
  return independent_points(spec.futures, names, spec.seed);
}

std::shared_ptr<const Futures> drawn_futures(const DesignSpec& spec, const Model& model) {
  const std::vector<UncertainParameter> uncertain = in_order(spec, model);
  if (is_sensitivity(spec.method)) check_sensitivity(spec, uncertain, model);
  Names names;
  std::vector<int> parameters;
  std::vector<std::unique_ptr<const Marginal>> marginals;
  for (const auto& u : uncertain) {
    const Parameter& p = parameter_at(model, u.parameter);
    names.emplace_back(p.name);
    parameters.push_back(u.parameter);
    marginals.push_back(make_marginal(u.distribution, p));
    if (spec.method == DesignMethod::morris &&
        !(std::isfinite(marginals.back()->low()) && std::isfinite(marginals.back()->high())))
      refuse(p,
             "has no ends (a morris design visits the ends of every distribution) choose one "
             "that is bounded");
  }
  Copula copula(names, correlations_of(spec, uncertain, model));
  auto points = make_points(spec, names, parameters);
  return std::make_shared<DrawnFutures>(std::move(parameters), std::move(points), std::move(copula),
                                        std::move(marginals));
}

}  // namespace

std::string_view design_name(DesignMethod method) {
  switch (method) {
    case DesignMethod::independent:
      return "independent";
    case DesignMethod::sobol:
      return "sobol";
    case DesignMethod::latin_hypercube:
      return "latin-hypercube";
    case DesignMethod::saltelli:
      return "saltelli";
    case DesignMethod::morris:
      return "morris";
    case DesignMethod::table:
      return "table";
  }
  return "";
}

std::shared_ptr<const Futures> make_futures(const DesignSpec& spec, const Model& model) {
  const uint64_t d = spec.uncertain.size();
  if (spec.method == DesignMethod::table) {
    DesignSpec rest = spec;
    rest.futures = table_rows(spec.table, spec.futures);
    check_count(rest.futures, 1, "futures", "futures");
    return table_futures(
        spec.table, rest.futures, model,
        d == 0 && spec.correlations.empty() ? nullptr : drawn_futures(rest, model));
  }
  if (d == 0 && spec.method != DesignMethod::independent)
    throw InputError("a " + std::string(design_name(spec.method)) +
                     " design without uncertain parameters (there is nothing to spread out) name "
                     "some, or use independent futures");
  switch (spec.method) {
    case DesignMethod::saltelli:
      check_count(spec.base, (spec.second_order ? 2 * d : d) + 2, "base", "base points");
      break;
    case DesignMethod::morris:
      check_count(spec.trajectories, d + 1, "trajectories", "trajectories");
      if (spec.levels < 2 || spec.levels > 1024 || spec.levels % 2 != 0)
        throw InputError("levels = " + std::to_string(spec.levels) +
                         " of a morris design (allowed: even, 2..1024) choose 4, 6 or 8");
      break;
    default:
      check_count(spec.futures, 1, "futures", "futures");
  }
  if (d == 0 && spec.correlations.empty()) return std::make_shared<PlainFutures>(spec.futures);
  return drawn_futures(spec, model);
}

}  // namespace chasm
