// chasm bench: worlds a second on this machine, by lanes and threads, beside what the machine itself can do.

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <numeric>

#include "app/command_line.hpp"
#include "app/exit_code.hpp"
#include "app/lanes_option.hpp"
#include "app/machine_limits.hpp"
#include "app/option_checks.hpp"
#include "app/text.hpp"
#include "models/models.hpp"
#include "sim/cpu_backend.hpp"
#include "sim/model_of.hpp"
#include "sim/processor.hpp"

namespace chasm {

namespace {

constexpr int repeats = 5;

struct BenchOptions {
  std::string model;
  double seconds = 1;
  bool json = false;
};

// Of a few repeats: the median, and how far they spread.
struct Rate {
  double median = 0, low = 0, high = 0;  // a second
};

struct Line {
  const Program* program = nullptr;
  int threads = 1;
  Rate worlds;
};

template <class Act>
double seconds_of(Act&& act) {
  const auto start = std::chrono::steady_clock::now();
  act();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// `act(n)` does n pieces of work.
template <class Act>
Rate measure(double seconds, Act&& act) {
  const double each = seconds / repeats;
  uint64_t pieces = 1;
  double taken = seconds_of([&] { act(pieces); });
  while (taken < each / 4) {
    pieces *= 2;
    taken = seconds_of([&] { act(pieces); });
  }
  pieces = std::max<uint64_t>(1, static_cast<uint64_t>(static_cast<double>(pieces) * each / taken));
  std::vector<double> rates;
  for (int i = 0; i < repeats; ++i)
    rates.push_back(static_cast<double>(pieces) / seconds_of([&] { act(pieces); }));
  std::sort(rates.begin(), rates.end());
  return {rates[repeats / 2], rates.front(), rates.back()};
}

Rate times(Rate rate, double factor) {
  return {rate.median * factor, rate.low * factor, rate.high * factor};
}

// The model as it is without a study: every parameter at its default.
Study default_study(const Model& model) {
  Study study;
  study.model = &model;
  study.seed = 1;
  study.steps = model.default_steps;
  study.setting = default_setting(model);
  for (const Parameter& p : model.parameters) study.base.push_back(p.value);
  Arm arm;
  arm.name = "default";
  arm.levers.resize(model.levers.size());
  study.arms = {arm};
  study.futures = std::make_shared<PlainFutures>(uint64_t{1} << 32);
  for (size_t i = 0; i < model.metrics.size(); ++i)
    study.outputs.metrics.push_back(static_cast<int>(i));
  return study;
}

Line measure_worlds(const Study& study, const Program& program, int threads, double seconds) {
  const auto worlds = static_cast<uint64_t>(program.width) * 4;
  const Partition parts = partition(study, worlds);
  const CpuBackend backend(study, parts, program, threads);
  const Rate blocks = measure(seconds, [&](uint64_t count) {
    std::vector<uint64_t> chosen(count);
    std::iota(chosen.begin(), chosen.end(), uint64_t{0});
    backend.run(chosen, [](BlockResult&&) { return true; });
  });
  return {&program, threads, times(blocks, static_cast<double>(parts.worlds_in(0)))};
}

std::vector<Line> measure_model(const Study& study, double seconds) {
  std::vector<Line> lines;
  for (const Program& program : study.model->programs)
    if (!program.doubles && processor_runs(program.isa))
      lines.push_back(measure_worlds(study, program, 1, seconds));
  std::sort(lines.begin(), lines.end(),
            [](const Line& a, const Line& b) { return a.worlds.median > b.worlds.median; });
  if (const int cores = omp_get_num_procs(); cores > 1)
    lines.insert(lines.begin(),
                 measure_worlds(study, choose_program(*study.model), cores, seconds));
  return lines;
}

struct Limits {
  MachineLimits machine;
  Rate words, operations;  // a second of one core
};

Limits measure_limits(double seconds) {
  Limits limits{machine_limits(), {}, {}};
  constexpr uint64_t rounds = 1000;
  volatile uint32_t words = 0;
  volatile float sums = 0;
  const auto width = static_cast<double>(limits.machine.width);
  limits.words =
      times(measure(seconds, [&](uint64_t n) { words = limits.machine.philox(n * rounds); }),
            rounds * 4 * width);
  limits.operations =
      times(measure(seconds, [&](uint64_t n) { sums = limits.machine.multiply_add(n * rounds); }),
            rounds * 2 * width * fma_chains);
  return limits;
}

std::string spread(Rate rate) {
  return fmt::format("{} to {}", grouped(static_cast<uint64_t>(rate.low)),
                     grouped(static_cast<uint64_t>(rate.high)));
}

// "41.2 (40.9 to 41.5) billion"
std::string billions(Rate rate) {
  return fmt::format("{:.3g} ({:.3g} to {:.3g}) billion", rate.median / 1e9, rate.low / 1e9,
                     rate.high / 1e9);
}

long agents(const Study& study) {
  if (study.model->agents != nullptr) return study.model->agents(study.setting);
  return study.setting.sizes.empty() ? 1 : study.setting.sizes[0];
}

double agent_steps(const Study& study) { return static_cast<double>(agents(study)) * study.steps; }

void print_text(const Study& study, const std::vector<Line>& lines, const Limits& limits) {
  const Model& model = *study.model;
  fmt::print("{} version {}, every parameter at its default, {} {}s, {} agents\n", model.name,
             model.version, study.steps, model.step, grouped(static_cast<uint64_t>(agents(study))));
  TextTable table({"lanes", "threads", "worlds/s", "spread", "agent-steps/s",
                   "random words in the time of a world"});
  for (const Line& line : lines)
    table.add({fmt::format("{} x {}", line.program->isa, line.program->width),
               std::to_string(line.threads), grouped(static_cast<uint64_t>(line.worlds.median)),
               spread(line.worlds), rounded(line.worlds.median * agent_steps(study)),
               line.threads == 1
                   ? grouped(static_cast<uint64_t>(limits.words.median / line.worlds.median))
                   : ""});
  fmt::print("{}\n", table.text());
}

void print_limits(const Limits& limits) {
  fmt::print(
      "One core of this machine, {} x {}: {} random words/s, {} floating-point operations/s.\n",
      limits.machine.isa, limits.machine.width, billions(limits.words),
      billions(limits.operations));
  fmt::print(
      "Medians of {} repeats, lowest to highest; agent-steps count every step, settled or not.\n",
      repeats);
}

nlohmann::ordered_json as_json(Rate rate) {
  return {{"median", rate.median}, {"low", rate.low}, {"high", rate.high}};
}

int bench(const BenchOptions& options) {
  std::vector<const Model*> chosen(models().begin(), models().end());
  if (!options.model.empty()) chosen = {&find_model(options.model)};
  const Limits limits = measure_limits(options.seconds);
  nlohmann::ordered_json out{{"isa", limits.machine.isa},
                             {"width", limits.machine.width},
                             {"cores", omp_get_num_procs()},
                             {"repeats", repeats},
                             {"random_words_per_second", as_json(limits.words)},
                             {"float_operations_per_second", as_json(limits.operations)}};
  for (const Model* model : chosen) {
    const Study study = default_study(*model);
    const std::vector<Line> lines = measure_model(study, options.seconds);
    if (!options.json) print_text(study, lines, limits);
    auto& entry = out["models"][std::string(model->name)] = {{"version", model->version},
                                                             {"steps", study.steps}};
    for (const Line& line : lines)
      entry["runs"].push_back(
          {{"isa", line.program->isa},
           {"width", line.program->width},
           {"threads", line.threads},
           {"worlds_per_second", as_json(line.worlds)},
           {"agent_steps_per_second", line.worlds.median * agent_steps(study)}});
  }
  if (options.json)
    fmt::print("{}\n", out.dump(2));
  else
    print_limits(limits);
  return exit_done;
}

}  // namespace

void add_bench(CommandLine& line) {
  auto options = std::make_shared<BenchOptions>();
  CLI::App& command = add_command(line, "bench", "worlds a second here, by lanes and threads",
                                  "chasm bench march1991 --seconds 0.2",
                                  "0   done\n"
                                  "2   no such model");
  command.add_option("model", options->model, "a model; without it every model of this build")
      ->type_name(model_name);
  command.add_option("--seconds", options->seconds, "for each line of the table (default 1)")
      ->type_name("S")
      ->check(number_in(.001, 3600));
  command.add_flag("--json", options->json, "for programs");
  when_chosen(line, command, options, bench);
}

}  // namespace chasm
