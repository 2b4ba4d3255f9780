// The file that `chasm new` writes: runs as it is, and shows what else may stand where.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/input/keys.hpp"
#include "sim/input/money_section.hpp"
#include "sim/input/priced_model.hpp"
#include "sim/input/quantity.hpp"
#include "sim/input/study_file.hpp"
#include "sim/input/table_file.hpp"
#include "sim/input/toml.hpp"
#include "sim/model_of.hpp"

namespace chasm {
namespace input {
namespace {

std::string key(std::string_view name) {
  return name.find('.') == std::string_view::npos ? std::string(name) : fmt::format("\"{}\"", name);
}

// `times` its default, or a tenth of its range where the default is 0; inside the range, with few
// digits.
std::string near_default(const Parameter& p, double times) {
  double value = p.value != 0 ? p.value * times : p.low + (p.high - p.low) * 0.1 * times;
  value = std::clamp(p.whole ? std::round(value) : value, p.low, p.high);
  return digits(std::stod(fmt::format("{:.3g}", value)));
}

// A parameter that an arm can change visibly.
const Parameter* varied(const Model& model) {
  for (const Parameter& p : model.parameters) {
    if (near_default(p, 1.5) != digits(p.value)) return &p;
  }
  return nullptr;
}

// A line of comment for every entry: `# turnover = 0   # 0 to 1 1/period: chance a period ...`
void add_line(std::string& out, const std::string& setting, const std::string& meaning) {
  out += fmt::format("# {:<28} # {}\n", setting, meaning);
}

void add_setting(std::string& out, const Model& model) {
  if (model.sizes.empty() && model.choices.empty()) return;
  out +=
      "\n[setting]                      # sizes and choices, fixed for the study; defaults as "
      "shown\n";
  for (const Size& size : model.sizes) {
    add_line(out, fmt::format("{} = {}", key(size.name), size.value),
             fmt::format("{} to {}: {}", size.low, size.high, size.meaning));
  }
  for (const Choice& choice : model.choices) {
    std::string options;
    for (int i = 0; i < choice.count; ++i)
      options += fmt::format("{}{}", i == 0 ? "" : ", ", choice.options[i]);
    add_line(out, fmt::format("{} = \"{}\"", key(choice.name), choice.options[choice.value]),
             fmt::format("{}: {}", options, choice.meaning));
  }
}

void add_parameters(std::string& out, const Model& model) {
  out += "\n[parameters]                   # for every arm and future; defaults as shown\n";
  for (const Parameter& p : model.parameters) {
    add_line(out, fmt::format("{} = {}", key(p.name), digits(p.value)),
             fmt::format("{}: {}", range_of(p), p.meaning));
  }
}

void add_tables(std::string& out, const Model& model) {
  if (model.tables.empty()) return;
  out += "\n[tables]                       # CSV files, seen from this file\n";
  for (const Table& t : model.tables) {
    add_line(out, fmt::format("{} = \"file.csv\"", key(t.name)),
             fmt::format("columns {}: {}", columns_in_words(t), t.meaning));
  }
}

void add_uncertain(std::string& out, const Model& model, const Parameter* other) {
  out += "\n[uncertain]                    # drawn once a future, the same for all arms\n";
  const Parameter* shown = nullptr;
  for (const Parameter& p : model.parameters) {
    if (&p != other && !p.whole &&
        std::stod(near_default(p, 0.5)) < std::stod(near_default(p, 1.5))) {
      shown = &p;
      break;
    }
  }
  if (shown != nullptr) {
    out += fmt::format("# {} = {{ uniform = [{}, {}] }}\n", key(shown->name),
                       near_default(*shown, 0.5), near_default(*shown, 1.5));
  }
  const auto judged = [](const Parameter& p) { return p.grade == Grade::judgement; };
  if (std::any_of(model.parameters.begin(), model.parameters.end(), judged)) {
    out += "# \"*[grade=D]\" = \"registered range\"   # every parameter that is a judgement\n";
  }
}

void add_arms(std::string& out, const Model& model, const Parameter* p) {
  if (!model.levers.empty()) {
    const Lever& lever = model.levers.front();
    out += fmt::format("\n[interventions.first_step]     # {}\n", lever.meaning);
    out += fmt::format("levers = {{ {} = 0.5 }}       # strength, 0 to {}\n", key(lever.name),
                       digits(lever.most));
    out += fmt::format("start = \"{} 0\"\n", model.step);
    out += fmt::format("# until = \"{} {}\"           # then it decays\n", model.step,
                       std::max(1, model.default_steps / 2));
    out += "\n[packages]                     # arms made of interventions\n";
    out += "first_step = [\"first_step\"]\n";
    out += fmt::format("# later = [\"first_step @ {} {}\"]\n", model.step,
                       std::max(1, model.default_steps / 4));
  }
  if (p == nullptr) return;
  out += "\n[arms.changed]                 # an arm made of parameters\n";
  out += fmt::format("set = {{ {} = {} }}\n", key(p->name), near_default(*p, 1.5));
}

void add_design(std::string& out, const Model& model, const Parameter* p) {
  out +=
      "\n[design]                       # the arm \"baseline\", which changes nothing, is always "
      "run and comes first\n";
  if (p != nullptr) {
    out +=
        fmt::format("# grid = {{ {} = [{}, {}] }}   # more arms: every combination of these keys\n",
                    key(p->name), near_default(*p, 0.5), near_default(*p, 1.2));
  }
  out += "futures = 20                   # draws of what is uncertain (here: of luck alone)\n";
  out += "replications = 50              # luck inside a future\n";
  out += "# method = \"sobol\"             # how futures are drawn; needs [uncertain]\n";
  out += "\n[outputs]\n";
  out += "metrics = \"all\"                # or groups and names\n";
  if (model.totals != nullptr)
    out +=
        "totals = \"all\"                 # sums over the worlds of an arm; or names, or "
        "\"none\"\n";
  if (model.series.empty()) return;
  out += fmt::format(
      "series = {{ metrics = \"all\", every = \"{} {}\", keep = \"bands\" }}   # or \"full\"\n",
      std::max(1, model.default_steps / 20),
      model.default_steps / 20 > 1 ? plural(model.step) : std::string(model.step));
}

}  // namespace
}  // namespace input

std::string starter_study(const Model& declared) {
  using namespace input;
  const PricedModel priced(declared, Money().currency);
  const Model& model = priced.model();
  const Parameter* p = varied(model);
  std::string out = fmt::format(
      "# A study of {}: {}\n"
      "# chasm check THIS-FILE says what it will cost; chasm describe {} explains every name.\n"
      "# For completion in an editor: chasm describe {} --schema > chasm-study.json\n\n"
      "schema = \"{}\"\n\n"
      "[study]\n"
      "title = \"A first study of {}\"\n"
      "question = \"\"                  # what the study is to answer\n"
      "model = \"{}-{}\"\n"
      "seed = 1                       # all random numbers follow from it\n"
      "horizon = \"{} {}\"\n",
      model.name, model.title, model.name, model.name, study_schema, model.name, model.name,
      model.version, model.default_steps, plural(model.step));
  if (uses_currency(declared))
    out += fmt::format(
        "\n[money]\ncurrency = \"{}\"               # in which all money is written and "
        "reported\n# price_year = 2026\n",
        Money().currency);
  add_setting(out, model);
  add_parameters(out, model);
  add_tables(out, model);
  add_uncertain(out, model, p);
  add_arms(out, model, p);
  add_design(out, model, p);
  return out;
}

}  // namespace chasm
