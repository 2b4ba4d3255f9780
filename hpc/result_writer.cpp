#include "hpc/result_writer.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <numeric>

#include "hpc/digest.hpp"
#include "hpc/read_result.hpp"
#include "hpc/result_tables.hpp"
#include "sim/model_of.hpp"
#include "sim/random.hpp"

namespace chasm {

namespace {

constexpr uint64_t edges = band_bins + 1;

// One kind of "not a number" in files, whatever a compiler made of it.
template <class T>
void convert(const std::vector<double>& from, std::vector<T>& to) {
  constexpr T nan = std::numeric_limits<T>::quiet_NaN();
  to.resize(from.size());
  for (size_t i = 0; i < from.size(); ++i) {
    const T value = static_cast<T>(from[i]);
    to[i] = value == value ? value : nan;
  }
}

void describe(NcVariable& variable, const Study& study, const Metric& metric) {
  variable.attribute("units", unit_text(study, metric.unit));
  variable.attribute("long_name", metric.meaning);
  variable.attribute("group", metric.group);
  variable.attribute("scale_low", metric.low);
  variable.attribute("scale_high", metric.high);
}

// One word for a list of words: everything but letters and digits becomes one underscore.
std::string flag(std::string_view meaning) {
  std::string word;
  for (const char c : meaning) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || (!word.empty() && word.back() != '_')) word += plain ? c : '_';
  }
  return word;
}

// Writes a coordinate 0, 1, 2... A ramp is the one thing here that deflates to almost nothing.
template <class T>
NcDimension count_up(NcGroup& group, const std::string& name, uint64_t size,
                     const char* long_name) {
  constexpr NcType type = NcTypeOf<T>::value;
  const uint64_t chunk = FutureColumn<T>::chunk(size);
  auto [dimension, variable] =
      group.coordinate(name, size, type, {.chunk = {chunk}, .deflate = true, .fill = false});
  variable.attribute("long_name", long_name);
  FutureColumn<T> column(std::move(variable), chunk);
  for (uint64_t i = 0; i < size; ++i) column.add(static_cast<T>(i));
  column.finish();
  return std::move(dimension);
}

// "month, cause"
std::string axes_in_words(const Total& total) {
  std::string text;
  for (int i = 0; i < total.axis_count(); ++i)
    text += (i == 0 ? "" : ", ") + std::string(total.axes[i].name);
  return text;
}

// As many of the last axes as fit a chunk, whole.
std::vector<uint64_t> total_chunk(const std::vector<NcDimension>& axes) {
  std::vector<uint64_t> chunk(axes.size());
  uint64_t room = chunk_bytes / sizeof(int64_t);
  for (size_t i = axes.size(); i-- > 0;) {
    chunk[i] = std::clamp<uint64_t>(room, 1, axes[i].size);
    room /= chunk[i];
  }
  return chunk;
}

}  // namespace

ResultWriter::ResultWriter(const Study& study, const Partition& partition, const CodeIdentity& code,
                           const std::string& path)
    : study_(study),
      partition_(partition),
      names_(result_names(study)),
      file_(path),
      totals_(kept_totals(study)) {
  const Model& model = *study.model;
  NcGroup& root = file_.root();
  root.attribute("Conventions", "CF-1.10");
  root.attribute("title", study.title);
  root.attribute("question", study.question);
  root.attribute("source", std::string(model.name) + " version " + std::to_string(model.version));
  root.attribute("references", model.source);
  root.attribute("filetype", "chasm-result");
  root.attribute("chasm_format_version", result_format_version);
  root.attribute("model", model.name);
  root.attribute("model_title", model.title);
  root.attribute("model_version", model.version);
  root.attribute("seed", study.seed);
  root.attribute("random_address_version", random_address_version);
  root.attribute("design", study.design);
  root.attribute("steps", study.steps);
  root.attribute("step", model.step);
  root.attribute("days_per_step", model.days_per_step);
  root.attribute("start", study.start);
  if (uses_currency(model)) root.attribute("currency", study.currency);
  if (study.price_year > 0) root.attribute("price_year", study.price_year);
  root.attribute("code_version", code.version);
  root.attribute("code_commit", code.commit);
  write_axes();
  write_metrics();
  write_series();
  write_arms();
  write_futures();
  write_total_axes();
  write_parameter_table(root, study, names_);
  write_provenance(root, study);
}

ResultWriter::~ResultWriter() = default;

uint64_t ResultWriter::rows() const {
  return static_cast<uint64_t>(series_rows(study_.steps, study_.outputs.every));
}

void ResultWriter::write_axes() {
  NcGroup& root = file_.root();
  std::vector<std::string> arms;
  for (const Arm& arm : study_.arms) arms.push_back(arm.name);
  arm_ = root.coordinate("arm", arms, "what one decides; the first arm is the baseline");
  const uint64_t futures = study_.futures->count();
  constexpr const char* what = "what one does not know: a draw of every uncertain parameter";
  if (!study_.outputs.worlds) {
    // As many as there are worlds, perhaps: nothing is kept that grows with them.
    future_ = root.dimension("future", futures);
    replication_ = root.dimension("replication", study_.replications);
  } else {
    const bool small = futures <= static_cast<uint64_t>(std::numeric_limits<int32_t>::max());
    future_ = small ? count_up<int32_t>(root, "future", futures, what)
                    : count_up<int64_t>(root, "future", futures, what);
    replication_ =
        count_up<int32_t>(root, "replication", study_.replications, "luck inside a future");
  }
  if (study_.outputs.keep == Keep::none || study_.outputs.series.empty()) return;

  const Model& model = *study_.model;
  std::vector<int32_t> steps(rows());
  for (size_t row = 0; row < steps.size(); ++row)
    steps[row] = static_cast<int32_t>(row) * study_.outputs.every;
  const bool dated = model.days_per_step > 0 && !study_.start.empty();
  auto [time, values] = root.coordinate("time", rows(), dated ? NcType::f64 : NcType::i32);
  time_ = std::move(time);
  if (dated) {
    std::vector<double> days;
    for (const int32_t step : steps) days.push_back(step * model.days_per_step);
    values.attribute("units", "days since " + study_.start);
    values.attribute("calendar", "standard");
    values.attribute("standard_name", "time");
    values.write(days.data());
  } else {
    values.attribute("units", "1");
    values.write(steps.data());
  }
  values.attribute("long_name", dated ? "time" : std::string(model.step) + "s since the start");
  NcVariable step = root.variable("step", time_, steps);
  step.attribute("units", "1");
  step.attribute("long_name", std::string(model.step) + "s since the start");
  if (study_.outputs.keep == Keep::bands) {
    bin_ = root.dimension("bin", band_bins);
    bin_edge_ = root.dimension("bin_edge", edges);
  }
}

void ResultWriter::write_metrics() {
  if (!study_.outputs.worlds) return;
  NcGroup& root = file_.root();
  const std::vector<NcDimension> axes = {arm_, future_, replication_};
  NcVariable& status = status_.emplace_back(root, "status", NcType::u8, axes).variable();
  status.attribute("long_name", "what became of a world");
  const uint8_t codes[] = {0, 1, 2};
  status.attribute("flag_values", std::span<const uint8_t>(codes));
  status.attribute("flag_meanings", "not_run ok failed");

  NcVariable& failure = failure_.emplace_back(root, "failure", NcType::u16, axes).variable();
  failure.attribute("long_name", "why a world failed");
  std::vector<uint16_t> numbers = {0};
  std::string meanings = "none";
  const auto reason = [&](const FailureReason& r) {
    numbers.push_back(r.number);
    meanings.append(" ").append(flag(r.meaning));
  };
  for (const FailureReason& r : study_.model->failures) reason(r);
  reason(not_finite);
  failure.attribute("flag_values", std::span<const uint16_t>(numbers));
  failure.attribute("flag_meanings", meanings);

  for (size_t k = 0; k < names_.metrics.size(); ++k) {
    const Metric& metric = study_.model->metrics[static_cast<size_t>(study_.outputs.metrics[k])];
    const NcType type = metric.storage == Storage::f64 ? NcType::f64 : NcType::f32;
    NcVariable& variable = metrics_
                               .emplace_back(root, names_.metrics[k], type, axes,
                                             NcLayout{.chunk = {}, .deflate = false, .fill = true})
                               .variable();
    describe(variable, study_, metric);
    variable.attribute("metric", metric.name);
    if (metric.may_be_absent)
      variable.attribute("comment", "NaN also where a world has no such value");
  }
}

void ResultWriter::write_series() {
  NcGroup& root = file_.root();
  const Outputs& outputs = study_.outputs;
  if (outputs.keep != Keep::full) return;
  for (size_t k = 0; k < names_.series.size(); ++k) {
    const Metric& series = study_.model->series[static_cast<size_t>(outputs.series[k])];
    NcVariable& variable =
        series_
            .emplace_back(root, names_.series[k], NcType::f32,
                          std::vector<NcDimension>{arm_, future_, replication_, time_},
                          NcLayout{.chunk = {}, .deflate = true, .fill = true})
            .variable();
    describe(variable, study_, series);
    variable.attribute("series", series.name);
    variable.attribute("coordinates", "step");
  }
}

void ResultWriter::write_histograms() {
  NcGroup& root = file_.root();
  if (study_.outputs.keep != Keep::bands) return;
  const uint64_t arms = study_.arms.size();
  for (size_t k = 0; k < names_.series.size(); ++k) {
    const Metric& series = study_.model->series[static_cast<size_t>(study_.outputs.series[k])];
    std::vector<double> limits(edges);
    const double width = (series.high - series.low) / band_bins;
    for (uint64_t i = 0; i < edges; ++i) limits[i] = series.low + width * static_cast<double>(i);
    NcVariable edge = root.variable(names_.bin_edges[k], bin_edge_, limits);
    edge.attribute("units", unit_text(study_, series.unit));
    edge.attribute("long_name",
                   "limits of the bins; the outer two bins also hold what lies beyond");

    constexpr uint64_t bins_per_chunk = chunk_bytes / sizeof(int64_t) / band_bins;
    const uint64_t chunk_rows = std::min(rows(), bins_per_chunk);
    const uint64_t chunk_arms = std::clamp<uint64_t>(bins_per_chunk / chunk_rows, 1, arms);
    NcVariable counts = root.variable(
        names_.series[k], NcType::i64, {arm_, time_, bin_},
        {.chunk = {chunk_arms, chunk_rows, band_bins}, .deflate = true, .fill = false});
    counts.attribute("units", "1");
    counts.attribute("long_name", std::string("worlds by value of: ") + series.meaning);
    counts.attribute("series", series.name);
    counts.attribute("bin_edges", names_.bin_edges[k]);
    counts.attribute("bin_width", width);
    counts.attribute("bin_units", unit_text(study_, series.unit));
    counts.attribute("coordinates", "step");
    counts.write(histograms_[k].data());
  }
}

void ResultWriter::write_total_axes() {
  NcGroup& root = file_.root();
  for (const ResultNames::Axis& each : names_.axes) {
    const auto cells = static_cast<size_t>(each.axis.size);
    if (each.axis.labels != nullptr) {
      const std::vector<std::string> labels(each.axis.labels, each.axis.labels + cells);
      total_axes_.push_back(root.coordinate(each.name, labels, "axis of totals"));
      continue;
    }
    std::vector<int32_t> numbers(cells);
    std::iota(numbers.begin(), numbers.end(), 0);
    auto [dimension, variable] = root.coordinate(each.name, cells, NcType::i32);
    variable.attribute("units", "1");
    variable.attribute("long_name", "axis of totals");
    variable.write(numbers.data());
    total_axes_.push_back(std::move(dimension));
  }
}

void ResultWriter::write_totals() {
  NcGroup& root = file_.root();
  for (size_t k = 0; k < totals_.size(); ++k) {
    const Total& total = totals_[k];
    std::vector<NcDimension> axes = {arm_};
    for (const size_t axis : names_.axes_of_totals[k]) axes.push_back(total_axes_[axis]);
    NcVariable variable =
        root.variable(names_.totals[k], NcType::i64, axes,
                      {.chunk = total_chunk(axes), .deflate = true, .fill = false});
    variable.attribute("units", unit_text(study_, total.unit));
    variable.attribute("long_name", total.meaning);
    variable.attribute("total", total.name);
    variable.attribute("axes", axes_in_words(total));
    variable.attribute("comment", "summed over the worlds of the arm that did not fail");
    variable.write(sums_[k].data());
  }
}

void ResultWriter::write_arms() {
  NcGroup& root = file_.root();
  const Model& model = *study_.model;
  const std::vector<Varies> varies = what_varies(study_);
  for (size_t p = 0; p < varies.size(); ++p) {
    if (varies[p] != Varies::arm && varies[p] != Varies::arm_and_future) continue;
    const bool replaces = varies[p] == Varies::arm_and_future;
    std::vector<double> values(
        study_.arms.size(), replaces ? std::numeric_limits<double>::quiet_NaN() : study_.base[p]);
    for (size_t a = 0; a < values.size(); ++a)
      for (const auto& [parameter, value] : study_.arms[a].parameters)
        if (static_cast<size_t>(parameter) == p) values[a] = value;
    const Parameter& parameter = model.parameters[p];
    NcVariable variable =
        root.variable(replaces ? names_.arm_values[p] : names_.parameters[p], arm_, values,
                      {.chunk = {}, .deflate = false, .fill = true});
    variable.attribute("units", unit_text(study_, parameter.unit));
    variable.attribute("long_name", parameter.meaning);
    variable.attribute("parameter", parameter.name);
    if (replaces) variable.attribute("comment", "replaces the future's draw; NaN leaves it");
  }
  if (model.levers.empty()) return;

  std::vector<std::string> names;
  for (const Lever& lever : model.levers) names.emplace_back(lever.name);
  const NcDimension lever = root.coordinate("lever", names, "what one can do");
  std::vector<double> strength, start, until, ramp;
  std::vector<uint8_t> conditional;
  for (const Arm& arm : study_.arms) {
    for (size_t i = 0; i < names.size(); ++i) {
      const LeverSetting setting = i < arm.levers.size() ? arm.levers[i] : LeverSetting{};
      strength.push_back(setting.strength);
      start.push_back(setting.start);
      until.push_back(setting.until);
      ramp.push_back(setting.ramp > 0 ? setting.ramp : model.levers[i].ramp);
      conditional.push_back(setting.when.series >= 0);
    }
  }
  const auto write = [&](const char* name, const auto& values, const char* units,
                         const char* meaning) {
    using T = typename std::remove_cvref_t<decltype(values)>::value_type;
    NcVariable variable = root.variable(name, NcTypeOf<T>::value, {arm_, lever});
    variable.attribute("units", units);
    variable.attribute("long_name", meaning);
    variable.write(values.data());
  };
  write("lever_strength", strength, "1", "how much of a lever is used");
  write("lever_start", start, "1", "step at which a lever begins");
  write("lever_until", until, "1", "step at which a lever stops and begins to decay");
  write("lever_ramp", ramp, "1", "steps to 1 - 1/e of its strength");
  if (std::count(conditional.begin(), conditional.end(), 1) > 0)
    write("lever_conditional", conditional, "1",
          "1 where a lever begins only in worlds in which the study's condition holds then");
}

void ResultWriter::write_futures() {
  NcGroup& root = file_.root();
  const Futures& futures = *study_.futures;
  const uint64_t count = futures.count();
  bool shared_luck = false;
  for (uint64_t f = 0; f < count && !shared_luck && study_.outputs.worlds; ++f)
    shared_luck = futures.address(f) != f;
  if (shared_luck) {
    const uint64_t chunk = FutureColumn<uint32_t>::chunk(count);
    FutureColumn<uint32_t> column(root.variable("random_future", NcType::u32, {future_},
                                                {.chunk = {chunk}, .deflate = true, .fill = false}),
                                  chunk);
    column.variable().attribute("long_name", "futures that share this number share their luck");
    for (uint64_t f = 0; f < count; ++f) column.add(futures.address(f));
    column.finish();
  }

  const auto uncertain = futures.parameters();
  if (uncertain.empty() || !study_.outputs.worlds) return;
  const uint64_t chunk = FutureColumn<double>::chunk(count);
  std::deque<FutureColumn<double>> columns;
  for (const int p : uncertain) {
    const Parameter& parameter = study_.model->parameters[static_cast<size_t>(p)];
    FutureColumn<double>& column = columns.emplace_back(
        root.variable(names_.parameters[static_cast<size_t>(p)], NcType::f64, {future_},
                      {.chunk = {chunk}, .deflate = false, .fill = true}),
        chunk);
    column.variable().attribute("units", unit_text(study_, parameter.unit));
    column.variable().attribute("long_name", parameter.meaning);
    column.variable().attribute("parameter", parameter.name);
  }
  std::vector<double> row(uncertain.size());
  for (uint64_t f = 0; f < count; ++f) {
    futures.draw(f, row);
    for (size_t i = 0; i < row.size(); ++i) columns[i].add(row[i]);
  }
  for (FutureColumn<double>& column : columns) column.finish();
}

bool ResultWriter::totals_fit(const BlockResult& block) const {
  if (block.totals.size() != totals_.size()) return false;
  for (size_t k = 0; k < totals_.size(); ++k)
    if (block.totals[k].size() != study_.arms.size() * static_cast<uint64_t>(totals_[k].cells()))
      return false;
  return true;
}

void ResultWriter::check(const BlockResult& block) const {
  const uint64_t worlds = partition_.worlds_in(next_block_);
  const Outputs& outputs = study_.outputs;
  const auto all = [](const auto& columns, size_t count, uint64_t size) {
    return columns.size() == count &&
           std::all_of(columns.begin(), columns.end(),
                       [&](const auto& column) { return column.size() == size; });
  };
  const size_t full = outputs.keep == Keep::full ? outputs.series.size() : 0;
  const size_t bands = outputs.keep == Keep::bands ? outputs.series.size() : 0;
  const bool worlds_fit =
      outputs.worlds ? block.status.size() == worlds && block.failure.size() == worlds &&
                           all(block.metrics, outputs.metrics.size(), worlds)
                     : block.sketches.size() == outputs.metrics.size() * study_.arms.size();
  if (block.block == next_block_ && worlds_fit && all(block.series, full, worlds * rows()) &&
      all(block.bands, bands, study_.arms.size() * rows() * band_bins) && totals_fit(block))
    return;
  throw SystemError("block " + std::to_string(next_block_) +
                    " of the study does not fit its place (it is block " +
                    std::to_string(block.block) + " or of another shape) run the study again");
}

void ResultWriter::add(const BlockResult& block) {
  check(block);
  const uint64_t pairs = partition_.pairs_in(next_block_++);
  if (study_.outputs.worlds)
    add_worlds(block, pairs);
  else
    sketches_.add(block);
  for (size_t k = 0; k < series_.size(); ++k) {
    floats_ = block.series[k];
    for (float& value : floats_)
      if (value != value) value = std::numeric_limits<float>::quiet_NaN();
    series_[k].add(floats_.data(), pairs);
  }
  add_sums(block);
}

void ResultWriter::add_worlds(const BlockResult& block, uint64_t pairs) {
  status_[0].add(block.status.data(), pairs);
  failure_[0].add(block.failure.data(), pairs);
  failed_ += static_cast<uint64_t>(
      std::count(block.status.begin(), block.status.end(), static_cast<uint8_t>(Status::failed)));
  for (size_t k = 0; k < metrics_.size(); ++k) {
    const auto metric = static_cast<size_t>(study_.outputs.metrics[k]);
    if (study_.model->metrics[metric].storage == Storage::f64) {
      convert(block.metrics[k], doubles_);
      metrics_[k].add(doubles_.data(), pairs);
    } else {
      convert(block.metrics[k], floats_);
      metrics_[k].add(floats_.data(), pairs);
    }
  }
}

void ResultWriter::add_sums(const BlockResult& block) {
  histograms_.resize(block.bands.size());
  for (size_t k = 0; k < block.bands.size(); ++k) {
    histograms_[k].resize(block.bands[k].size());
    std::transform(block.bands[k].begin(), block.bands[k].end(), histograms_[k].begin(),
                   histograms_[k].begin(), [](uint32_t a, int64_t b) { return a + b; });
  }
  sums_.resize(totals_.size());
  for (size_t k = 0; k < totals_.size(); ++k) {
    sums_[k].resize(block.totals[k].size());
    for (size_t i = 0; i < sums_[k].size(); ++i)
      if (__builtin_add_overflow(sums_[k][i], block.totals[k][i], &sums_[k][i]))
        throw SystemError(std::string("the total '") + totals_[k].name +
                          "' is beyond 64 bits (so many worlds add up to more) leave it out of "
                          "outputs.totals, or run fewer worlds");
  }
}

std::string ResultWriter::close() {
  for (auto* columns : {&status_, &failure_, &metrics_, &series_}) {
    for (WorldColumn& column : *columns) column.finish();
    columns->clear();
  }
  write_histograms();
  write_totals();
  NcGroup& root = file_.root();
  if (!study_.outputs.worlds) {
    sketches_.write(root, arm_, study_, names_);
    failed_ = sketches_.failed(study_);
  }
  root.attribute("failed_worlds", static_cast<int64_t>(failed_));
  const std::string digest = read_manifest(file_.id(), file_.digests()).digest();
  root.attribute("content_digest", digest);
  for (NcDimension* dimension : {&arm_, &future_, &replication_, &time_, &bin_, &bin_edge_})
    dimension->scale.reset();
  total_axes_.clear();
  file_.close();
  return digest;
}

}  // namespace chasm
