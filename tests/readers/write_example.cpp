// write_example FOLDER: result files as analysts get them, and beside them what every reader must find in them.
//   bands.h5 full.h5 undated.h5 expected.json

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "hpc/read_result.hpp"
#include "sim/program.hpp"
#include "tests/hpc/example_study.hpp"

namespace {

using namespace chasm;
using nlohmann::json;

json number(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }

json expected(const Study& study) {
  json out;
  const uint64_t futures = study.futures->count();
  const auto rows = static_cast<uint64_t>(series_rows(study.steps, study.outputs.every));
  out["futures"] = futures;
  out["replications"] = study.replications;
  out["text"] = study.text;
  out["title"] = study.title;
  for (const Arm& arm : study.arms) out["arms"].push_back(arm.name);
  for (uint64_t f = 0; f < futures; ++f) {
    out["learning.rate"].push_back(example::draw(0, f));
    out["cost.platform"].push_back(example::draw(1, f));
  }
  // [arm][future][replication] in one list.
  for (uint64_t a = 0; a < study.arms.size(); ++a)
    for (uint64_t f = 0; f < futures; ++f)
      for (uint64_t r = 0; r < study.replications; ++r) {
        out["failed"].push_back(example::is_failed(study, a, f, r));
        for (size_t k = 0; k < study.outputs.metrics.size(); ++k)
          out["metrics"][study.model->metrics[k].name].push_back(
              number(example::metric(study, k, a, f, r)));
        for (size_t k = 0; k < study.outputs.series.size(); ++k)
          for (uint64_t row = 0; row < rows; ++row)
            out["series"][study.model->series[k].name].push_back(
                number(static_cast<double>(example::series(study, k, a, f, r, row))));
      }
  for (size_t k = 0; k < study.outputs.totals.size(); ++k) {
    const Total total = kept_totals(study)[k];
    const auto cells = static_cast<size_t>(total.cells());
    std::vector<int64_t> sums(study.arms.size() * cells);
    for (uint64_t a = 0; a < study.arms.size(); ++a)
      for (uint64_t f = 0; f < futures; ++f)
        for (uint64_t r = 0; r < study.replications; ++r) {
          const example::Addend now = example::addend(study, k, a, f, r);
          sums[a * cells + now.cell] += now.value;
        }
    out["totals"][total.name] = sums;
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  try {
    const std::string folder = std::string(argv[1]) + "/";
    const example::Options bands, full{.keep = Keep::full}, undated{.dated = false};
    json all = expected(example::study(bands));
    for (const auto& [name, options] :
         {std::pair("bands", bands), std::pair("full", full), std::pair("undated", undated)})
      all["digests"][name] =
          example::write(example::study(options), folder + name + ".h5").content_digest;
    std::ofstream file(folder + "expected.json");
    file << all.dump(1) << "\n";
    if (!file.flush()) throw std::runtime_error("expected.json cannot be written");
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
