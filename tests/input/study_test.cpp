// What a study file means, beyond its text.

#include <cmath>

#include "sim/error.hpp"
#include "sim/input/study_file.hpp"
#include "tests/input/golden.hpp"
#include "tests/input/toy_model.hpp"

namespace chasm {
namespace {

Study study_of(const std::string& rest, const std::vector<std::string>& sets = {},
               const std::string& model = "toy") {
  ReadOptions options;
  options.models = toy::models();
  options.sets = sets;
  options.base_dir = CHASM_TEST_FOLDER "/good";
  return parse_study(
      "schema = \"chasm-study-1\"\n[study]\ntitle = \"A\"\nmodel = \"" + model + "\"\n" + rest,
      "test", options);
}

std::vector<std::string> arm_names(const Study& study) {
  std::vector<std::string> names;
  for (const Arm& arm : study.arms) names.push_back(arm.name);
  return names;
}

const Arm& arm(const Study& study, const std::string& name) {
  for (const Arm& a : study.arms) {
    if (a.name == name) return a;
  }
  throw std::out_of_range(name);
}

using Names = std::vector<std::string>;
using Set = std::vector<std::pair<int, double>>;

TEST(StudyFile, HasDefaults) {
  const Study study = study_of("");
  EXPECT_EQ(study.model, &toy::model());
  EXPECT_EQ(study.seed, 1u);
  EXPECT_EQ(study.steps, 104);
  EXPECT_EQ(study.start, "");
  EXPECT_EQ(study.setting.sizes, (std::vector<long>{50, 4}));
  EXPECT_EQ(study.setting.choices, (std::vector<int>{0}));
  EXPECT_EQ(study.base, (std::vector<double>{0.1, 4, 5, 0.5, 100, 0, 0.5, 0.1}));
  EXPECT_EQ(arm_names(study), Names{"baseline"});
  EXPECT_EQ(study.arms[0].levers.size(), 3u);
  EXPECT_EQ(study.futures->count(), 1u);
  EXPECT_EQ(study.replications, 1u);
  EXPECT_EQ(study.design, "independent");
  EXPECT_EQ(study.outputs.metrics, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(study.outputs.keep, Keep::none);
  EXPECT_EQ(study.failed_share, 0.01);
}

TEST(StudyFile, ReadsQuantitiesInTheirUnit) {
  const auto value = [](const std::string& text, int parameter) {
    return study_of("[parameters]\n" + text).base[parameter];
  };
  EXPECT_EQ(value("learning.rate = \"0.3 1/week\"", 0), 0.3);
  EXPECT_EQ(value("learning.rate = \"0.3/week\"", 0), 0.3);
  EXPECT_EQ(value("learning.rate = \"0.3 per week\"", 0), 0.3);
  EXPECT_EQ(value("learning.rate = \"+30 %/week\"", 0), 0.3);
  EXPECT_EQ(value("learning.delay = \"1 week\"", 1), 1);
  EXPECT_EQ(value("learning.delay = \" 1e1 weeks \"", 1), 10);
  EXPECT_EQ(value("learning.delay = 0", 1), 0);
  EXPECT_EQ(value("teams = 100", 2), 100);
  EXPECT_EQ(value("trust = \"25%\"", 3), 0.25);
  EXPECT_EQ(value("trust = \"0.25\"", 3), 0.25);
  EXPECT_EQ(value("price = \"3 USD/person\"", 4), 3);
  // 0 and -0 are one value, of other bits.
  for (const char* zero : {"trust = -0.0", "trust = \"-0\"", "trust = \"-0 %\""})
    EXPECT_FALSE(std::signbit(value(zero, 3))) << zero;
}

TEST(StudyFile, ReadsSeedsOf64Bits) {
  EXPECT_EQ(study_of("seed = 9223372036854775807").seed, 9223372036854775807u);
  EXPECT_EQ(study_of("seed = \"18446744073709551615\"").seed, ~uint64_t{0});
  EXPECT_EQ(study_of("seed = \"0xFFFFFFFFFFFFFFFF\"").seed, ~uint64_t{0});
  EXPECT_EQ(study_of("seed = 0").seed, 0u);
}

TEST(StudyFile, PutsTheBaselineFirst) {
  const std::string arms = "[arms.fast]\nset = { trust = 0.9 }\n[arms.none]\n";
  EXPECT_EQ(arm_names(study_of(arms)), (Names{"none", "fast"}));
  EXPECT_EQ(arm_names(study_of(arms + "[design]\narms = [\"fast\"]\n")),
            (Names{"baseline", "fast"}));
  EXPECT_EQ(arm_names(study_of(arms + "[design]\nbaseline = \"fast\"\n")), (Names{"fast", "none"}));
  EXPECT_EQ(arm_names(study_of(arms + "[design]\narms = [\"fast\"]\nbaseline = \"none\"\n")),
            (Names{"none", "fast"}));
  EXPECT_EQ(arm_names(study_of(arms + "[design]\narms = []\n")), Names{"baseline"});
  EXPECT_EQ(arm_names(study_of(arms + "[design]\narms = [\"fast\", \"baseline\"]\n")),
            (Names{"baseline", "fast"}));
}

TEST(StudyFile, MakesACellOfEveryCombination) {
  const Study study = study_of("[design]\ngrid = { trust = [0.2, 0.4], teams = [1, 2, 3] }\n");
  EXPECT_EQ(arm_names(study),
            (Names{"baseline", "trust=0.2 teams=1", "trust=0.2 teams=2", "trust=0.2 teams=3",
                   "trust=0.4 teams=1", "trust=0.4 teams=2", "trust=0.4 teams=3"}));
  EXPECT_EQ(arm(study, "trust=0.4 teams=2").parameters, (Set{{2, 2}, {3, 0.4}}));
}

TEST(StudyFile, SweepsOneKeyAtATime) {
  const Study study = study_of("[design]\nsweep = { trust = [0.2, 0.4], teams = [1] }\n");
  EXPECT_EQ(arm_names(study), (Names{"baseline", "trust=0.2", "trust=0.4", "teams=1"}));
  EXPECT_EQ(arm(study, "teams=1").parameters, (Set{{2, 1}}));
}

TEST(StudyFile, ListsArms) {
  const Study study =
      study_of("[design]\nlist = [{ trust = 0.2, teams = 3 }, { levers.campaign = 0.5 }]\n");
  EXPECT_EQ(arm_names(study), (Names{"baseline", "trust=0.2 teams=3", "campaign=0.5"}));
  EXPECT_EQ(arm(study, "campaign=0.5").levers[0], (LeverSetting{0.5}));
}

TEST(StudyFile, SpacesRangesInDecimalSteps) {
  const Study study = study_of(
      "[design]\ngrid = { learning.rate = { from = 0.1, to = \"90 %/week\", count = 9 } }\n");
  ASSERT_EQ(study.arms.size(), 10u);
  for (int i = 1; i <= 9; ++i) {
    const double value = std::stod("0." + std::to_string(i));
    EXPECT_EQ(study.arms[i].parameters, (Set{{0, value}}));
  }
  EXPECT_EQ(study.arms[3].name, "learning.rate=0.3");  // another parameter ends with .rate
}

constexpr const char* two_interventions = R"(
[interventions.talk]
levers = { campaign = 0.5 }
start = "week 10"
until = "week 30"
[interventions.teach]
levers = { course.basic = 1 }
[packages]
both = ["talk", "teach @ week 20"]
late = ["talk @ week 40"]
)";

TEST(StudyFile, ShiftsInterventionsOfPackages) {
  const Study study = study_of(two_interventions);
  const double never = std::numeric_limits<double>::infinity();
  EXPECT_EQ(arm(study, "both").levers,
            (std::vector<LeverSetting>{{0.5, 10, 30}, {1, 20, never}, {}}));
  EXPECT_EQ(arm(study, "late").levers, (std::vector<LeverSetting>{{0.5, 40, 60}, {}, {}}));
}

TEST(StudyFile, VariesInterventions) {
  const Study study = study_of(std::string(two_interventions) +
                               "[design]\narms = []\n"
                               "grid = { arm = [\"baseline\", \"both\"], trust = [0.1] }\n"
                               "sweep = { interventions.talk.start = [\"week 0\", 5], "
                               "interventions.talk.levers.campaign = [0.1], "
                               "interventions.talk.until = [\"week 11\"] }\n"
                               "list = [{ arm = \"both\", interventions.teach.start = 1 }]\n");
  EXPECT_EQ(arm_names(study), (Names{"baseline", "both teach.start=1", "baseline trust=0.1",
                                     "both trust=0.1", "talk.start=week 0", "talk.start=5",
                                     "talk.campaign=0.1", "talk.until=week 11"}));
  EXPECT_EQ(arm(study, "both teach.start=1").levers[1].start, 1);
  EXPECT_EQ(arm(study, "baseline trust=0.1").levers, std::vector<LeverSetting>(3));
  EXPECT_EQ(arm(study, "both trust=0.1").levers[0], (LeverSetting{0.5, 10, 30}));
  EXPECT_EQ(arm(study, "talk.start=5").levers[0], (LeverSetting{0.5, 5, 25}));
  EXPECT_EQ(arm(study, "talk.campaign=0.1").levers[0], (LeverSetting{0.1, 10, 30}));
  EXPECT_EQ(arm(study, "talk.until=week 11").levers[0], (LeverSetting{0.5, 10, 11}));
}

TEST(StudyFile, CombinesParametersAndLevers) {
  const Study study = study_of(std::string(two_interventions) +
                               "[arms.x]\nset = { teams = 3 }\nlevers = { campaign = 0.25 }\n"
                               "interventions = [\"teach\"]\n");
  EXPECT_EQ(arm(study, "x").parameters, (Set{{2, 3}}));
  EXPECT_EQ(arm(study, "x").levers[0], (LeverSetting{0.25}));
  EXPECT_EQ(arm(study, "x").levers[1], (LeverSetting{1}));
}

TEST(StudyFile, LeversAreCountedAndHaveSettings) {
  const Study study = study_of(
      "[interventions.coach]\nlevers = { coaches = { count = 12, authority = 0.75 } }\n"
      "set = { price = 90 }\nramp = \"6 weeks\"\n"
      "[interventions.coach_too]\nlevers.campaign = 0.5\nset = { price = 90 }\n"
      "[packages]\nboth = [\"coach\", \"coach_too\"]\n"
      "[arms.always]\nlevers = { coaches = { strength = 2, pay = \"0.12 MUSD/year\" } }\n"
      "[design]\nsweep = { levers.coaches.count = [4], levers.coaches.authority = [0.25], "
      "interventions.coach.levers.coaches.count = [8], interventions.coach.ramp = [\"9 weeks\"], "
      "interventions.coach.set.price = [7] }\n");
  EXPECT_EQ(arm(study, "both").parameters, (Set{{4, 90}, {6, 0.75}}));
  EXPECT_EQ(arm(study, "both").levers[2], (LeverSetting{.strength = 1.5, .ramp = 6}));
  EXPECT_EQ(arm(study, "both").levers[0], (LeverSetting{.strength = 0.5}));
  EXPECT_EQ(arm(study, "always").parameters, (Set{{7, 0.12}}));
  EXPECT_EQ(arm(study, "always").levers[2], (LeverSetting{.strength = 2}));
  EXPECT_EQ(arm(study, "coaches.count=4").levers[2], (LeverSetting{.strength = 0.5}));
  EXPECT_EQ(arm(study, "coaches.authority=0.25").parameters, (Set{{6, 0.25}}));
  EXPECT_EQ(arm(study, "coach.count=8").levers[2], (LeverSetting{.strength = 1, .ramp = 6}));
  EXPECT_EQ(arm(study, "coach.ramp=9 weeks").levers[2].ramp, 9);
  EXPECT_EQ(arm(study, "coach.price=7").parameters, (Set{{4, 7}, {6, 0.75}}));
}

TEST(StudyFile, MoneyIsInTheCurrencyOfTheStudy) {
  const Study none = study_of("");
  EXPECT_EQ(none.currency, "USD");
  EXPECT_EQ(none.price_year, 0);
  EXPECT_EQ(none.model, &toy::model());
  const Study study = study_of(
      "[money]\ncurrency = \"EUR\"\nprice_year = 2026\n"
      "[parameters]\nprice = \"3 EUR/person\"\ncoaches.pay = \"1.5 MEUR/year\"\n");
  EXPECT_EQ(study.currency, "EUR");
  EXPECT_EQ(study.price_year, 2026);
  EXPECT_EQ(study.base[4], 3);
  EXPECT_EQ(study.base[7], 1.5);
  EXPECT_EQ(unit_in("EUR", "M{currency}/{currency}"), "MEUR/EUR");
}

TEST(StudyFile, InterventionsWaitForConditions) {
  const auto when = [](const std::string& text) {
    const Study study =
        study_of("[interventions.a]\nlevers = { campaign = 1 }\nuntil = 60\nwhen = \"" + text +
                 "\"\n[packages]\none = [\"a\"]\n");
    const LeverSetting setting = arm(study, "one").levers[0];
    EXPECT_EQ(setting.start, setting.when.step);
    EXPECT_EQ(setting.until, 60);
    return setting.when;
  };
  EXPECT_EQ(when("knowledge < 0.5 at week 52"), (When{0, Comparison::below, 0.5, 52}));
  EXPECT_EQ(when("value<=1e2 USD at week 0"), (When{1, Comparison::at_most, 100, 0}));
  EXPECT_EQ(when(" value > -3 at week 7"), (When{1, Comparison::above, -3, 7}));
  EXPECT_EQ(when("knowledge  >=  20 %  at  week 9"), (When{0, Comparison::at_least, 0.2, 9}));
}

TEST(StudyFile, LeversMayStartAtTheHorizonOrAfterIt) {
  const Study study = study_of(
      "[interventions.a]\nlevers = { campaign = 1 }\nstart = \"week 104\"\n"
      "[packages]\none = [\"a\"]\nlater = [\"a @ week 300\"]\n");
  EXPECT_EQ(arm(study, "one").levers[0].start, 104);
  EXPECT_EQ(arm(study, "later").levers[0].start, 300);
}

TEST(StudyFile, KeepsTotalsAsAsked) {
  const auto kept = [](const std::string& text) { return study_of(text).outputs.totals; };
  EXPECT_EQ(kept(""), (std::vector<int>{0, 1}));
  EXPECT_EQ(kept("[outputs]\nfailed_share = 0\n"), (std::vector<int>{0, 1}));
  EXPECT_EQ(kept("[outputs]\ntotals = \"all\"\n"), (std::vector<int>{0, 1}));
  EXPECT_EQ(kept("[outputs]\ntotals = \"none\"\n"), (std::vector<int>{}));
  EXPECT_EQ(kept("[outputs]\ntotals = []\n"), (std::vector<int>{}));
  EXPECT_EQ(kept("[outputs]\ntotals = [\"people\"]\n"), (std::vector<int>{1}));
  const Study sized = study_of("horizon = 40\n[setting]\nnetwork.degree = 7\n");
  EXPECT_EQ(kept_totals(sized).at(0).cells(), 11 * 3);
  EXPECT_EQ(kept_totals(sized).at(1).cells(), 7);
}

std::vector<int> uncertain(const Study& study) {
  return {study.futures->parameters().begin(), study.futures->parameters().end()};
}

TEST(StudyFile, PatternsLeaveOutWhatIsNamed) {
  const std::string pattern = "[uncertain]\n\"*[grade=D]\" = \"registered range\"\n";
  EXPECT_EQ(uncertain(study_of(pattern)), (std::vector<int>{2, 3}));
  EXPECT_EQ(uncertain(study_of("[parameters]\ntrust = 0.4\n" + pattern)), (std::vector<int>{2}));
  EXPECT_EQ(uncertain(study_of(pattern + "[design]\ngrid = { teams = [1] }\n")),
            (std::vector<int>{3}));
  EXPECT_EQ(uncertain(study_of(pattern + "price = { uniform = [1, 2] }\n")),
            (std::vector<int>{2, 3, 4}));
  const Study named = study_of(pattern + "trust = { point = 0.125 }\n");
  std::vector<double> values(2);
  named.futures->draw(0, values);
  EXPECT_EQ(values[1], 0.125);
}

TEST(Setting, SizesFollowTables) {
  const Study study = study_of("[tables]\nstaff = \"tables/staff.csv\"\n");
  EXPECT_EQ(study.setting.sizes, (std::vector<long>{160, 4}));
  const Study same = study_of("[setting]\npeople = 160\n[tables]\nstaff = \"tables/staff.csv\"\n");
  EXPECT_EQ(same.setting.sizes, (std::vector<long>{160, 4}));
}

TEST(StudyFile, DrawsFuturesAsAsked) {
  const std::string two =
      "[uncertain]\ntrust = \"registered range\"\nprice = { uniform = [1, 2] }\n[design]\n";
  EXPECT_EQ(study_of(two + "method = \"sobol\"\nfutures = 64\n").futures->count(), 64u);
  EXPECT_EQ(study_of(two + "method = \"saltelli\"\nbase = 8\n").futures->count(), 32u);
  EXPECT_EQ(
      study_of(two + "method = \"saltelli\"\nbase = 8\nsecond_order = true\n").futures->count(),
      48u);
  EXPECT_EQ(study_of(two + "method = \"morris\"\ntrajectories = 5\nlevels = 6\n").futures->count(),
            15u);
  EXPECT_EQ(study_of(two + "futures = 1e3\n").futures->count(), 1000u);
  const Study table = study_of("[design]\nmethod = \"table\"\npath = \"tables/futures.csv\"\n");
  EXPECT_EQ(uncertain(table), (std::vector<int>{0, 3}));
  std::vector<double> values(2);
  table.futures->draw(1, values);
  EXPECT_EQ(values, (std::vector<double>{0.3, 0.4}));
}

TEST(StudyFile, CorrelatesEveryPairOfAList) {
  const Study study = study_of(
      "[uncertain]\ntrust = { uniform = [0, 1] }\nlearning.rate = { uniform = [0, 1] }\n"
      "forgetting.rate = { uniform = [0, 1] }\n"
      "[[correlated]]\nparameters = [\"trust\", \"learning.rate\", \"forgetting.rate\"]\nrank = "
      "0.9\n"
      "[design]\nfutures = 2000\n");
  // Spearman of uniform marginals is Pearson's; 0.9 with a standard error below 0.01.
  double products[3] = {}, values[3];
  for (uint64_t future = 0; future < 2000; ++future) {
    study.futures->draw(future, values);
    for (int i = 0; i < 3; ++i) products[i] += (values[i] - 0.5) * (values[(i + 1) % 3] - 0.5);
  }
  for (const double product : products) EXPECT_NEAR(product / 2000 * 12, 0.9, 0.05);
}

TEST(StudyFile, KeepsWhatIsAskedFor) {
  const Outputs timing = study_of("[outputs]\nmetrics = \"timing\"\n").outputs;
  EXPECT_EQ(timing.metrics, (std::vector<int>{2}));
  const Outputs both = study_of(
                           "[outputs]\nmetrics = [\"peak\", \"knowledge\"]\n"
                           "series = { metrics = \"all\", every = 13 }\n")
                           .outputs;
  EXPECT_EQ(both.metrics, (std::vector<int>{0, 2}));
  EXPECT_EQ(both.series, (std::vector<int>{0, 1}));
  EXPECT_EQ(both.every, 13);
  EXPECT_EQ(both.keep, Keep::bands);
}

TEST(StudyFile, AcceptsTheLargestDesign) {
  const Study study = study_of("[design]\nfutures = 4294967296\nreplications = 232\n");
  EXPECT_EQ(study.worlds(), 996432412672u);
  EXPECT_THROW(study_of("[design]\nfutures = 4294967296\nreplications = 233\n"), InputError);
}

TEST(StudyFile, ComparesNoTwoCellsOfAGrid) {
  // Both sweeps pass through the default, which is the baseline.
  const Study study = study_of("[design]\nsweep = { trust = [0.5, 0.6], teams = [5, 6] }\n");
  EXPECT_EQ(study.arms.size(), 5u);
}

}  // namespace
}  // namespace chasm
