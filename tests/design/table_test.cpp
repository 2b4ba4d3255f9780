#include <gtest/gtest.h>

#include <cmath>

#include "messages.hpp"
#include "small_model.hpp"

namespace chasm {
namespace {

using testing::expect_says;
using testing::parameter;
using testing::refusal;
using testing::row;

Model table_model() {
  return testing::model_of({parameter("rate", 0, 1, false, "1/week"),
                            parameter("count", 0, 10, true),
                            parameter("delay", 0, 100, false, "weeks")});
}

DesignSpec table_spec(std::vector<std::string> columns, std::vector<std::vector<double>> values) {
  DesignSpec spec = testing::spec_of(DesignMethod::table, 0);
  spec.table = {"posterior.csv", "", std::move(columns), std::move(values)};
  return spec;
}

TEST(TableFutures, GivesItsRowsWithParametersInTheModelsOrder) {
  const Model model = table_model();
  const auto futures =
      make_futures(table_spec({"delay", "rate"}, {{5, 6, 7}, {0.1, 0.2, 0.3}}), model);
  ASSERT_EQ(futures->count(), 3u);
  EXPECT_EQ(std::vector<int>(futures->parameters().begin(), futures->parameters().end()),
            (std::vector<int>{0, 2}));
  EXPECT_EQ(row(*futures, 0), (std::vector<double>{0.1, 5}));
  EXPECT_EQ(row(*futures, 2), (std::vector<double>{0.3, 7}));
  EXPECT_EQ(futures->address(2), 2u);
}

TEST(TableFutures, TakesTheFirstRowsWhereFewerAreAskedFor) {
  const Model model = table_model();
  DesignSpec spec = table_spec({"rate"}, {{0.1, 0.2, 0.3}});
  spec.futures = 2;
  EXPECT_EQ(make_futures(spec, model)->count(), 2u);
  spec.futures = 4;
  expect_says(refusal([&] { make_futures(spec, model); }), {"futures = 4", "posterior.csv", "3"});
}

TEST(TableFutures, OtherParametersAreDrawnBesideIt) {
  const Model model = table_model();
  DesignSpec spec = table_spec({"delay"}, {{5, 6, 7}});
  spec.uncertain = {{0, Distribution::uniform(0, 1)}};
  const auto futures = make_futures(spec, model);
  DesignSpec alone = testing::spec_of(DesignMethod::independent, 3);
  alone.uncertain = spec.uncertain;
  const auto independent = make_futures(alone, model);
  for (uint64_t f = 0; f < 3; ++f)
    EXPECT_EQ(row(*futures, f),
              (std::vector<double>{row(*independent, f)[0], 5.0 + static_cast<double>(f)}));
  spec.uncertain.push_back({2, Distribution::uniform(0, 1)});
  expect_says(refusal([&] { make_futures(spec, model); }),
              {"posterior.csv", "\"delay\"", "also an uncertain parameter"});
}

TEST(TableFutures, RefusesWhatCannotBeUsedAndSaysWhere) {
  const Model model = table_model();
  const auto says = [&](std::vector<std::string> columns, std::vector<std::vector<double>> values) {
    return refusal([&] { make_futures(table_spec(columns, values), model); });
  };
  expect_says(says({"rate"}, {{0.1, 1.2}}),
              {"posterior.csv: row 2, column \"rate\"", "1.2", "0..1 1/week"});
  expect_says(says({"rate"}, {{0.1, std::nan("")}}), {"row 2, column \"rate\"", "not a number"});
  expect_says(says({"rate"}, {{INFINITY}}), {"row 1, column \"rate\""});
  expect_says(says({"count"}, {{3, 2.5}}), {"row 2, column \"count\"", "2.5", "not whole"});
  expect_says(says({"ratte"}, {{0.1}}), {"column \"ratte\"", "not a parameter of small", "rate"});
  expect_says(says({"rate", "rate"}, {{0.1}, {0.2}}), {"column \"rate\"", "twice"});
  expect_says(says({"rate", "count"}, {{0.1, 0.2}, {1}}), {"column \"count\"", "1 rows", "2"});
  expect_says(says({"rate"}, {{}}), {"no rows"});
  expect_says(says({}, {}), {"no columns"});
}

}  // namespace
}  // namespace chasm
