#include "hpc/sketches.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "hpc/sketch_statistics.hpp"
#include "hpc/summarise_block.hpp"

namespace chasm {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double mean_of(const IntegerMoments& moments, const FixedPoint& fixed) {
  return moments.count == 0 ? nan : fixed.value(moments.sum) / static_cast<double>(moments.count);
}

double variance_of(const IntegerMoments& moments, const FixedPoint& fixed) {
  if (moments.count < 2) return nan;
  const double squares = moments.spread() * fixed.step() * fixed.step();
  return std::max(squares, 0.0) / static_cast<double>(moments.count - 1);
}

double error_of(const IntegerMoments& moments, const FixedPoint& fixed) {
  return std::sqrt(variance_of(moments, fixed) / static_cast<double>(moments.count));
}

// By sketch_statistics.
constexpr const char* meanings[] = {
    "mean over worlds",
    "standard error of the mean: futures are the independent units",
    "standard deviation over worlds",
    "smallest value",
    "largest value",
    "mean difference to the first arm, world by world",
    "standard error of that difference",
    "worlds with a value",
    "worlds that did not fail and have no such value",
    "worlds by value; the outer two bins also hold what lies beyond",
    "limits of the bins"};
static_assert(std::size(meanings) == std::size(sketch_statistics));

class MetricVariables {
 public:
  MetricVariables(NcGroup& root, const NcDimension& arm, const Study& study, const Metric& metric,
                  const std::vector<std::string>& names)
      : root_(root),
        arm_(arm),
        metric_(metric),
        units_(unit_in(study.currency, metric.unit)),
        names_(names) {}

  void write(size_t statistic, const std::vector<double>& values) {
    describe(root_.variable(names_[statistic], arm_, values,
                            {.chunk = {}, .deflate = false, .fill = true}),
             statistic, units_);
  }
  void write(size_t statistic, const std::vector<int64_t>& values) {
    describe(root_.variable(names_[statistic], arm_, values), statistic, "1");
  }
  void write_counts(const NcDimension& bin, const NcDimension& edge,
                    std::span<const Sketch> sketches) {
    std::vector<int64_t> counts;
    for (const Sketch& sketch : sketches)
      counts.insert(counts.end(), sketch.bins.begin(), sketch.bins.end());
    NcVariable variable =
        root_.variable(names_[9], NcType::i64, {arm_, bin},
                       {.chunk = {1, sketch_bins}, .deflate = true, .fill = false});
    variable.attribute("count_edges", names_[10]);
    variable.write(counts.data());
    describe(std::move(variable), 9, "1");
    std::vector<double> edges(sketch_bins + 1);
    const double width = (metric_.high - metric_.low) / sketch_bins;
    for (size_t i = 0; i < edges.size(); ++i)
      edges[i] = metric_.low + width * static_cast<double>(i);
    describe(root_.variable(names_[10], edge, edges), 10, units_);
  }

 private:
  void describe(NcVariable&& variable, size_t statistic, const std::string& units) const {
    variable.attribute("units", units);
    variable.attribute("long_name", std::string(meanings[statistic]) + ": " + metric_.meaning);
    variable.attribute("summary_of", metric_.name);
    variable.attribute("statistic", sketch_statistics[statistic]);
  }

  NcGroup& root_;
  const NcDimension& arm_;
  const Metric& metric_;
  const std::string units_;
  const std::vector<std::string>& names_;
};

}  // namespace

SketchStatistics statistics_of(const Sketch& sketch, const Metric& metric) {
  const FixedPoint fixed(metric);
  const bool any = sketch.worlds.count > 0;
  return {mean_of(sketch.worlds, fixed),
          error_of(sketch.units, fixed),
          std::sqrt(variance_of(sketch.worlds, fixed)),
          any ? fixed.value(sketch.low) : nan,
          any ? fixed.value(sketch.high) : nan,
          mean_of(sketch.differences, fixed),
          error_of(sketch.differences, fixed)};
}

void Sketches::add(const BlockResult& block) {
  outcomes_.resize(block.outcomes.size());
  for (size_t i = 0; i < outcomes_.size(); ++i) outcomes_[i] += block.outcomes[i];
  sketches_.resize(block.sketches.size());
  for (size_t i = 0; i < sketches_.size(); ++i) sketches_[i].merge(block.sketches[i]);
}

uint64_t Sketches::failed(const Study& study) const {
  const size_t reasons = reasons_of(*study.model).size();
  uint64_t failed = 0;
  for (size_t i = 0; i < outcomes_.size(); ++i)
    if (i % reasons != 0) failed += outcomes_[i];
  return failed;
}

void Sketches::write(NcGroup& root, const NcDimension& arm, const Study& study,
                     const ResultNames& names) const {
  std::vector<std::string> reasons;
  for (const FailureReason& reason : reasons_of(*study.model)) reasons.emplace_back(reason.meaning);
  reasons[0] = "ok";
  NcDimension reason = root.coordinate(names.reasons, reasons, "ok, or why a world failed");
  const std::vector<int64_t> outcomes(outcomes_.begin(), outcomes_.end());
  NcVariable worlds = root.variable("worlds", NcType::i64, {arm, reason});
  worlds.attribute("units", "1");
  worlds.attribute("long_name", "worlds by what became of them");
  worlds.write(outcomes.data());

  NcDimension bin = root.dimension(names.bins, sketch_bins);
  NcDimension edge = root.dimension(names.edges, sketch_bins + 1);
  const uint64_t arms = arm.size;
  for (size_t k = 0; k < names.sketches.size(); ++k) {
    const Metric& metric = study.model->metrics[static_cast<size_t>(study.outputs.metrics[k])];
    const std::span<const Sketch> mine = std::span(sketches_).subspan(k * arms, arms);
    std::vector<std::vector<double>> reals(7);
    std::vector<int64_t> counted, absent;
    for (const Sketch& sketch : mine) {
      const SketchStatistics s = statistics_of(sketch, metric);
      const double values[] = {s.mean,    s.standard_error, s.standard_deviation,       s.minimum,
                               s.maximum, s.difference,     s.difference_standard_error};
      for (size_t i = 0; i < reals.size(); ++i) reals[i].push_back(values[i]);
      counted.push_back(static_cast<int64_t>(sketch.worlds.count));
      absent.push_back(static_cast<int64_t>(sketch.absent));
    }
    MetricVariables variables(root, arm, study, metric, names.sketches[k]);
    for (size_t i = 0; i < reals.size(); ++i) variables.write(i, reals[i]);
    variables.write(7, counted);
    variables.write(8, absent);
    variables.write_counts(bin, edge, mine);
  }
}

}  // namespace chasm
