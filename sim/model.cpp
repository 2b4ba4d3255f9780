#include "sim/model.hpp"

#include <algorithm>

#include "sim/error.hpp"
#include "sim/model_of.hpp"
#include "sim/processor.hpp"

namespace chasm {

namespace {

// The machine's own width first (a vector wider than the machine is slower than a narrow one), then the wider.
int rank(const Program& program) {
  const std::string_view isa = program.isa;
  const int level = isa == "avx512" ? 2 : isa == "avx2" ? 1 : 0;
  const int native = level == 2 ? 16 : level == 1 ? 8 : 1;
  return 1000 * level + (program.width == native ? 100 : 0) + program.width;
}

}  // namespace

const Program& choose_program(const Model& model, std::string_view isa, int width, bool doubles) {
  const Program* best = nullptr;
  std::string built;
  for (const Program& program : model.programs) {
    built += (built.empty() ? "" : ", ") + std::string(program.isa) + " x " +
             std::to_string(program.width) + (program.doubles ? " (double)" : "");
    if (program.doubles != doubles || (!isa.empty() && isa != program.isa) ||
        (width != 0 && width != program.width) || !processor_runs(program.isa))
      continue;
    if (best == nullptr || rank(program) > rank(*best)) best = &program;
  }
  if (best == nullptr)
    throw InputError("no compiled lanes fit (asked for " +
                     (isa.empty() ? "any" : std::string(isa)) + " x " +
                     (width == 0 ? "any" : std::to_string(width)) + "; this build has " + built +
                     ", and the processor must run them) leave the choice to chasm");
  return *best;
}

Setting default_setting(const Model& model) {
  Setting setting;
  for (const Size& size : model.sizes) setting.sizes.push_back(size.value);
  for (const Choice& choice : model.choices) setting.choices.push_back(choice.value);
  return setting;
}

bool uses_currency(const Model& model) {
  const auto any = [](const auto& entries) {
    return std::any_of(entries.begin(), entries.end(), [](const auto& entry) {
      return std::string_view(entry.unit).find("{currency}") != std::string_view::npos;
    });
  };
  return any(model.parameters) || any(model.metrics) || any(model.series) ||
         any(default_totals(model));
}

std::vector<Total> default_totals(const Model& model) {
  if (model.totals == nullptr) return {};
  Setting setting = default_setting(model);
  for (const Parameter& parameter : model.parameters) setting.parameters.push_back(parameter.value);
  return model.totals(setting, model.default_steps);
}

}  // namespace chasm
