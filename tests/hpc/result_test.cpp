// Whatever goes into a result file comes out of it, for odd shapes too.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "hpc/hdf5_read.hpp"
#include "hpc/read_result.hpp"
#include "sim/error.hpp"
#include "sim/program.hpp"
#include "sim/random.hpp"
#include "tests/hpc/example_study.hpp"
#include "tests/hpc/scratch_folder.hpp"

namespace chasm {
namespace {

bool same(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : a == b && std::signbit(a) == std::signbit(b);
}

uint64_t expect_worlds(const Study& study, const ResultFile& result, uint64_t arm) {
  const uint64_t pairs = study.pairs();
  std::vector<uint8_t> status(pairs);
  std::vector<uint16_t> failure(pairs);
  result.statuses(arm, {0, pairs}, status);
  result.failures(arm, {0, pairs}, failure);
  uint64_t wrong = 0, failed = 0;
  for (uint64_t pair = 0; pair < pairs; ++pair) {
    const bool is_failed =
        example::is_failed(study, arm, pair / study.replications, pair % study.replications);
    wrong += status[pair] != static_cast<uint8_t>(is_failed ? Status::failed : Status::ok);
    wrong += failure[pair] != (is_failed ? 7 : 0);
    failed += is_failed ? 1 : 0;
  }
  EXPECT_EQ(wrong, 0u) << "status and failure of arm " << arm;
  for (size_t k = 0; k < study.outputs.metrics.size(); ++k) {
    const std::string name =
        study.model->metrics[static_cast<size_t>(study.outputs.metrics[k])].name;
    std::vector<double> column(pairs);
    result.column(name, arm, {0, pairs}, column);
    wrong = 0;
    for (uint64_t pair = 0; pair < pairs; ++pair)
      wrong += same(column[pair], example::metric(study, k, arm, pair / study.replications,
                                                  pair % study.replications))
                   ? 0
                   : 1;
    EXPECT_EQ(wrong, 0u) << name << " of arm " << arm;
  }
  return failed;
}

void expect_series(const Study& study, const ResultFile& result, uint64_t arm) {
  const auto rows = static_cast<uint64_t>(series_rows(study.steps, study.outputs.every));
  for (size_t k = 0; k < study.outputs.series.size(); ++k) {
    const std::string name = study.model->series[static_cast<size_t>(study.outputs.series[k])].name;
    std::vector<float> values(study.pairs() * rows);
    result.series(name, arm, {0, study.pairs()}, values);
    uint64_t wrong = 0;
    for (uint64_t i = 0; i < values.size(); ++i) {
      const uint64_t pair = i / rows;
      wrong += same(values[i], example::series(study, k, arm, pair / study.replications,
                                               pair % study.replications, i % rows))
                   ? 0
                   : 1;
    }
    EXPECT_EQ(wrong, 0u) << name << " of arm " << arm;
  }
}

void expect_histograms(const Study& study, const std::string& path) {
  const Hid file = open_for_reading(path);
  const auto rows = static_cast<uint64_t>(series_rows(study.steps, study.outputs.every));
  for (size_t k = 0; k < 2; ++k) {
    const Metric& scale = study.model->series[k];
    std::vector<int64_t> expected(study.arms.size() * rows * band_bins, 0);
    for (uint64_t a = 0; a < study.arms.size(); ++a)
      for (uint64_t f = 0; f < study.futures->count(); ++f)
        for (uint64_t r = 0; r < study.replications; ++r)
          for (uint64_t row = 0; row < rows && !example::is_failed(study, a, f, r); ++row)
            ++expected[(a * rows + row) * band_bins +
                       static_cast<uint64_t>(
                           band_bin(scale, example::series(study, k, a, f, r, row)))];
    const HdfVariable counts = open_variable(file, std::string(scale.name) + "_histogram");
    ASSERT_EQ(counts.shape, (std::vector<uint64_t>{study.arms.size(), rows, band_bins}));
    ASSERT_EQ(counts.dimensions, (std::vector<std::string>{"arm", "time", "bin"}));
    ASSERT_EQ(counts.type, "i64");
    std::vector<int64_t> found(expected.size());
    read_slab(counts, {0, 0, 0}, counts.shape, found.data());
    EXPECT_EQ(found, expected) << scale.name;

    const HdfVariable edges = open_variable(file, std::string(scale.name) + "_bin_edges");
    std::vector<double> limits(band_bins + 1);
    read_slab(edges, {0}, {band_bins + 1}, limits.data());
    EXPECT_EQ(limits.front(), scale.low);
    EXPECT_EQ(limits.back(), scale.high);
    // A value in the middle of bin 20 is counted in bin 20.
    EXPECT_EQ(band_bin(scale, static_cast<float>((limits[20] + limits[21]) / 2)), 20);
  }
}

void expect_totals(const Study& study, const ResultFile& result) {
  const std::vector<Total> totals = kept_totals(study);
  for (size_t k = 0; k < totals.size(); ++k) {
    const auto cells = static_cast<uint64_t>(totals[k].cells());
    std::vector<int64_t> expected(study.arms.size() * cells), found(cells);
    for (uint64_t a = 0; a < study.arms.size(); ++a)
      for (uint64_t f = 0; f < study.futures->count(); ++f)
        for (uint64_t r = 0; r < study.replications; ++r) {
          const example::Addend now = example::addend(study, k, a, f, r);
          expected[a * cells + now.cell] += now.value;
        }
    uint64_t wrong = 0;
    for (uint64_t a = 0; a < study.arms.size(); ++a) {
      result.total(totals[k].name, a, found);
      wrong +=
          std::equal(found.begin(), found.end(), expected.begin() + static_cast<long>(a * cells))
              ? 0
              : 1;
    }
    EXPECT_EQ(wrong, 0u) << totals[k].name;
  }
}

class Shapes : public testing::TestWithParam<example::Options> {
 protected:
  Study study_ = example::study(GetParam());
  ScratchFolder folder_;
  std::string path_ = folder_ / "result.h5";
};

TEST_P(Shapes, EveryValueComesBack) {
  const FinishReport report = example::write(study_, path_);
  const ResultFile result(path_);
  const ResultInfo& info = result.info();
  EXPECT_EQ(info.futures, study_.futures->count());
  EXPECT_EQ(info.replications, study_.replications);
  ASSERT_EQ(info.arms.size(), study_.arms.size());
  uint64_t failed = 0;
  for (uint64_t arm = 0; arm < study_.arms.size(); ++arm) {
    failed += expect_worlds(study_, result, arm);
    if (study_.outputs.keep == Keep::full) expect_series(study_, result, arm);
  }
  if (study_.outputs.keep == Keep::bands) expect_histograms(study_, path_);
  expect_totals(study_, result);
  EXPECT_EQ(info.failed_worlds, failed);
  EXPECT_EQ(report.failed, failed);
  EXPECT_EQ(report.worlds, study_.worlds());
  EXPECT_EQ(report.content_digest, info.content_digest);
  EXPECT_EQ(result.recompute_digest(), info.content_digest);
}

constexpr example::Options shape(int arms, uint64_t futures, uint32_t replications, Keep keep,
                                 int steps = 6) {
  return {.arms = arms,
          .futures = futures,
          .replications = replications,
          .steps = steps,
          .every = 2,
          .keep = keep,
          .uncertain = futures > 1,
          .dated = arms != 1,
          .totals = true,
          .seed = 5};
}

INSTANTIATE_TEST_SUITE_P(
    Result, Shapes,
    testing::Values(
        shape(1, 1, 1, Keep::none), shape(1, 1, 1, Keep::full), shape(1, 1, 1, Keep::bands),
        shape(1, 7, 3, Keep::full), shape(3, 7, 4, Keep::bands), shape(5, 1, 9, Keep::full),
        // Several chunks: whole futures, part of one future, and more arms than one chunk takes.
        shape(2, 70001, 1, Keep::none), shape(3, 3, 40000, Keep::none),
        shape(2, 5, 999, Keep::full, 200), shape(70000, 2, 1, Keep::none),
        shape(3, 2, 2, Keep::full, 65534)));

TEST(Result, TellsWhatTheStudyWas) {
  const ScratchFolder folder;
  const Study study = example::study();
  example::write(study, folder / "r.h5");
  const ResultFile result(folder / "r.h5");
  const ResultInfo& info = result.info();
  EXPECT_EQ(info.format_version, 1);
  EXPECT_EQ(info.title, "Ein Beispiel für alles");
  EXPECT_EQ(info.question, "Does every value arrive where it belongs?");
  EXPECT_EQ(info.model, "example");
  EXPECT_EQ(info.model_version, 3);
  EXPECT_EQ(info.seed, study.seed);
  EXPECT_EQ(info.random_address_version, random_address_version);
  EXPECT_EQ(info.code, example::code());
  EXPECT_EQ(info.steps, 6);
  EXPECT_EQ(info.start, "2026-01-05");
  EXPECT_EQ(info.design, "saltelli");
  EXPECT_EQ(info.study, study.text);
  EXPECT_EQ(info.arms, (std::vector<std::string>{"nothing", "train them", "Überall, 2"}));
  ASSERT_EQ(info.tables.size(), 1u);
  EXPECT_EQ(info.tables[0].first, "network.edges");
  EXPECT_EQ(info.tables[0].second, std::string(64, 'a'));
  EXPECT_EQ(info.worlds(), 84u);
}

TEST(Result, SeedsOfAllBitsSurvive) {
  const ScratchFolder folder;
  const Study study = example::study({.seed = 0xfedcba9876543210u});
  example::write(study, folder / "r.h5");
  EXPECT_EQ(ResultFile(folder / "r.h5").info().seed, 0xfedcba9876543210u);
}

std::vector<double> numbers(const std::string& path, const std::string& name) {
  const Hid file = open_for_reading(path);
  const HdfVariable variable = open_variable(file, name);
  std::vector<double> values(std::accumulate(variable.shape.begin(), variable.shape.end(),
                                             uint64_t{1}, std::multiplies<>()));
  EXPECT_EQ(variable.type, "f64") << name;
  read_slab(variable, std::vector<uint64_t>(variable.shape.size(), 0), variable.shape,
            values.data());
  return values;
}

TEST(Result, ParametersAndLeversAreThereByFutureAndByArm) {
  const ScratchFolder folder;
  const std::string path = folder / "r.h5";
  const Study study = example::study();
  example::write(study, path);
  const auto rate = numbers(path, "parameter_learning_rate");
  const auto cost = numbers(path, "parameter_cost_platform");
  ASSERT_EQ(rate.size(), 7u);
  for (uint64_t f = 0; f < 7; ++f) {
    EXPECT_EQ(rate[f], example::draw(0, f));
    EXPECT_EQ(cost[f], example::draw(1, f));
  }
  // Only arm 2 sets the cost, which futures draw; arms 1 and 2 set the people, who are 40 otherwise.
  const auto replaced = numbers(path, "parameter_cost_platform_set");
  EXPECT_TRUE(std::isnan(replaced[0]) && std::isnan(replaced[1]));
  EXPECT_EQ(replaced[2], 123.5);
  EXPECT_EQ(numbers(path, "parameter_people"), (std::vector<double>{40, 41, 42}));
  EXPECT_EQ(numbers(path, "lever_strength"), (std::vector<double>{0, 0, 0.5, 0, 1, 0}));
  EXPECT_EQ(numbers(path, "lever_start"), (std::vector<double>{0, 0, 4, 0, 4, 2}));
  EXPECT_EQ(numbers(path, "lever_ramp"), (std::vector<double>{26, 13, 26, 13, 26, 9}));
  const auto until = numbers(path, "lever_until");
  EXPECT_TRUE(std::isinf(until[0]));
  EXPECT_EQ(until[2], 30);
  EXPECT_EQ(numbers(path, "parameters/value"), (std::vector<double>{0.25, 2, 1500, 40}));

  const Hid file = open_for_reading(path);
  std::vector<uint8_t> conditional(6);
  read_slab(open_variable(file, "lever_conditional"), {0, 0}, {3, 2}, conditional.data());
  EXPECT_EQ(conditional, (std::vector<uint8_t>{0, 0, 0, 0, 0, 1}));
  std::vector<uint32_t> luck(7);
  read_slab(open_variable(file, "random_future"), {0}, {7}, luck.data());
  EXPECT_EQ(luck, (std::vector<uint32_t>{0, 0, 1, 1, 2, 2, 3}));
  const auto texts = [&](const char* name) { return read_texts(open_variable(file, name), 100); };
  EXPECT_EQ(texts("parameters/varies"),
            (std::vector<std::string>{"future", "no", "arm and future", "arm"}));
  EXPECT_EQ(texts("parameters/variable"),
            (std::vector<std::string>{"parameter_learning_rate", "-", "parameter_cost_platform",
                                      "parameter_people"}));
  EXPECT_EQ(texts("parameters/grade"), (std::vector<std::string>{"A", "D", "C", "B"}));
  EXPECT_EQ(texts("provenance/decision"), (std::vector<std::string>{"hire", "adopt", "leave"}));
  EXPECT_EQ(texts("provenance/choice_value"), (std::vector<std::string>{"random"}));
}

TEST(Result, TotalsHaveTheirAxes) {
  const ScratchFolder folder;
  const Study study = example::study();
  example::write(study, folder / "r.h5");
  const ResultFile result(folder / "r.h5");
  std::vector<std::pair<std::string, std::vector<std::string>>> found;
  for (const ResultVariable& v : result.variables())
    if (v.kind == VariableKind::total) found.emplace_back(v.meaning_of, v.dimensions);
  using Axes = std::vector<std::string>;
  const std::vector<std::pair<std::string, Axes>> expected{{"lost", {"arm", "month", "cause"}},
                                                           {"lost.to", {"arm", "cause", "cause_2"}},
                                                           {"training", {"arm", "lever_2"}}};
  EXPECT_EQ(found, expected);
  const Hid file = open_for_reading(folder / "r.h5");
  for (const char* axis : {"cause", "cause_2"})
    EXPECT_EQ(read_texts(open_variable(file, axis), 3), (Axes{"drift", "Verzögerung", "silos"}));
  const HdfVariable month = open_variable(file, "month");
  EXPECT_EQ(month.type, "i32");
  std::vector<int32_t> months(2);
  read_slab(month, {0}, {2}, months.data());
  EXPECT_EQ(months, (std::vector<int32_t>{0, 1}));
  std::vector<int64_t> cells(9);
  EXPECT_THROW(result.total("lost", 0, cells), InputError);
  EXPECT_THROW(result.total("lost.to", 3, cells), InputError);
  EXPECT_THROW(result.total("last", 0, cells), InputError);
}

TEST(Result, SumsBeyond64BitsAreNotWritten) {
  const ScratchFolder folder;
  const Study study = example::study();
  const Partition parts = partition(study, 12);
  example::Source source(study, parts);
  source.change = [](BlockResult& block) {
    block.totals[0][0] = std::numeric_limits<int64_t>::max() / 2;
  };
  EXPECT_THROW(finish(study, parts, source, folder / "r.h5",
                      {.code = example::code(), .replace = true, .progress = {}}),
               SystemError);
}

TEST(Result, NamesThatCollideAreToldApart) {
  const ScratchFolder folder;
  const Study study = example::study();
  example::write(study, folder / "r.h5");
  const ResultFile result(folder / "r.h5");
  const auto kind_of = [&](const std::string& name) {
    for (const ResultVariable& v : result.variables())
      if (v.name == name) return std::pair(v.kind, v.meaning_of);
    return std::pair(VariableKind::other, std::string("missing"));
  };
  EXPECT_EQ(kind_of("status"), std::pair(VariableKind::other, std::string()));
  EXPECT_EQ(kind_of("status_2"), std::pair(VariableKind::metric, std::string("status")));
  EXPECT_EQ(kind_of("adopters"), std::pair(VariableKind::metric, std::string("adopters")));
  EXPECT_EQ(kind_of("adopters_histogram"),
            std::pair(VariableKind::histogram, std::string("adopters")));
  EXPECT_TRUE(same(result.metric("status", 1, 2, 3), example::metric(study, 2, 1, 2, 3)));
}

TEST(Result, ParametersSpelledAlikeGetNamesOfTheirOwn) {
  const ScratchFolder folder;
  Study study = example::study();
  study.arms[1].parameters.emplace_back(1, 5.0);  // "learning_rate" beside "learning.rate"
  example::write(study, folder / "r.h5");
  EXPECT_EQ(numbers(folder / "r.h5", "parameter_learning_rate").size(), 7u);
  EXPECT_EQ(numbers(folder / "r.h5", "parameter_learning_rate_2"), (std::vector<double>{2, 5, 2}));
}

TEST(Result, PartsOfColumnsAreReadFromAnyPair) {
  const ScratchFolder folder;
  const Study study = example::study({.arms = 2, .futures = 5, .replications = 3});
  example::write(study, folder / "r.h5");
  const ResultFile result(folder / "r.h5");
  std::vector<double> whole(15);
  result.column("value", 1, {0, 15}, whole);
  for (uint64_t first = 0; first <= 15; ++first) {
    for (uint64_t count = 0; first + count <= 15; ++count) {
      std::vector<double> part(count);
      result.column("value", 1, {first, count}, part);
      for (uint64_t i = 0; i < count; ++i)
        EXPECT_TRUE(same(part[i], whole[first + i])) << first << " " << count << " " << i;
    }
  }
  EXPECT_TRUE(same(result.metric("value", 1, 3, 2), whole[11]));
  EXPECT_EQ(result.status(1, 3, 2) == Status::failed, example::is_failed(study, 1, 3, 2));
}

TEST(Result, AsksThatMakeNoSenseAreRefused) {
  const ScratchFolder folder;
  example::write(example::study(), folder / "r.h5");
  const ResultFile result(folder / "r.h5");
  std::vector<double> values(28);
  EXPECT_THROW(result.column("value", 3, {0, 28}, values), InputError);
  EXPECT_THROW(result.column("value", 0, {1, 28}, values), InputError);
  EXPECT_THROW(result.column("value", 0, {~uint64_t{0}, 28}, values), InputError);
  try {
    result.column("valeu", 0, {0, 28}, values);
    FAIL() << "an unknown metric was read";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("value, adopters, status, payback"), std::string::npos)
        << error.what();
  }
  std::vector<float> floats(4);
  EXPECT_THROW(result.series("adopters", 0, {0, 1}, floats), InputError);
}

TEST(Result, OneKindOfNotANumber) {
  const ScratchFolder folder;
  const Study study = example::study();
  const Partition parts = partition(study, 12);
  const auto digest_with = [&](double nan) {
    example::Source source(study, parts);
    source.change = [&](BlockResult& block) {
      for (auto& metric : block.metrics)
        for (double& value : metric)
          if (std::isnan(value)) value = nan;
    };
    return finish(study, parts, source, folder / "r.h5",
                  {.code = example::code(), .replace = true, .progress = {}})
        .content_digest;
  };
  EXPECT_EQ(digest_with(std::nan("1")), digest_with(-std::nan("12345")));
}

TEST(Result, EstimateIsCloseWhereNothingIsCompressed) {
  const ScratchFolder folder;
  const Study study =
      example::study({.arms = 4, .futures = 100000, .replications = 1, .keep = Keep::none});
  const FinishReport report = example::write(study, folder / "r.h5");
  const auto estimate = static_cast<double>(estimate_result_bytes(study));
  EXPECT_NEAR(estimate / static_cast<double>(report.bytes), 1.0, 0.05);
}

}  // namespace
}  // namespace chasm
