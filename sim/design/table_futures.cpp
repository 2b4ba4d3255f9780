#include "sim/design/table_futures.hpp"

#include <algorithm>
#include <cmath>

#include "sim/design/marginal_kinds.hpp"
#include "sim/error.hpp"
#include "sim/nearest.hpp"

namespace chasm {

namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

int parameter_of_column(const TableData& table, const std::string& column, const Model& model) {
  std::vector<std::string> known;
  for (size_t i = 0; i < model.parameters.size(); ++i) {
    if (column == model.parameters[i].name) return static_cast<int>(i);
    known.emplace_back(model.parameters[i].name);
  }
  throw InputError(table.path + ": column " + quoted(column) + " is not a parameter of " +
                   std::string(model.name) + " (" + suggestion(column, known) +
                   ") rename or remove it");
}

void check_values(const TableData& table, size_t column, const Parameter& p) {
  for (size_t row = 0; row < table.values[column].size(); ++row) {
    const double value = table.values[column][row];
    const auto wrong = [&](const std::string& why) {
      throw InputError(table.path + ": row " + std::to_string(row + 1) + ", column " +
                       quoted(table.columns[column]) + ": " + number_text(value) + " " + why);
    };
    if (!std::isfinite(value))
      wrong("is not a number (every future needs a value) complete the row");
    if (value < p.low || value > p.high)
      wrong("is out of range (allowed: " + range_text(p) + ") correct it");
    if (p.whole && value != std::floor(value))
      wrong("is not whole (the parameter takes whole numbers) round it");
  }
}

class TableFutures : public Futures {
 public:
  TableFutures(const TableData& table, uint64_t count, const Model& model,
               std::shared_ptr<const Futures> rest)
      : count_(count), rest_(std::move(rest)) {
    std::vector<std::pair<int, size_t>> columns;
    for (size_t column = 0; column < table.columns.size(); ++column) {
      const int parameter = parameter_of_column(table, table.columns[column], model);
      check_values(table, column, model.parameters[static_cast<size_t>(parameter)]);
      columns.emplace_back(parameter, column);
      parameters_.push_back(parameter);
    }
    const std::span<const int> drawn = rest_ ? rest_->parameters() : std::span<const int>();
    parameters_.insert(parameters_.end(), drawn.begin(), drawn.end());
    std::sort(parameters_.begin(), parameters_.end());
    const auto twice = std::adjacent_find(parameters_.begin(), parameters_.end());
    if (twice != parameters_.end()) {
      const std::string name = model.parameters[static_cast<size_t>(*twice)].name;
      const bool both = std::count(drawn.begin(), drawn.end(), *twice) > 0;
      throw InputError(table.path + ": column " + quoted(name) +
                       (both ? " is also an uncertain parameter of the study (its value would come "
                               "from two places) name it in one of them"
                             : " is there twice (a parameter has one column) remove one"));
    }
    const auto place = [&](int parameter) {
      return static_cast<size_t>(
          std::lower_bound(parameters_.begin(), parameters_.end(), parameter) -
          parameters_.begin());
    };
    for (const auto& [parameter, column] : columns) {
      table_places_.push_back(place(parameter));
      columns_.push_back(table.values[column]);
      columns_.back().resize(count_);
    }
    for (const int parameter : drawn) rest_places_.push_back(place(parameter));
  }

  uint64_t count() const override { return count_; }
  void draw(uint64_t future, std::span<double> values) const override {
    for (size_t i = 0; i < columns_.size(); ++i) values[table_places_[i]] = columns_[i][future];
    if (!rest_) return;
    std::vector<double> drawn(rest_places_.size());
    rest_->draw(future, drawn);
    for (size_t i = 0; i < drawn.size(); ++i) values[rest_places_[i]] = drawn[i];
  }

 private:
  uint64_t count_;
  std::shared_ptr<const Futures> rest_;
  std::vector<std::vector<double>> columns_;        // [column][row]
  std::vector<size_t> table_places_, rest_places_;  // in parameters()
};

}  // namespace

uint64_t table_rows(const TableData& table, uint64_t futures) {
  if (table.columns.empty() || table.values.size() != table.columns.size())
    throw InputError(table.path +
                     ": no columns (a table of futures has one column a parameter) "
                     "name the parameters in its first line");
  const uint64_t rows = table.values.front().size();
  for (size_t column = 0; column < table.columns.size(); ++column)
    if (table.values[column].size() != rows)
      throw InputError(table.path + ": column " + quoted(table.columns[column]) + " has " +
                       std::to_string(table.values[column].size()) + " rows (the first has " +
                       std::to_string(rows) + ") complete the table");
  if (rows == 0) throw InputError(table.path + ": no rows (a row is a future) add at least one");
  if (futures > rows)
    throw InputError("futures = " + std::to_string(futures) + " is more than " + table.path +
                     " has (" + std::to_string(rows) +
                     " rows) ask for fewer, or leave the number out to take every row");
  return futures == 0 ? rows : futures;
}

std::shared_ptr<const Futures> table_futures(const TableData& table, uint64_t futures,
                                             const Model& model,
                                             std::shared_ptr<const Futures> rest) {
  return std::make_shared<TableFutures>(table, table_rows(table, futures), model, std::move(rest));
}

}  // namespace chasm
