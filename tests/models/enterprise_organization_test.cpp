// An organization of one's own: what tables say is what worlds begin with.

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "models/enterprise/organization_tables.hpp"
#include "models/models.hpp"
#include "sim/processor.hpp"
#include "tests/support/studies.hpp"

namespace chasm {
namespace {

using enterprise::Shared;
using Row = std::vector<std::string>;

const Model& model() { return enterprise::model(); }

// As the CSV reader hands it over: columns in the order of the model's, "" in empty cells.
TableData table(const std::string& name, const std::vector<Row>& rows) {
  TableData data;
  data.path = name + ".csv";
  for (const Table& entry : model().tables) {
    if (entry.name != "organization." + name) continue;
    std::string columns = entry.columns;
    size_t column = 0;
    for (size_t at = 0; at <= columns.size(); ++column) {
      const size_t end = std::min(columns.find(',', at), columns.size());
      const std::string written = columns.substr(at, end - at);
      const bool text = written.find(":text") != std::string::npos;
      data.columns.push_back(written.substr(0, written.find_first_of(":?")));
      data.values.emplace_back();
      data.texts.emplace_back();
      for (const Row& row : rows) {
        const std::string cell = column < row.size() ? row[column] : "";
        if (text)
          data.texts.back().push_back(cell);
        else
          data.values.back().push_back(cell.empty() ? std::numeric_limits<double>::quiet_NaN()
                                                    : std::stod(cell));
      }
      at = end + 1;
    }
  }
  return data;
}

void give(Study& study, const std::string& name, const std::vector<Row>& rows) {
  study.setting.tables["organization." + name] = table(name, rows);
  const std::vector<long> held = enterprise::sizes_of_tables(study.setting);
  for (size_t i = 0; i < held.size(); ++i)
    if (held[i] >= 0) study.setting.sizes[i] = held[i];
}

void set(Study& study, const std::string& name, double value) {
  study.base[static_cast<size_t>(test::parameter(model(), name))] = value;
}

// Two units, two teams, two assets.
Study small(uint32_t replications, int steps) {
  Study study = test::study_of(model(), 1, replications, steps);
  give(study, "units", {{"North", "6"}, {"South", "4"}});
  give(study, "teams", {{"a", "South", "5"}, {"b", "South", "3"}});
  return study;
}

void keep_totals(Study& study) {
  const size_t all = all_totals(study).size();
  for (size_t k = 0; k < all; ++k) study.outputs.totals.push_back(static_cast<int>(k));
}

// Initiatives by stage, those that wait, and active users, of a study that lasts a week.
const std::vector<int64_t>& portfolio_of_the_month(const Study& study, const test::Worlds& worlds) {
  const std::vector<Total> all = all_totals(study);
  size_t k = 0;
  while (std::string(all.at(k).name) != "portfolio_by_month") ++k;
  return worlds.totals.at(k);
}

// No opportunities but those that the portfolio brings along, promised without any error.
Study only_portfolio(uint32_t replications, int steps, const std::vector<Row>& rows) {
  Study study = small(replications, steps);
  give(study, "portfolio", rows);
  for (const char* name : {"opportunity.backlog", "opportunity.arrivals", "proposals.noise",
                           "proposals.hype", "proposals.optimism"})
    set(study, name, 0);
  return study;
}

Row initiative(const std::string& name, const std::string& stage, const std::string& promise,
               const std::string& kind = "predictive") {
  return {name, "North", kind, "operations", stage, "100000", promise};
}

std::vector<double> values(const Study& study, const char* metric) {
  const test::Worlds worlds = test::run(study);
  for (const uint16_t failure : worlds.failure) EXPECT_EQ(failure, 0);
  return worlds.metrics[static_cast<size_t>(test::metric(model(), metric))];
}

struct Moments {
  double mean = 0, variance = 0, n = 0;
};
Moments moments(const std::vector<double>& x) {
  Moments m;
  m.n = static_cast<double>(x.size());
  for (const double v : x) m.mean += v / m.n;
  for (const double v : x) m.variance += (v - m.mean) * (v - m.mean) / (m.n - 1);
  return m;
}
double mean(const Study& study, const char* metric) { return moments(values(study, metric)).mean; }

TEST(OrganizationTables, DecideSizes) {
  Study study = small(1, 10);
  give(study, "data", {{"x", "North"}, {"y", "South"}, {"z", "South"}});
  const auto size = [&](const char* name) {
    return study.setting.sizes[static_cast<size_t>(test::size(model(), name))];
  };
  EXPECT_EQ(size("units"), 2);
  EXPECT_EQ(size("teams"), 2);
  EXPECT_EQ(size("technical_staff"), 8);
  EXPECT_EQ(size("business_staff"), 10);
  EXPECT_EQ(size("assets"), 3);
  EXPECT_EQ(size("places"), 96);
}

TEST(OrganizationTables, SayWhoBelongsWhere) {
  Study study = small(1, 10);
  give(study, "data", {{"x", "South"}, {"y", "North", "0.5", "1"}});
  give(study, "translators", {{"t", "South"}, {"u", "North", "South"}});
  set(study, "translators.in_place", 2);
  const Ground ground = prepare(study);
  const auto& shared = *static_cast<const Shared*>(ground.shared.get());
  const auto ints = [](const int* first, int count) {
    return std::vector<int>(first, first + count);
  };
  // Teams a and b, then North and South.
  EXPECT_EQ(ints(shared.group_first, 5), (std::vector<int>{0, 5, 8, 14, 18}));
  EXPECT_EQ(ints(shared.team_unit, 2), (std::vector<int>{1, 1}));
  EXPECT_EQ(shared.unit_team[1], 0);  // South's first team; North has none of its own
  EXPECT_EQ(ints(shared.asset_owner, 2), (std::vector<int>{1, 0}));
  EXPECT_EQ(ints(shared.translator_units, 4), (std::vector<int>{1, 1, 0, 1}));
  EXPECT_TRUE(std::isnan(shared.asset_quality[0]));
  EXPECT_EQ(shared.asset_quality[1], 0.5);
  EXPECT_EQ(shared.asset_private[1], 1);
}

TEST(OrganizationTables, PeopleSitWithTheirGroup) {
  Study study = test::study_of(model(), 1, 1, 10);
  study.setting.sizes[static_cast<size_t>(test::size(model(), "translator_posts"))] = 2;
  study.setting.tables["organization.people"] = table("people", {{"p", "South", "", "0.1"},
                                                                 {"q", "", "b", "0.2"},
                                                                 {"r", "", "a", "0.3"},
                                                                 {"s", "South", "a", "0.4"},
                                                                 {"t", "North", "", "", "0.5"}});
  give(study, "units", {{"North"}, {"South"}});
  give(study, "teams", {{"a", "South"}, {"b", "North"}});
  const Ground ground = prepare(study);
  const auto& shared = *static_cast<const Shared*>(ground.shared.get());
  EXPECT_EQ(std::vector<int>(shared.group_first, shared.group_first + 5),
            (std::vector<int>{0, 2, 3, 4, 5}));
  const double* t = shared.technical_literacy;
  EXPECT_EQ((std::vector<double>{t[0], t[1], t[2], t[4]}),
            (std::vector<double>{0.3, 0.4, 0.2, 0.1}));
  EXPECT_TRUE(std::isnan(t[3]));
  EXPECT_EQ(shared.business_literacy[3], 0.5);
}

// The tables of what an organization is without any give the same worlds, bit for bit.
TEST(OrganizationTables, OfTheDefaultAreTheDefault) {
  Study none = test::study_of(model(), 1, 16, 60), given = none;
  const auto share = [](int all, int groups, int group) {
    return std::to_string(all * (group + 1) / groups - all * group / groups);
  };
  const auto name = [](const char* what, int number) { return what + std::to_string(number); };
  std::vector<Row> units, teams, data, translators;
  for (int u = 0; u < 8; ++u) units.push_back({name("u", u), share(140, 8, u)});
  for (int t = 0; t < 16; ++t) teams.push_back({name("t", t), name("u", t % 8), share(100, 16, t)});
  for (int a = 0; a < 40; ++a) data.push_back({name("a", a), name("u", a % 8)});
  for (int j = 0; j < 2; ++j)
    translators.push_back({name("x", j), name("u", 2 * j), name("u", 2 * j + 1)});
  give(given, "units", units);
  give(given, "teams", teams);
  give(given, "data", data);
  give(given, "translators", translators);
  const test::Worlds a = test::run(none), b = test::run(given);
  EXPECT_TRUE(test::same_bits(a, b));
  teams[3][1] = "u0";
  give(given, "teams", teams);
  EXPECT_FALSE(test::same_bits(a, test::run(given)));
}

TEST(OrganizationTables, TheirNumbersReachTheModel) {
  const auto realised = [](const std::string& legacy, const std::string& quality) {
    Study study = test::study_of(model(), 1, 1024, 156);
    give(study, "units", {{"North", "60", legacy}, {"South", "60", legacy}});
    give(study, "data", {{"x", "North", quality}, {"y", "South", quality}});
    return mean(study, "realised_value");
  };
  const double usual = realised("0.9", "0.6");
  EXPECT_GT(realised("0", "0.6"), 1.1 * usual);
  EXPECT_GT(realised("0.9", "1"), 1.05 * usual);
}

TEST(Portfolio, IsThereInTheFirstWeek) {
  Study study =
      only_portfolio(8, 1,
                     {initiative("1", "framing", "1e6"), initiative("2", "data", "1e6"),
                      initiative("3", "build", "1e6"), initiative("4", "pilot", "1e6"),
                      initiative("5", "deployment", "1e6"), initiative("6", "in_use", "1e6"),
                      initiative("7", "in_use", "1e6")});
  set(study, "use.abandonment", 0);
  set(study, "mechanism.last_mile", 0);  // nothing is given up
  set(study, "council.slots", 0);
  set(study, "mechanism.technical", 0);
  keep_totals(study);
  const test::Worlds worlds = test::run(study);
  const std::vector<int64_t>& stages = portfolio_of_the_month(study, worlds);
  EXPECT_EQ(stages[0] + stages[1] + stages[2] + stages[3] + stages[4] + stages[5], 8 * 7);
  EXPECT_EQ((std::vector<int64_t>{stages[0], stages[1], stages[2], stages[3]}),
            (std::vector<int64_t>{8, 8, 8, 8}));
  EXPECT_GE(stages[5], 16);  // a deployment may be done in the week
}

// Promises without noise, hype and optimism are true values.
TEST(Portfolio, WithoutErrorIsWorthItsPromise) {
  const Study study = only_portfolio(
      4, 52, {initiative("1", "in_use", "2600000"), initiative("2", "build", "5200000")});
  for (const double believed : values(study, "believed_value"))
    EXPECT_NEAR(believed, 780000000, 100);  // cents; values are whole cents a week, floats to 2^-24
}

// Bayes: weight = s^2 / (s^2 + n^2) on the sober promise, variance n^2 x weight.
TEST(Portfolio, IsWorthWhatProposalsOfItsPromiseAre) {
  Study study = only_portfolio(4096, 1, {initiative("1", "framing", "20800000")});
  const double s = 1.2, n = 0.6, optimism = 0.25, median = std::log(3.2e6 / 52);
  set(study, "proposals.noise", n);
  set(study, "proposals.optimism", optimism);
  std::vector<double> logs;
  for (const double cents : values(study, "believed_value")) logs.push_back(std::log(cents / 100));
  const Moments found = moments(logs);
  const double weight = s * s / (s * s + n * n);
  const double sober = std::log(20.8e6 / 52) - optimism + n * n / 2;
  const double expected = median + weight * (sober - median), variance = n * n * weight;
  EXPECT_LT(std::abs(found.mean - expected), 4 * std::sqrt(variance / found.n));
  EXPECT_LT(std::abs(found.variance - variance), 4 * variance * std::sqrt(2 / found.n));
}

TEST(Portfolio, HypothesesOfWhatHasPassedGatesAreLikelierTrue) {
  const auto false_share = [](const std::string& stage) {
    const Study study = only_portfolio(2048, 1, {initiative("1", stage, "3000000")});
    return mean(study, "waterfall.false_hypothesis") / mean(study, "believed_value");
  };
  const double framing = false_share("framing"), build = false_share("build"),
               in_use = false_share("in_use");
  EXPECT_LT(std::abs(framing - (1 - 0.375)), 4 * std::sqrt(0.375 * 0.625 / 2048));
  EXPECT_LT(build, framing - 0.05);
  EXPECT_LT(in_use, build - 0.1);
}

TEST(Portfolio, UsersAndTheirSitesAreAsGiven) {
  Row row = initiative("1", "in_use", "3000000");
  row.resize(13);
  row[9] = "60";     // weeks live
  row[11] = "1000";  // users
  row[12] = "700";   // active
  Study study = only_portfolio(4, 1, {row});
  for (const char* off : {"use.abandonment", "adoption.disadoption", "adoption.innovation",
                          "adoption.imitation", "incidents.rate"})
    set(study, off, 0);
  keep_totals(study);
  const test::Worlds worlds = test::run(study);
  EXPECT_EQ(portfolio_of_the_month(study, worlds)[7], 4 * 700);
}

// The surveys' facts are about initiatives that start in the simulated time: of earlier ones only the survivors are known.
TEST(Portfolio, IsInNoFact) {
  Study study = only_portfolio(
      8, 260, {initiative("1", "pilot", "3000000"), initiative("2", "in_use", "3000000")});
  for (const char* metric : {"started", "pilots"})
    for (const double count : values(study, metric)) EXPECT_EQ(count, 0) << metric;
  for (const char* metric : {"never_in_production", "pilots_in_production", "fell_short"})
    for (const double share : values(study, metric)) EXPECT_TRUE(std::isnan(share)) << metric;
}

TEST(Portfolio, WhatWasSpentBeforeIsNoSpending) {
  Row dear = initiative("1", "framing", "1000");  // hopeless
  dear[5] = "900000000";
  Study study = only_portfolio(16, 60, {dear});
  for (const double share : values(study, "spent_on_nothing")) EXPECT_LE(share, 1);
  for (const double spending : values(study, "spending")) EXPECT_LT(spending, 2e7);
}

// The sunk cost fallacy counts what was spent before, too.
TEST(Portfolio, WhatWasSpentBeforeWeighsAtGates) {
  const auto passed = [](const std::string& spent) {
    Row row = initiative("1", "framing", "2000000");
    row[5] = spent;
    Study study = only_portfolio(512, 40, {row});
    keep_totals(study);
    const test::Worlds worlds = test::run(study);
    const std::vector<Total> all = all_totals(study);
    size_t k = 0;
    while (std::string(all.at(k).name) != "gate_decisions") ++k;
    return static_cast<double>(worlds.totals.at(k).at(0)) / 512;
  };
  // Standard error .03 at most.
  EXPECT_GT(passed("9000000"), passed("0") + 0.09);
}

TEST(Portfolio, RunsAlikeOnEveryProgram) {
  Study study = small(24, 40);
  std::vector<Row> rows;
  for (int k = 0; k < 12; ++k)
    rows.push_back(
        initiative(std::to_string(k),
                   std::vector<std::string>{"framing", "data", "build", "pilot", "deployment",
                                            "in_use"}[static_cast<size_t>(k) % 6],
                   std::to_string(500000 * (k + 1)),
                   std::vector<std::string>{"predictive", "generative", "reporting",
                                            "bought"}[static_cast<size_t>(k) % 4]));
  give(study, "portfolio", rows);
  const test::Worlds reference = test::run(study, choose_program(model(), "plain", 1));
  int compared = 0;
  for (const Program& program : model().programs) {
    if (program.doubles || !processor_runs(program.isa)) continue;
    EXPECT_TRUE(test::same_bits(reference, test::run(study, program))) << test::name_of(program);
    ++compared;
  }
  EXPECT_GE(compared, 2);
}

// What is practised has been practised while people learned from one another, before the first week.
TEST(Practices, AreInPlaceBeforeTheFirstWeek) {
  Study study = test::study_of(model(), 1, 64, 1);
  const double without = mean(study, "business_knowledge");
  set(study, "practice.incentives", 1);
  set(study, "practice.scorecard", 1);
  EXPECT_GT(mean(study, "business_knowledge"), without + 0.02);
}

}  // namespace
}  // namespace chasm
