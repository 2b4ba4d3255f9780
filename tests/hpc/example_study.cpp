#include "tests/hpc/example_study.hpp"

#include <cmath>
#include <limits>

#include "sim/program.hpp"

namespace chasm::example {

namespace {

constexpr const char* network_kinds[] = {"ring", "random"};

constexpr const char* causes[] = {"drift", "Verzögerung", "silos"};

// One axis of each kind, one in common, one twice in a total, and one whose name the format uses itself.
std::vector<Total> totals(const Setting&, int steps) {
  return {{"lost",
           "cent",
           "what was lost, by month and cause",
           {{"month", steps / 4 + 1}, {"cause", 3, causes}}},
          {"lost.to",
           "cent",
           "what one cause took from another",
           {{"cause", 3, causes}, {"cause", 3, causes}}},
          {"training", "week", "what was learnt", {{"lever", 5}}}};
}

Model make_model() {
  Model model;
  model.name = "example";
  model.version = 3;
  model.title = "One of everything";
  model.source = "tests/hpc/example_study.cpp";
  model.step = "week";
  model.days_per_step = 7;
  model.parameters = {
      {"learning.rate", "1/week", 0.25, 0, 1, Grade::measured, "a paper, p. 7",
       "how fast one learns"},
      {"learning_rate", "", 2, 0, 9, Grade::judgement, "", "spelled almost like another one"},
      {"cost.platform", "{currency}/week", 1500, 0, 1e6, Grade::claim, "a vendor",
       "what the platform costs"},
      {"people", "", 40, 1, 500, Grade::survey, "a survey", "whole heads", true}};
  model.sizes = {{"teams", 4, 1, 9, "teams"}, {"assets", 100, 1, 1000, "assets"}};
  model.choices = {{"network.kind", network_kinds, 2, 0, "who talks with whom"}};
  model.tables = {{"network.edges", "from,to", "who is beside whom"}};
  model.levers = {{"training", "people are taught", 26, 52}, {"platform", "one is built", 13, 104}};
  model.metrics = {
      {"value", "cent", "what the work was worth, in whole cents", -1e9, 1e9, Storage::f64,
       "money"},
      {"adopters", "person", "who use it at the end", 0, 500, Storage::f32, "adoption"},
      {"status", "", "a name that the format uses itself", 0, 1},
      {"payback", "week", "when it had paid for itself", 0, 260, Storage::f32, "money", true}};
  model.series = {{"adopters", "person", "who use it", 0, 500},
                  {"share", "", "share of work that is done with it", 0, 1}};
  model.totals = totals;
  model.decisions = {{0, "hire", "post"}, {1, "adopt", "person"}, {9, "leave", "person"}};
  model.failures = {{1, "a stock fell below zero"}, {7, "it did not settle: Müller's case"}};
  model.prepare = [](const Setting&, uint64_t) { return Ground{}; };
  model.cost = [](const Setting&, int) { return 1e-3; };
  return model;
}

const Model& model(bool dated) {
  static const Model with_days = make_model();
  static const Model without = [] {
    Model model = make_model();
    model.days_per_step = 0;
    return model;
  }();
  return dated ? with_days : without;
}

uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

uint64_t hash(const Study& study, uint64_t arm, uint64_t future, uint64_t replication,
              uint64_t what) {
  uint64_t h = mixed(study.seed + 1);
  for (const uint64_t part : {arm, future, replication, what})
    h = mixed(h + 0x9e3779b97f4a7c15u * (part + 1));
  return h;
}

double unit(uint64_t hash) { return static_cast<double>(hash >> 40) * 0x1p-24; }

class Draws : public Futures {
 public:
  explicit Draws(uint64_t count) : count_(count) { parameters_ = {0, 2}; }
  uint64_t count() const override { return count_; }
  uint32_t address(uint64_t future) const override { return static_cast<uint32_t>(future / 2); }
  void draw(uint64_t future, std::span<double> values) const override {
    for (size_t i = 0; i < values.size(); ++i) values[i] = example::draw(i, future);
  }

 private:
  uint64_t count_;
};

}  // namespace

double draw(size_t uncertain, uint64_t future) {
  return unit(mixed(1000 * (uncertain + 1) + future)) * (uncertain == 0 ? 1.0 : 1e4);
}

Study study(const Options& options) {
  Study study;
  study.title = "Ein Beispiel für alles";
  study.question = "Does every value arrive where it belongs?";
  study.model = &model(options.dated);
  study.seed = options.seed;
  study.steps = options.steps;
  study.start = options.dated ? "2026-01-05" : "";
  study.setting.sizes = {4, 250};
  study.setting.choices = {1};
  study.setting.tables["network.edges"] = {
      "edges.csv", std::string(64, 'a'), {"from", "to"}, {{0, 1}, {1, 0}}};
  for (const Parameter& parameter : study.model->parameters) study.base.push_back(parameter.value);
  for (int a = 0; a < options.arms; ++a) {
    Arm arm;
    arm.name = a == 0 ? "nothing" : a == 1 ? "train them" : "Überall, " + std::to_string(a);
    arm.levers.resize(2);
    if (a > 0) {
      arm.parameters = {{3, 40.0 + a}};
      arm.levers[0] = {0.5 * a, 4, 30};
    }
    if (a == 2)
      arm.levers[1] = {
          .start = 2,
          .ramp = 9,
          .when = {.series = 1, .comparison = Comparison::above, .value = 0.5, .step = 2}};
    if (a == 2) arm.parameters.insert(arm.parameters.begin(), {2, 123.5});
    study.arms.push_back(arm);
  }
  if (options.uncertain)
    study.futures = std::make_shared<Draws>(options.futures);
  else
    study.futures = std::make_shared<PlainFutures>(options.futures);
  study.design = options.uncertain ? "saltelli" : "independent";
  study.replications = options.replications;
  study.currency = "EUR";
  study.price_year = 2026;
  study.outputs.metrics = {0, 1, 2, 3};
  study.outputs.series = {0, 1};
  study.outputs.every = options.every;
  study.outputs.keep = options.keep;
  if (options.totals) study.outputs.totals = {0, 1, 2};
  study.text =
      "# Größe: \"alles\"\n[study]\nmodel = \"example\"\nseed = " + std::to_string(options.seed) +
      "\n";
  return study;
}

CodeIdentity code() { return {"0.1.0", "0123456789abcdef0123456789abcdef01234567"}; }

bool is_failed(const Study& study, uint64_t arm, uint64_t future, uint64_t replication) {
  return hash(study, arm, future, replication, 99) % 9 == 0;
}

double metric(const Study& study, size_t selected, uint64_t arm, uint64_t future,
              uint64_t replication) {
  const uint64_t h = hash(study, arm, future, replication, selected);
  const bool absent = selected == 3 && h % 4 == 0;
  if (absent || is_failed(study, arm, future, replication))
    return std::numeric_limits<double>::quiet_NaN();
  // Whole cents that need more than the 24 bits of a float.
  if (selected == 0) return std::floor(unit(h) * 9e14) - 4e14;
  return static_cast<double>(static_cast<float>(unit(h) * 100));
}

float series(const Study& study, size_t selected, uint64_t arm, uint64_t future,
             uint64_t replication, uint64_t row) {
  if (is_failed(study, arm, future, replication)) return std::numeric_limits<float>::quiet_NaN();
  const double value = unit(hash(study, arm, future, replication, 100 + 1000 * selected + row));
  // Some lie beyond the scale of the histogram.
  return static_cast<float>(selected == 0 ? value * 600 - 50 : value);
}

Addend addend(const Study& study, size_t selected, uint64_t arm, uint64_t future,
              uint64_t replication) {
  if (is_failed(study, arm, future, replication)) return {};
  const uint64_t h = hash(study, arm, future, replication, 5000 + selected);
  const auto cells = static_cast<uint64_t>(kept_totals(study)[selected].cells());
  // Of both signs and of every size up to 2^49.
  return {h % cells, static_cast<int64_t>(mixed(h)) >> (14 + h / 1000 % 40)};
}

BlockResult Source::read(uint64_t block) {
  BlockResult result = empty_block(study_, partition_, block);
  const Outputs& outputs = study_.outputs;
  const auto rows = static_cast<uint64_t>(series_rows(study_.steps, outputs.every));
  const uint64_t arms = study_.arms.size();
  for (uint64_t world = 0; world < result.status.size(); ++world) {
    const uint64_t pair = partition_.first_pair(block) + world / arms, arm = world % arms;
    const uint64_t f = pair / study_.replications, r = pair % study_.replications;
    const bool failed = is_failed(study_, arm, f, r);
    result.status[world] = static_cast<uint8_t>(failed ? Status::failed : Status::ok);
    result.failure[world] = failed ? 7 : 0;
    for (size_t k = 0; k < result.metrics.size(); ++k)
      result.metrics[k][world] = metric(study_, k, arm, f, r);
    for (size_t k = 0; k < result.totals.size(); ++k) {
      const Addend now = addend(study_, k, arm, f, r);
      result.totals[k][arm * (result.totals[k].size() / arms) + now.cell] += now.value;
    }
    if (outputs.keep == Keep::none) continue;
    for (size_t k = 0; k < outputs.series.size(); ++k) {
      const Metric& scale = study_.model->series[static_cast<size_t>(outputs.series[k])];
      for (uint64_t row = 0; row < rows; ++row) {
        const float value = series(study_, k, arm, f, r, row);
        if (!result.series.empty()) result.series[k][world * rows + row] = value;
        if (!result.bands.empty() && !failed)
          ++result.bands[k][(arm * rows + row) * band_bins +
                            static_cast<uint64_t>(band_bin(scale, value))];
      }
    }
  }
  if (change) change(result);
  return result;
}

FinishReport write(const Study& study, const std::string& path, uint64_t worlds_per_block) {
  const Partition parts = partition(study, worlds_per_block);
  Source source(study, parts);
  return finish(study, parts, source, path, {.code = code(), .replace = true, .progress = {}});
}

}  // namespace chasm::example
