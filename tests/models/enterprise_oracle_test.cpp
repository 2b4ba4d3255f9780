// The model against the oracle: means of what the two programs find.

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "models/models.hpp"
#include "sim/statistics.hpp"
#include "tests/models/enterprise_oracle.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

const Model& enterprise() { return enterprise::model(); }

struct Mean {
  double value, error;
};

std::map<std::string, Mean> of_model(const test::EnterpriseSetting& setting, uint64_t worlds) {
  Study study = test::study_of(enterprise(), worlds, 1, setting.weeks);
  study.arms = {
      test::arm(enterprise(), "case", {setting.parameters.begin(), setting.parameters.end()})};
  for (const auto& [name, strength] : setting.levers)
    study.arms[0].levers[static_cast<size_t>(test::lever(enterprise(), name))].strength = strength;
  const auto all = test::run(study);
  std::map<std::string, Mean> out;
  for (size_t k = 0; k < enterprise().metrics.size(); ++k) {
    const Estimate e = estimate({all.metrics[k], 1});
    out[enterprise().metrics[k].name] = {e.mean, e.standard_error};
  }
  for (const auto failed : all.failure) EXPECT_EQ(failed, 0);
  return out;
}

std::map<std::string, Mean> of_oracle(const test::EnterpriseSetting& setting, int worlds) {
  std::mt19937_64 luck(19);
  std::map<std::string, Moments> moments;
  for (int world = 0; world < worlds; ++world)
    for (const auto& [name, value] : test::enterprise_oracle(enterprise(), setting, luck))
      moments[name].add(value);
  std::map<std::string, Mean> out;
  for (const auto& [name, m] : moments)
    out[name] = {m.mean(), m.standard_deviation() / std::sqrt(static_cast<double>(m.count()))};
  return out;
}

constexpr uint64_t model_worlds = 1600;
constexpr int oracle_worlds = 200;

// Differences in combined standard errors, by metric.
std::map<std::string, double> compare(const test::EnterpriseSetting& model,
                                      const test::EnterpriseSetting& oracle) {
  const auto ours = of_model(model, model_worlds), theirs = of_oracle(oracle, oracle_worlds);
  std::map<std::string, double> z;
  for (const auto& [name, mean] : theirs) {
    const Mean our = ours.at(name);
    const double error = std::hypot(our.error, mean.error);
    z[name] = error > 0 ? (our.value - mean.value) / error : our.value == mean.value ? 0 : 1e9;
    testing::Test::RecordProperty(name, std::to_string(z[name]));
    if (std::abs(z[name]) > 3)
      std::printf("  %s %g against %g, standard error %g\n", name.c_str(), our.value, mean.value,
                  error);
  }
  return z;
}

// 52 means: of 10,000 such comparisons of equal programs one would have a difference of 4.6 standard errors somewhere.
void expect_alike(const test::EnterpriseSetting& setting) {
  double squares = 0;
  const auto z = compare(setting, setting);
  EXPECT_GT(z.size(), 50u);
  for (const auto& [name, difference] : z) {
    EXPECT_LT(std::abs(difference), 4) << name;
    squares += difference * difference;
  }
  EXPECT_LT(squares / static_cast<double>(z.size()), 2.2) << "mean square of all differences";
}

TEST(EnterpriseOracle, Baseline) { expect_alike({}); }

// Every lever at once, each at a strength of its own.
TEST(EnterpriseOracle, EveryLever) {
  test::EnterpriseSetting setting;
  setting.parameters = {
      {"budget.yearly", 40}, {"adoption.complex", .3}, {"translators.authority", .5}};
  double strength = .35;
  for (const auto& lever : enterprise().levers) {
    setting.levers[lever.name] = strength;
    strength = strength > .9 ? .35 : strength + .13;
  }
  expect_alike(setting);
}

// The same comparison finds a wrong coefficient: a handoff that loses .08 instead of .029.
TEST(EnterpriseOracle, FindsAWrongHandoffLoss) {
  const auto z = compare({}, {.parameters = {{"translation.handoff_loss", .08}}});
  EXPECT_GT(z.at("fidelity_in_use"), 6);
}

}  // namespace
}  // namespace chasm
