#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/input/draft.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/quantity.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

constexpr std::string_view registered_range = "registered range";

class Reader {
 public:
  explicit Reader(const Parameter& parameter) : parameter_(parameter) {}

  Distribution read(const Item& item) const {
    if (const std::string* text = item.value->get<std::string>()) {
      if (*text == registered_range) return Distribution::registered_range();
      refuse(item,
             fmt::format("\"{}\" is no distribution (a text can only be \"{}\") write {{ uniform = "
                         "[low, high] }}",
                         shown(*text), registered_range));
    }
    const Item kind = the_kind(item);
    const std::string_view name = kind.name();
    if (name == "point") return Distribution::point(inside(kind));
    if (name == "uniform") return two_ends(kind, Distribution::uniform);
    if (name == "log_uniform") return two_ends(kind, Distribution::log_uniform);
    if (name == "triangular") return triangular(kind);
    if (name == "normal") return normal(kind);
    if (name == "lognormal") return lognormal(kind);
    if (name == "exponential")
      return Distribution::exponential(value(field(kind, {"mean"}, "mean")));
    if (name == "beta") return beta(kind, item);
    if (name == "discrete") return discrete(kind);
    return quantiles(kind);
  }

 private:
  // The one entry that says which distribution it is.
  static Item the_kind(const Item& item) {
    std::vector<std::string> known;
    for (const Key& key : distribution_keys()) known.emplace_back(key.name);
    std::vector<Item> kinds;
    bool has_range = false;
    for (const Item& entry : entries_of(item)) {
      if (std::find(known.begin(), known.end(), entry.name()) == known.end()) {
        throw Problem(entry.key, entry.path,
                      fmt::format("unknown distribution ({})", suggestion(entry.name(), known)));
      }
      if (entry.name() == "on") {
        has_range = true;
      } else {
        kinds.push_back(entry);
      }
    }
    if (kinds.size() != 1) {
      refuse(
          item,
          fmt::format("names {} distributions (it needs one) write {{ uniform = [low, high] }}, or "
                      "another of docs/study-file.md",
                      kinds.size()));
    }
    if (has_range && kinds[0].name() != "beta") {
      refuse(item, "has a range `on` (only beta has one) remove it");
    }
    return kinds[0];
  }

  double value(const Item& item) const {
    return quantity_of(item, parameter_.unit, parameter_.name);
  }

  // What may happen must be possible.
  double inside(const Item& item) const {
    const double x = value(item);
    if (x < parameter_.low || x > parameter_.high) {
      refuse(item, fmt::format("{} is out of range ({} is {}) choose a value in that range",
                               shown(*item.value), parameter_.name, range_of(parameter_)));
    }
    return x;
  }

  static std::vector<Item> numbers(const Item& item, size_t count, std::string_view what) {
    std::vector<Item> items = list_of(item);
    if (items.size() != count) {
      refuse(item, fmt::format("has {} numbers (it needs {}: {}) write {} = {}", items.size(),
                               count, what, item.name(), what));
    }
    return items;
  }

  // The entry `name` of a table whose only keys are `known`.
  static Item field(const Item& item, const std::vector<std::string>& known,
                    std::string_view name) {
    for (const Item& entry : entries_of(item)) {
      if (std::find(known.begin(), known.end(), entry.name()) == known.end()) {
        throw Problem(entry.key, entry.path,
                      fmt::format("unknown key ({})", suggestion(entry.name(), known)));
      }
    }
    const Entry* entry = table_of(item).find(name);
    if (entry == nullptr) {
      refuse(item, fmt::format("has no {} (it needs {}) add it", name, fmt::join(known, ", ")));
    }
    return item_of(*entry, item.path);
  }

  Distribution two_ends(const Item& item, Distribution (*make)(double, double)) const {
    const std::vector<Item> ends = numbers(item, 2, "[low, high]");
    return make(inside(ends[0]), inside(ends[1]));
  }

  Distribution triangular(const Item& item) const {
    const std::vector<Item> ends = numbers(item, 3, "[low, mode, high]");
    return Distribution::triangular(inside(ends[0]), inside(ends[1]), inside(ends[2]));
  }

  Distribution normal(const Item& item) const {
    const std::vector<std::string> known = {"mean", "sd"};
    return Distribution::normal(value(field(item, known, "mean")), value(field(item, known, "sd")));
  }

  Distribution lognormal(const Item& item) const {
    const std::vector<std::string> known = {"median", "p90", "log_sd"};
    const double median = value(field(item, known, "median"));
    const Entry* p90 = table_of(item).find("p90");
    const Entry* log_sd = table_of(item).find("log_sd");
    if ((p90 == nullptr) == (log_sd == nullptr)) {
      refuse(item,
             "needs p90 or log_sd, not both (one of them says how wide it is) write { median = 10, "
             "p90 = 24 }");
    }
    if (p90 != nullptr) return Distribution::lognormal_p90(median, value(item_of(*p90, item.path)));
    return Distribution::lognormal(median, number_of(item_of(*log_sd, item.path)));
  }

  Distribution beta(const Item& item, const Item& all) const {
    const std::vector<Item> shapes = numbers(item, 2, "[a, b]");
    const double a = number_of(shapes[0]), b = number_of(shapes[1]);
    const Entry* on = table_of(all).find("on");
    if (on == nullptr) return Distribution::beta(a, b);
    const std::vector<Item> ends = numbers(item_of(*on, all.path), 2, "[low, high]");
    return Distribution::beta_on(a, b, inside(ends[0]), inside(ends[1]));
  }

  Distribution discrete(const Item& item) const {
    const std::vector<std::string> known = {"values", "weights"};
    std::vector<double> values, weights;
    for (const Item& x : list_of(field(item, known, "values"))) values.push_back(inside(x));
    if (table_of(item).find("weights") == nullptr) {
      weights.assign(values.size(), 1);
    } else {
      for (const Item& w : list_of(field(item, known, "weights"))) weights.push_back(number_of(w));
    }
    return Distribution::discrete(std::move(values), std::move(weights));
  }

  Distribution quantiles(const Item& item) const {
    std::vector<std::pair<double, double>> points;
    for (const Item& entry : entries_of(item))
      points.emplace_back(probability(entry), inside(entry));
    std::sort(points.begin(), points.end());
    if (points.size() < 2 || points.front().first != 0 || points.back().first != 1) {
      refuse(item,
             "has no p0 or no p100 (both ends must be stated) add the lowest and the highest value "
             "you hold possible");
    }
    std::vector<double> probabilities, values;
    for (const auto& [probability, x] : points) {
      probabilities.push_back(probability);
      values.push_back(x);
    }
    return Distribution::quantiles(std::move(probabilities), std::move(values));
  }

  // "p2.5" is 0.025.
  static double probability(const Item& item) {
    const std::string_view name = item.name();
    double percent = -1;
    const char* last = name.data() + name.size();
    const bool digit = name.size() > 1 && name[0] == 'p' && name[1] >= '0' && name[1] <= '9';
    if (digit) {
      const auto [end, error] =
          std::from_chars(name.data() + 1, last, percent, std::chars_format::fixed);
      if (end != last || error != std::errc()) percent = -1;
    }
    if (percent < 0 || percent > 100) {
      throw Problem(item.key, item.path,
                    "is no percentile (p0 to p100, such as p10 or \"p2.5\") rename it");
    }
    return percent / 100;
  }

  const Parameter& parameter_;
};

}  // namespace

Distribution distribution_of(const Item& item, const Parameter& parameter) {
  const Distribution distribution = Reader(parameter).read(item);
  try {
    check_distribution(distribution, parameter);
  } catch (const Problem&) {
    throw;
  } catch (const InputError& error) {
    std::string_view text = error.what();
    const std::string opening = fmt::format("uncertain parameter \"{}\": ", parameter.name);
    if (text.starts_with(opening)) text.remove_prefix(opening.size());
    refuse(item, text);
  }
  return distribution;
}

}  // namespace chasm::input
