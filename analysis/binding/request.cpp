#include "analysis/binding/request.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/models.hpp"
#include "sim/design/table_futures.hpp"
#include "sim/error.hpp"
#include "sim/input/study_file.hpp"

namespace chasm::binding {

namespace {

ReadOptions reading(const Request& request) {
  ReadOptions options;
  options.sets = request.sets;
  options.models = models();
  return options;
}

// Rows that share luck as the caller says.
class AddressedFutures : public Futures {
 public:
  AddressedFutures(std::shared_ptr<const Futures> rows, std::vector<uint32_t> addresses)
      : rows_(std::move(rows)), addresses_(std::move(addresses)) {
    parameters_.assign(rows_->parameters().begin(), rows_->parameters().end());
  }
  uint64_t count() const override { return rows_->count(); }
  uint32_t address(uint64_t future) const override { return addresses_[future]; }
  void draw(uint64_t future, std::span<double> values) const override {
    rows_->draw(future, values);
  }

 private:
  std::shared_ptr<const Futures> rows_;
  std::vector<uint32_t> addresses_;
};

std::string name_of(const Study& study, int parameter) {
  return study.model->parameters[static_cast<size_t>(parameter)].name;
}

bool is_column(const Request& request, const std::string& parameter) {
  return std::find(request.columns.begin(), request.columns.end(), parameter) !=
         request.columns.end();
}

void refuse_set_twice(const Request& request, const Study& study) {
  for (const int parameter : study.futures->parameters())
    if (is_column(request, name_of(study, parameter)))
      throw InputError(fmt::format(
          "points: {} is uncertain in the study too (each point sets it) take it out of one",
          name_of(study, parameter)));
  for (const auto& [parameter, value] : study.arms.front().parameters)
    if (is_column(request, name_of(study, parameter)))
      throw InputError(fmt::format(
          "points: {} is set by the arm \"{}\" too (each point sets it) choose an arm without it",
          name_of(study, parameter), study.arms.front().name));
}

// Each point is a future of the first arm.
void take_points_as_futures(const Request& request, Study& study) {
  study.arms.resize(1);
  refuse_set_twice(request, study);
  TableData table;
  table.path = "points";
  table.columns = request.columns;
  table.values = request.values;
  const bool more = !study.futures->parameters().empty();
  study.futures = table_futures(table, 0, *study.model, more ? study.futures : nullptr);
  if (!request.addresses.empty())
    study.futures = std::make_shared<AddressedFutures>(study.futures, request.addresses);
  study.design = "table";
}

}  // namespace

Study study_of(const Request& request) {
  const ReadOptions options = reading(request);
  Study study = request.path.empty() ? parse_study(request.text, request.name, options)
                                     : read_study(request.path, options);
  study.outputs.totals.clear();
  study.outputs.worlds = true;  // a caller wants arrays
  if (!request.keep_series) {
    study.outputs.keep = Keep::none;
    study.outputs.series.clear();
  }
  if (request.drop_first_arm) study.arms.erase(study.arms.begin());
  if (!request.columns.empty()) take_points_as_futures(request, study);
  return study;
}

Ground ground_of(const Request& request, const Study& study) {
  try {
    return prepare(study);
  } catch (const InputError& error) {
    if (request.path.empty()) throw;
    refuse_located(error, request.path, reading(request));
  }
}

}  // namespace chasm::binding
