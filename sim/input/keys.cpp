#include "sim/input/keys.hpp"

namespace chasm::input {
namespace {

constexpr const char* text = R"({"type": "string"})";
constexpr const char* texts =
    R"({"type": "array", "items": {"type": "string"}, "uniqueItems": true})";
constexpr const char* positive = R"({"type": "integer", "minimum": 1})";
constexpr const char* number = R"({"type": ["number", "string"]})";
constexpr const char* two = R"({"type": "array", "minItems": 2, "maxItems": 2,
  "items": {"type": ["number", "string"]}})";
constexpr const char* file = R"({"type": "string", "minLength": 1})";
constexpr const char* digest = R"({"type": "string", "pattern": "^[0-9a-f]{64}$"})";

constexpr Key root[] = {
    {"schema", R"({"const": "chasm-study-1"})", "the format of this file"},
    {"include", texts, "study files read before this one, whose keys this one overrides"},
    {"study", "", "what is asked, of which model"},
    {"money", "", "the currency, where the model has money"},
    {"setting", "", "the model's sizes and choices, fixed for the study"},
    {"parameters", "", "parameters that differ from their default, for every arm and future"},
    {"tables", "", "CSV files of data that all worlds share"},
    {"uncertain", "", "parameters that are drawn once a future"},
    {"correlated", "", "rank correlations of uncertain parameters"},
    {"interventions", "", "what can be done: levers, from when, until when"},
    {"packages", "", "arms made of interventions"},
    {"arms", "", "arms made of anything"},
    {"design", "", "which arms, how many futures and replications"},
    {"outputs", "", "what is kept of each world"},
};

constexpr Key study[] = {
    {"title", R"({"type": "string", "pattern": "^[^\\n\\r]{1,200}$"})",
     "one line that names the study"},
    {"question", text, "what the study is to answer"},
    {"model", "",
     "\"march1991\" (the version of this build) or \"march1991-1\" (that version or none)"},
    {"seed", R"({"anyOf": [{"type": "integer", "minimum": 0},
      {"type": "string", "pattern": "^(0x[0-9A-Fa-f]{1,16}|[0-9]{1,20})$"}]})",
     "64 bits from which all random numbers follow; from 2^63 on as a text (default 1)"},
    {"start", "", "date of step 0, where the model's steps have a length in days"},
    {"horizon", "", "steps of a world"},
};

constexpr Key money[] = {
    {"currency", R"({"type": "string", "pattern": "^[A-Z]{3}$"})",
     "three capital letters, which units then hold (default USD)"},
    {"price_year", R"({"type": "integer", "minimum": 1900, "maximum": 2200})",
     "the year in whose prices all money is; kept with the result"},
};

constexpr Key table[] = {
    {"path", file, "the CSV file, seen from the file that names it"},
    {"sha256", digest, "the digest that the file must have"},
};

constexpr Key correlated[] = {
    {"parameters",
     R"({"type": "array", "minItems": 2, "uniqueItems": true, "items": {"type": "string"}})",
     "two or more uncertain parameters; every pair of them"},
    {"rank", R"({"type": "number", "exclusiveMinimum": -1, "exclusiveMaximum": 1})",
     "Spearman's rank correlation, between -1 and 1"},
};

constexpr Key intervention[] = {
    {"levers", "", "each lever used: its strength, or a table of strength or count and settings"},
    {"set", "", "parameters of the arms that contain it: what it costs"},
    {"start", "", "step at which it begins (default 0)"},
    {"until", "", "step at which it stops and begins to decay (default: never)"},
    {"ramp", "", "steps to 1 - 1/e of its strength (default: each lever's own)"},
    {"when", R"re({"type": "string", "pattern": "[<>].* at "})re",
     "starts at a step, and only in worlds where a series then is so: \"SERIES < 2 at week 52\""},
};

constexpr Key arm[] = {
    {"set", "", "parameters of this arm"},
    {"levers", "", "each lever as in an intervention, from the first step to the last"},
    {"interventions", texts, "interventions of this arm: \"name\" or \"name @ week 52\""},
};

constexpr Key range[] = {
    {"from", number, "the first value"},
    {"to", number, "the last value"},
    {"count", R"({"type": "integer", "minimum": 2, "maximum": 100000})",
     "how many values, equally far apart"},
};

constexpr Key design[] = {
    {"arms", texts,
     "packages and arms to run, in this order (default: all, in the order of the file)"},
    {"baseline", text, "the arm that others are compared with; it comes first"},
    {"list", "", "one arm an entry: { key = value, ... }"},
    {"grid", "", "one arm a combination: { key = [values], ... }"},
    {"sweep", "", "one arm a value, one key at a time: { key = [values], ... }"},
    {"replications", R"({"type": "integer", "minimum": 1, "maximum": 65536})",
     "worlds a future and arm: luck (default 1)"},
    {"futures", R"({"type": "integer", "minimum": 1, "maximum": 4294967296})",
     "draws of the uncertain parameters, shared by all arms (default 1)"},
    {"method",
     R"({"enum": ["independent", "sobol", "latin-hypercube", "saltelli", "morris", "table"]})",
     "how futures are drawn (default independent)"},
    {"base", positive, "saltelli: base points, each with d + 2 futures for d uncertain parameters"},
    {"second_order", R"({"type": "boolean"})",
     "saltelli: 2 d + 2 futures a base point, for interactions (default false)"},
    {"trajectories", positive, "morris: trajectories, each with d + 1 futures"},
    {"levels", R"({"type": "integer", "minimum": 2, "maximum": 1024, "multipleOf": 2})",
     "morris: levels of each parameter, even (default 4)"},
    {"path", file, "table: CSV file with a column a parameter and a row a future"},
    {"sha256", digest, "table: the digest that the file must have"},
};

constexpr Key outputs[] = {
    {"metrics", "",
     "metrics kept of each world: \"all\", a group, or a list of groups and names "
     "(default \"all\")"},
    {"worlds", R"({"enum": ["all", "none"]})",
     "all: the metrics of every world; none: means, spreads, quantiles and differences by arm "
     "alone (default \"all\")"},
    {"series", "", "metrics kept over time (default none)"},
    {"totals", "",
     "sums over the worlds of an arm: \"all\", \"none\", or a list of names (default \"all\")"},
    {"failed_share", R"({"type": "number", "minimum": 0, "maximum": 1})",
     "a larger share of failed worlds makes the run an error (default 0.01)"},
};

constexpr Key series[] = {
    {"metrics", "", "which: \"all\", a group, or a list of groups and names"},
    {"every", "", "steps between two rows (default 1)"},
    {"keep", R"({"enum": ["bands", "full"]})",
     "bands: a histogram an arm and row; full: every world's value (default bands)"},
};

constexpr Key distribution[] = {
    {"point", number, "one value"},
    {"uniform", two, "[low, high]"},
    {"log_uniform", two, "[low, high], both above 0"},
    {"triangular", R"({"type": "array", "minItems": 3, "maxItems": 3,
      "items": {"type": ["number", "string"]}})",
     "[low, mode, high]"},
    {"normal", R"({"type": "object", "additionalProperties": false, "required": ["mean", "sd"],
      "properties": {"mean": {"type": ["number", "string"]}, "sd": {"type": ["number", "string"]}}})",
     "{ mean, sd }"},
    {"lognormal", R"({"type": "object", "additionalProperties": false, "required": ["median"],
      "minProperties": 2, "properties": {"median": {"type": ["number", "string"]},
      "p90": {"type": ["number", "string"]}, "log_sd": {"type": "number"}}})",
     "{ median, p90 }, or { median, log_sd } with the standard deviation of the logarithm"},
    {"exponential", R"({"type": "object", "additionalProperties": false, "required": ["mean"],
      "properties": {"mean": {"type": ["number", "string"]}}})",
     "{ mean }, from zero"},
    {"beta", R"({"type": "array", "minItems": 2, "maxItems": 2,
      "items": {"type": "number", "exclusiveMinimum": 0}})",
     "[a, b], two shapes, on the parameter's range or on the range `on`"},
    {"on", two, "beta: [low, high]"},
    {"discrete", R"({"type": "object", "additionalProperties": false, "required": ["values"],
      "properties": {"values": {"type": "array", "minItems": 1, "items": {"type": ["number", "string"]}},
      "weights": {"type": "array", "items": {"type": "number", "minimum": 0}}}})",
     "{ values, weights }; equal weights where none are given"},
    {"quantiles", R"({"type": "object", "minProperties": 2, "required": ["p0", "p100"],
      "patternProperties": {"^p[0-9]{1,3}(\\.[0-9]+)?$": {"type": ["number", "string"]}},
      "additionalProperties": false})",
     "elicited: { p0, p10, p50, p90, p100 }, any percentiles between the ends p0 and p100"},
};

}  // namespace

std::span<const Key> root_keys() { return root; }
std::span<const Key> study_keys() { return study; }
std::span<const Key> money_keys() { return money; }
std::span<const Key> table_keys() { return table; }
std::span<const Key> correlated_keys() { return correlated; }
std::span<const Key> intervention_keys() { return intervention; }
std::span<const Key> arm_keys() { return arm; }
std::span<const Key> range_keys() { return range; }
std::span<const Key> design_keys() { return design; }
std::span<const Key> outputs_keys() { return outputs; }
std::span<const Key> series_keys() { return series; }
std::span<const Key> distribution_keys() { return distribution; }

}  // namespace chasm::input
