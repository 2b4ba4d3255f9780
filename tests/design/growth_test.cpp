// A future never changes when the study grows, and adding an uncertain parameter moves no other.

#include <gtest/gtest.h>

#include "messages.hpp"
#include "sim/design/address.hpp"
#include "small_model.hpp"

namespace chasm {
namespace {

using testing::expect_says;
using testing::refusal;
using testing::row;
using testing::uniform_spec;

class Growing : public ::testing::TestWithParam<DesignMethod> {};

TEST_P(Growing, MoreFuturesLeaveTheFirstOnesAlone) {
  const Model model = testing::unit_model(4);
  const auto small = make_futures(uniform_spec(GetParam(), 10, model), model);
  const auto large = make_futures(uniform_spec(GetParam(), 1000, model), model);
  for (uint64_t f = 0; f < small->count(); ++f) {
    EXPECT_EQ(row(*small, f), row(*large, f));
    EXPECT_EQ(small->address(f), large->address(f));
  }
}

TEST_P(Growing, RowsCanBeAskedForInAnyOrder) {
  const Model model = testing::unit_model(4);
  const auto futures = make_futures(uniform_spec(GetParam(), 10, model), model);
  const auto in_order = testing::rows(*futures);
  for (uint64_t f = futures->count(); f-- > 0;) EXPECT_EQ(row(*futures, f), in_order[f]);
}

TEST_P(Growing, AnotherSeedGivesOtherRows) {
  const Model model = testing::unit_model(4);
  const auto one = make_futures(uniform_spec(GetParam(), 10, model, 1), model);
  const auto high =
      make_futures(uniform_spec(GetParam(), 10, model, 1 + (uint64_t{1} << 32)), model);
  EXPECT_NE(testing::rows(*one), testing::rows(*high));
}

INSTANTIATE_TEST_SUITE_P(Designs, Growing,
                         ::testing::Values(DesignMethod::independent, DesignMethod::sobol,
                                           DesignMethod::saltelli, DesignMethod::morris));

// The column of one parameter in 20 futures.
std::vector<double> column(const Futures& futures, size_t place) {
  std::vector<double> values;
  for (uint64_t f = 0; f < 20; ++f) values.push_back(row(futures, f)[place]);
  return values;
}

class AddingAParameter : public ::testing::TestWithParam<DesignMethod> {};

TEST_P(AddingAParameter, MovesNoOther) {
  const Model model = testing::unit_model(4);
  DesignSpec spec = testing::spec_of(GetParam(), 20);
  spec.uncertain = {{1, Distribution::normal(0.5, 0.1)}, {3, Distribution::uniform(0, 1)}};
  const auto two = make_futures(spec, model);
  // Appended to the study, but before the others in the model.
  spec.uncertain.push_back({0, Distribution::uniform(0, 1)});
  const auto three = make_futures(spec, model);
  EXPECT_EQ(column(*two, 0), column(*three, 1));
  EXPECT_EQ(column(*two, 1), column(*three, 2));
}

TEST_P(AddingAParameter, DrawsBelongToNamesNotToPlaces) {
  const Model model = testing::unit_model(2);
  Model turned = model;
  std::swap(turned.parameters[0], turned.parameters[1]);
  DesignSpec spec = testing::spec_of(GetParam(), 20);
  spec.uncertain = {{0, Distribution::uniform(0, 1)}, {1, Distribution::uniform(0, 1)}};
  const auto one = make_futures(spec, model);
  spec.uncertain = {{1, Distribution::uniform(0, 1)}, {0, Distribution::uniform(0, 1)}};
  const auto other = make_futures(spec, turned);
  EXPECT_EQ(column(*one, 0), column(*other, 1));
  EXPECT_EQ(column(*one, 1), column(*other, 0));
  EXPECT_NE(column(*one, 0), column(*one, 1));
}

INSTANTIATE_TEST_SUITE_P(Designs, AddingAParameter,
                         ::testing::Values(DesignMethod::independent, DesignMethod::sobol,
                                           DesignMethod::latin_hypercube));

TEST(Futures, WithoutUncertainParametersDifferInLuckAlone) {
  const Model model = testing::unit_model(2);
  const auto futures = make_futures(testing::spec_of(DesignMethod::independent, 500), model);
  EXPECT_EQ(futures->count(), 500u);
  EXPECT_TRUE(futures->parameters().empty());
  EXPECT_EQ(futures->address(499), 499u);
}

TEST(Futures, OfFourThousandMillionAreComputedOnDemand) {
  const Model model = testing::unit_model(2);
  for (const auto method :
       {DesignMethod::independent, DesignMethod::sobol, DesignMethod::latin_hypercube}) {
    const auto futures = make_futures(uniform_spec(method, max_futures, model), model);
    EXPECT_EQ(futures->address(max_futures - 1), 0xffffffffu);
    for (const double u : row(*futures, max_futures - 1)) {
      EXPECT_GT(u, 0);
      EXPECT_LT(u, 1);
    }
  }
}

TEST(Futures, RefuseCountsOutsideTheAddress) {
  const Model model = testing::unit_model(2);
  const auto says = [&](DesignMethod method, uint64_t count) {
    return refusal([&] { make_futures(uniform_spec(method, count, model), model); });
  };
  expect_says(says(DesignMethod::independent, 0), {"futures = 0", "1..4294967296"});
  expect_says(says(DesignMethod::sobol, max_futures + 1), {"4294967297", "32 bits"});
  expect_says(says(DesignMethod::latin_hypercube, max_futures + 1), {"4294967297"});
  // d + 2 = 4 and d + 1 = 3 rows each.
  expect_says(says(DesignMethod::saltelli, (uint64_t{1} << 30) + 1),
              {"base = 1073741825", "1..1073741824"});
  expect_says(says(DesignMethod::morris, 1431655766),
              {"trajectories = 1431655766", "1..1431655765"});
  expect_says(says(DesignMethod::saltelli, UINT64_MAX), {"18446744073709551615"});
  for (const auto method : {DesignMethod::sobol, DesignMethod::latin_hypercube,
                            DesignMethod::saltelli, DesignMethod::morris})
    expect_says(refusal([&] { make_futures(testing::spec_of(method, 8), model); }),
                {std::string(design_name(method)).c_str(), "without uncertain parameters"});
}

TEST(Futures, RefuseParametersThatAreNotThereOrThereTwice) {
  const Model model = testing::unit_model(2);
  DesignSpec spec = uniform_spec(DesignMethod::independent, 5, model);
  spec.uncertain.push_back({1, Distribution::uniform(0, 1)});
  expect_says(refusal([&] { make_futures(spec, model); }), {"\"p1\"", "two distributions"});
  spec.uncertain.back().parameter = 2;
  expect_says(refusal([&] { make_futures(spec, model); }), {"2", "small"});
}

TEST(DesignAddress, NameHashIsFnv1a) {
  // Test vectors of the authors: isthe.com/chongo/src/fnv/test_fnv.c.
  EXPECT_EQ(name_hash(""), 0xcbf29ce484222325u);
  EXPECT_EQ(name_hash("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(name_hash("foobar"), 0x85944171f73967e8u);
}

}  // namespace
}  // namespace chasm
