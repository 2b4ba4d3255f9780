#include "app/output_costs.hpp"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "app/text.hpp"
#include "hpc/finish.hpp"
#include "sim/program.hpp"

namespace chasm {

namespace {

// Measured with two million worlds of march1991 and three thousand of the enterprise, from the run to the verified file.
constexpr double metric_seconds = 40e-9;  // a value, whether it is kept or goes into a sketch
constexpr double series_seconds = 120e-9;
constexpr double band_seconds = 10e-9;   // a value that is counted in a histogram
constexpr double total_seconds = 70e-9;  // a cell of a world

std::vector<int> all_of(size_t count) {
  std::vector<int> all(count);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace

double output_seconds(const Study& study) {
  const Outputs& kept = study.outputs;
  double world = metric_seconds * static_cast<double>(kept.metrics.size());
  if (kept.keep != Keep::none)
    world += (kept.keep == Keep::full ? series_seconds : band_seconds) *
             static_cast<double>(kept.series.size()) * series_rows(study.steps, kept.every);
  for (const Total& total : kept_totals(study))
    world += total_seconds * static_cast<double>(total.cells());
  return world * static_cast<double>(study.worlds());
}

std::vector<OutputCost> output_costs(const Study& study) {
  const Outputs& mine = study.outputs;
  std::vector<OutputCost> costs;
  auto add = [&, other = study](std::string words, Outputs outputs, bool chosen) mutable {
    // Metrics bear what is kept of every world, whatever they are; all else comes on top.
    other.outputs = {.worlds = outputs.metrics.empty() && outputs.worlds};
    const uint64_t without = estimate_result_bytes(other);
    other.outputs = std::move(outputs);
    const uint64_t bytes = estimate_result_bytes(other);
    costs.push_back(
        {std::move(words), bytes > without ? bytes - without : 0, output_seconds(other), chosen});
  };
  const size_t every_metric = study.model->metrics.size();
  add(count_of(mine.metrics.size(), "metric"), {.metrics = mine.metrics}, mine.worlds);
  add(count_of(mine.metrics.size(), "metric") + ", no world kept (worlds = \"none\")",
      {.metrics = mine.metrics, .worlds = false}, !mine.worlds);
  if (mine.metrics.size() != every_metric)
    add(fmt::format("all {} metrics", every_metric), {.metrics = all_of(every_metric)}, false);
  if (const size_t every_total = all_totals(study).size(); every_total > 0) {
    add(count_of(mine.totals.size(), "total"), {.totals = mine.totals}, true);
    if (mine.totals.size() != every_total)
      add(fmt::format("all {} totals", every_total), {.totals = all_of(every_total)}, false);
  }
  const std::vector<int> series =
      mine.series.empty() ? all_of(study.model->series.size()) : mine.series;
  if (series.empty()) return costs;
  const int every = mine.keep == Keep::none ? 1 : mine.every;
  for (const Keep keep : {Keep::bands, Keep::full})
    add(fmt::format("{} series every {}, {}", grouped(series.size()),
                    every == 1 ? "step" : fmt::format("{} steps", every),
                    keep == Keep::bands ? "as bands" : "every world in full"),
        {.series = series, .every = every, .keep = keep}, mine.keep == keep);
  return costs;
}

}  // namespace chasm
