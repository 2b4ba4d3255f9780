#include "tests/models/enterprise_oracle.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chasm::test {

namespace {

enum Stage { framing = 1, data, build, pilot, deployment, in_use };
const char* const kind_names[] = {"predictive", "generative", "reporting", "bought"};

struct Person {
  int group = 0;
  bool present = true;
  int change = 0;           // week of leaving, or of the next person's start
  std::vector<int> belief;  // -1, 0, 1
  double technical = 0, business = 0;
};

struct Group {
  std::vector<int> people, code, before;
  double energy = 0, technical = 0, business = 0, experience = 0, load = 0, upkeep = 0;
  int present = 0;
};

struct Unit {
  double legacy = 0, trust = 0, discovery = 0, requested = 0, served = 0, untranslated = 1;
  int developing = 0;
};

struct Asset {
  double quality = 0, demand = 0;
  bool is_private = false, prepared = false;
  int owner = 0;
};

struct Opportunity {
  enum State { latent, known, started, ended } state = latent;
  std::string cause;
  int kind = 0, subject = 0, unit = 0;
  double value = 0;  // cents a week
  bool is_true = false, real_time = false, high_risk = false;
  double hazard = 0, novelty = 0, complexity_luck = 0, promise_luck = 0, cost_luck = 0, rank = 0;
};

struct Initiative {
  int opportunity = 0, team = 0, stage = framing, started = 0, live = 0, piloted = 0;
  bool was_piloted = false;
  std::vector<int> needs;
  std::vector<double> tickets;
  bool swan = false, waits_for_data = false;
  int kind = 0, waits = 0, stall = 0, pause = 0, rework = 0, rebuilds = 0;
  const char* redoing = nullptr;
  double complexity = 1, work[6] = {}, left = 0, nominal = 0, site_work = 0;
  double understanding = 0, readiness = 0, fidelity = 0, effort = 0, quality = 0, required = 0,
         loss = 0;
  double promise = 0, charter = 0, estimate = 0, spent = 0, earned = 0;
  int earned_weeks = 0, sites = 1, sites_live = 0, users[2] = {}, active[2] = {};

  bool developing() const { return stage < in_use; }
  bool waiting() const { return developing() && (waits > 0 || stall > 0 || waits_for_data); }
};

class Enterprise {
 public:
  Enterprise(const Model& model, const EnterpriseSetting& setting, std::mt19937_64& luck)
      : model_(model), setting_(setting), luck_(luck), weeks_(setting.weeks) {
    for (const Parameter& entry : model.parameters) parameters_[entry.name] = entry.value;
    for (const auto& [name, value] : setting.parameters) parameters_.at(name) = value;
    for (const auto& size : model.sizes) sizes_[size.name] = static_cast<int>(size.value);
    for (const auto& lever : model.levers) {
      level_[lever.name] = 0;
      asked_[lever.name] = 0;
    }
    set_effects();
    for (const auto& [name, value] : parameters_)
      for (size_t kind = 0; kind < 4; ++kind) {
        const std::string begin = std::string("kind.") + kind_names[kind] + ".";
        if (name.starts_with(begin)) by_kind_[name.substr(begin.size())][kind] = value;
      }
  }

  std::map<std::string, double> run() {
    begin();
    for (week_ = 1; week_ <= weeks_; ++week_) {
      receive_budget();
      use_levers();
      turn_over();
      turn_realities();
      if (happens(p("strategy.churn") * (1 - with("sponsorship.churn")))) draw_priorities();
      keep_data();
      arise(poisson(p("opportunity.arrivals")));
      meet();
      learn();
      understand(false);
      translate();
      discover();
      hold_council();
      hold_funding_round();
      divide_effort();
      serve_data();
      work();
      adopt();
      drift();
      incidents();
      quarrel_and_give_up();
      take_knowledge();
      account();
    }
    for (const Initiative& i : initiatives_) enter_cohorts(i, false);
    return metrics();
  }

 private:
  // Draws.
  double uniform() { return (static_cast<double>(luck_() >> 11) + .5) * 0x1p-53; }
  bool happens(double chance) { return uniform() < chance; }
  double normal() { return std::normal_distribution<double>()(luck_); }
  double exponential(double mean) { return -mean * std::log(uniform()); }
  int weeks_until(double mean) {
    return static_cast<int>(std::min(exponential(mean), 30000.0)) + 1;
  }
  int below(int n) { return std::min(n - 1, static_cast<int>(uniform() * n)); }
  int poisson(double mean) { return mean > 0 ? std::poisson_distribution<int>(mean)(luck_) : 0; }
  int binomial(int n, double chance) {
    return n > 0 && chance > 0 ? std::binomial_distribution<int>(n, std::min(chance, 1.0))(luck_)
                               : 0;
  }

  // Parameters.
  double p(std::string_view name) const {
    const auto found = parameters_.find(name);
    if (found == parameters_.end()) throw std::logic_error("no parameter " + std::string(name));
    return found->second;
  }
  double of_kind(int kind, std::string_view what) const {
    return by_kind_.find(what)->second[static_cast<size_t>(kind)];
  }
  double lever(const std::string& name) const { return level_.at(name); }
  // What a lever does at its present level: the parameter effect.<lever>.<mechanism>.
  double with(std::string_view effect) const { return effect_.find(effect)->second; }
  void set_effects() {
    for (const auto& [name, value] : parameters_) {
      if (!name.starts_with("effect.")) continue;
      const std::string effect = name.substr(7);
      effect_[effect] = value * level_.at(effect.substr(0, effect.find('.')));
    }
  }
  int size(const char* name) const { return sizes_.at(name); }

  // S1, S2: people, codes, contact.
  bool technical(size_t group) const { return group < teams_; }

  void join(Person& person, bool is_first) {
    const bool tech = technical(static_cast<size_t>(person.group));
    const auto literacy = [&](const char* of_technical, const char* of_business) {
      return std::clamp(p(tech ? of_technical : of_business) + .12 * normal(), .02, .98);
    };
    person.present = true;
    person.change = week_ + weeks_until(52 / p("people.turnover"));
    person.technical =
        literacy("people.technical_literacy_of_technical", "people.technical_literacy_of_business");
    person.business =
        literacy("people.business_literacy_of_technical", "people.business_literacy_of_business");
    const auto& code = groups_[static_cast<size_t>(person.group)].code;
    for (size_t j = 0; j < dimensions_; ++j)
      person.belief[j] = !is_first && happens(with("knowledge.kept")) ? code[j] : below(3) - 1;
  }

  void take_stock(Group& group) {
    group.technical = group.business = 0;
    group.present = 0;
    for (const int k : group.people) {
      const Person& person = people_[static_cast<size_t>(k)];
      if (!person.present) continue;
      ++group.present;
      group.technical += person.technical;
      group.business += person.business;
    }
    group.technical /= std::max(group.present, 1);
    group.business /= std::max(group.present, 1);
  }

  void turn_over() {
    for (size_t g = 0; g < groups_.size(); ++g) {
      Group& group = groups_[g];
      for (const int k : group.people) {
        Person& person = people_[static_cast<size_t>(k)];
        if (person.change != week_) continue;
        if (person.present) {
          group.energy -= group.energy / std::max(group.present, 1);
          group.experience *= 1 - (1 - with("knowledge.kept")) / std::max(group.present, 1);
          --group.present;
          person.present = false;
          person.change = week_ + weeks_until(p("people.vacancy"));
        } else {
          group.energy += p("people.newcomer_productivity");
          ++group.present;
          join(person, false);
        }
      }
      take_stock(group);
      group.energy += (group.present - group.energy) / p("people.ramp_up");
      group.experience *= 1 - p("work.forgetting") * 12 / 52;
    }
  }

  void turn_realities() {
    for (size_t j = 0; j < dimensions_; ++j) {
      if (happens(p("realities.technical_turbulence"))) technical_reality_[j] *= -1;
      if (happens(p("realities.business_turbulence"))) business_reality_[j] *= -1;
    }
  }

  double contact(double metres) const {
    const double nearer = (1 - with("cross_functional.distance")) * (1 - with("literacy.distance"));
    return contact_at(metres * nearer);
  }
  double contact_at(double metres) const {
    return p("contacts.floor") + p("contacts.near") * std::exp(-metres / p("contacts.decay"));
  }

  void meet() {
    in_unit_ = contact(p("contacts.distance_in_unit"));
    elsewhere_ = contact(p("contacts.distance_elsewhere"));
    const double own = p("contacts.near") + p("contacts.floor");
    outside_ = (in_unit_ + elsewhere_) / (own + in_unit_ + elsewhere_);
  }

  static int score(const std::vector<int>& beliefs, const std::vector<int>& reality) {
    int sum = 0;
    for (size_t j = 0; j < beliefs.size(); ++j) sum += beliefs[j] * reality[j];
    return sum;
  }

  void learn() {
    for (Group& group : groups_) group.before = group.code;
    const auto cadence = static_cast<size_t>(size("belief_cadence"));
    for (size_t g = static_cast<size_t>(week_ + size("burn_in")) % cadence; g < groups_.size();
         g += cadence)
      learn_in_group(g);
  }

  void learn_in_group(size_t g) {
    Group& group = groups_[g];
    const double weight = technical(g)
                              ? std::clamp(p("beliefs.technical_business_weight") +
                                               with("scorecard.weight") + with("incentives.weight"),
                                           0.0, 1.0)
                              : p("beliefs.business_business_weight");
    const auto measured = [&](const std::vector<int>& what) {
      return weight * score(what, business_reality_) +
             (1 - weight) * score(what, technical_reality_);
    };
    const double noise =
        p("beliefs.noise_scale") * p("measurement.noise") * (1 - with("scorecard.noise"));
    const double to_beat = measured(group.before), step = p("beliefs.socialisation");
    const size_t counterpart = technical(g) ? teams_ + g % units_.size() : (g - teams_) % teams_;
    std::vector<int> votes(dimensions_, 0), action(dimensions_);
    for (const int k : group.people) {
      Person& person = people_[static_cast<size_t>(k)];
      if (!person.present) continue;
      for (size_t j = 0; j < dimensions_; ++j)
        action[j] = person.belief[j] != 0 ? person.belief[j] : (happens(.5) ? 1 : -1);
      if (measured(action) + noise * normal() > to_beat)
        for (size_t j = 0; j < dimensions_; ++j) votes[j] += action[j];
      size_t heard = g;
      if (happens(outside_))
        heard = happens(in_unit_ / (in_unit_ + elsewhere_))
                    ? counterpart
                    : static_cast<size_t>(below(static_cast<int>(groups_.size())));
      for (size_t j = 0; j < dimensions_; ++j) {
        const int code = groups_[heard].before[j];
        if (code != 0 && person.belief[j] != code && happens(step)) person.belief[j] += code;
      }
    }
    const double stays = (1 - p("beliefs.code_learning")) * (1 - with("knowledge.code"));
    for (size_t j = 0; j < dimensions_; ++j) {
      const int sign = votes[j] > 0 ? 1 : votes[j] < 0 ? -1 : 0;
      if (sign != 0 && group.code[j] != sign && happens(1 - std::pow(stays, std::abs(votes[j]))))
        group.code[j] = sign;
    }
  }

  void take_knowledge() {
    knowledge_ = 0;
    for (const Group& group : groups_) knowledge_ += score(group.code, business_reality_);
    knowledge_ /= static_cast<double>(dimensions_ * groups_.size());
  }

  // S3: understanding.
  void understand(bool everyone) {
    for (size_t team = 0; team < teams_; ++team)
      for (size_t unit = 0; unit < units_.size(); ++unit) {
        if (!everyone && static_cast<int>(team) % 4 != week_ % 4) continue;
        const Group& builds = groups_[team];
        const Group& uses = groups_[teams_ + unit];
        const double common = score(builds.code, uses.code) / static_cast<double>(dimensions_);
        const double by_code = p("understanding.code_floor") +
                               (1 - p("understanding.code_floor")) * std::max(common, 0.0);
        const double met = unit == team % units_.size() ? in_unit_ : elsewhere_;
        const double share = p("understanding.contact_share");
        const double by_contact = 1 - share + share * met / p("contacts.near");
        const double business = builds.business + with("literacy.business") * (1 - builds.business);
        const double tech = uses.technical + with("literacy.technical") * (1 - uses.technical);
        direct_[team * units_.size() + unit] = std::clamp(
            p("understanding.scale") * by_code * by_contact * (.5 + std::sqrt(business * tech)) +
                with("scorecard.understanding"),
            0.0, p("understanding.most"));
      }
  }

  void translate() {
    const double in_place = p("translators.in_place"), hired = in_place + 10 * lever("translators");
    const double authority = p("effect.translators.authority") * p("translators.authority");
    const size_t units = units_.size();
    for (Unit& unit : units_) unit.untranslated = 1;
    for (int j = 0; j < size("translator_posts"); ++j) {
      const double there = std::clamp(hired - j, 0.0, 1.0);
      if (there <= 0) continue;
      const double old = std::clamp(in_place - j, 0.0, 1.0);
      const double skill =
          (old * p("translators.effectiveness") +
           (there - old) * std::min(1.0, p("translators.effectiveness") + authority)) *
          std::sqrt(p("translators.technical_literacy") * p("translators.business_literacy"));
      Unit &first = units_[static_cast<size_t>(2 * j) % units],
           &second = units_[static_cast<size_t>(2 * j + 1) % units];
      const double load = first.developing + second.developing;
      const double does = skill * (load > 0 ? std::min(1.0, p("translators.load_cap") / load) : 1);
      first.untranslated *= 1 - does;
      second.untranslated *= 1 - does;
    }
  }

  double shared_understanding(const Initiative& i) const {
    const auto unit = static_cast<size_t>(of(i).unit);
    return 1 - (1 - direct_[static_cast<size_t>(i.team) * units_.size() + unit]) *
                   units_[unit].untranslated;
  }

  // Opportunities.
  void arise(int count) {
    for (; count > 0; --count) {
      Opportunity o;
      const char* const share = "share";
      double pick = uniform() *
                    (of_kind(0, share) + of_kind(1, share) + of_kind(2, share) + of_kind(3, share));
      while (o.kind < 3 && pick >= of_kind(o.kind, share)) pick -= of_kind(o.kind++, share);
      o.subject = below(5);
      o.unit = below(static_cast<int>(units_.size()));
      o.value = std::min(p("opportunity.value") * of_kind(o.kind, "value") *
                             std::exp(p("opportunity.spread") * normal()),
                         p("opportunity.most")) *
                1e8 / 52;
      o.is_true = happens(p("hypothesis.true_share") * of_kind(o.kind, "hypothesis"));
      o.real_time = happens(p("data.real_time"));
      o.high_risk = happens(p("incidents.high_risk"));
      o.hazard = units_[static_cast<size_t>(o.unit)].discovery + exponential(1);
      o.novelty = uniform() * (o.kind == 1 ? 1.2 : o.kind == 2 ? .4 : .9);
      o.complexity_luck = normal();
      o.promise_luck = normal();
      o.cost_luck = normal();
      o.cause = o.is_true ? "undiscovered" : "false_hypothesis";
      opportunities_.push_back(o);
    }
  }
  Opportunity& of(const Initiative& i) {
    return opportunities_[static_cast<size_t>(i.opportunity)];
  }
  const Opportunity& of(const Initiative& i) const {
    return opportunities_[static_cast<size_t>(i.opportunity)];
  }

  void discover() {
    for (Unit& unit : units_)
      unit.discovery +=
          p("opportunity.discovery") * outside_ * (1 + with("value_mapping.discovery"));
    for (Opportunity& o : opportunities_)
      if (o.state == Opportunity::latent &&
          units_[static_cast<size_t>(o.unit)].discovery >= o.hazard) {
        o.state = Opportunity::known;
        if (o.is_true) o.cause = "capacity";
      }
  }

  void draw_priorities() {
    for (bool& priority : priority_) priority = happens(.4);
  }

  // Money, levers.
  void receive_budget() {
    if ((week_ - 1) % 52 == 0)
      yearly_budget_ =
          p("budget.yearly") * 1e8 *
          (week_ == 1 ? 1 : std::clamp(.5 + confidence_, p("budget.least"), p("budget.most")));
    balance_ += yearly_budget_ / 52;
  }
  // The share of a bill that is paid.
  double pay(double bill) {
    const double share = bill > 0 ? std::min(1.0, balance_ / bill) : 1;
    balance_ -= bill * share;
    spending_ += bill * share;
    return share;
  }

  void use_levers() {
    const double programme = (size("technical_staff") + size("business_staff")) / 200.0;
    double bill = 0, staff = 0;
    std::map<std::string, double> strength;
    for (const auto& entry : model_.levers) {
      const std::string name = entry.name;
      const auto set = setting_.levers.find(name);
      const double asked = set == setting_.levers.end() ? 0 : set->second;
      strength[name] = asked * (1 - std::exp(-week_ / entry.ramp));
      bill += p("cost." + name + ".once") * std::max(asked - asked_[name], 0.0) +
              p("cost." + name + ".yearly") * asked / 52;
      staff += p("staff." + name) * asked;
      asked_[name] = asked;
    }
    const double paid = pay(bill * programme * 1e5);
    staff_share_ = std::min(staff * programme / size("technical_staff"), .9);
    const double sponsored =
        p("culture.without_sponsor") + (1 - p("culture.without_sponsor")) * sponsorship_;
    for (const auto& entry : model_.levers) {
      const std::string name = entry.name;
      double level = p("practice." + name) + strength[name] * paid;
      if (name != "translators") level = std::min(level, 1.0);
      const bool culture = name == "literacy" || name == "incentives" || name == "safety" ||
                           name == "experimentation";
      level_[name] = culture ? level * sponsored : level;
    }
    set_effects();
    const double asked = asked_["cross_functional"];
    const double formed = asked > 0 ? strength["cross_functional"] / std::max(asked, .01) : 1;
    dip_ = p("effect.cross_functional.dip") * asked * (1 - formed) * (1 - formed);
  }

  // S6: data.
  void keep_data() {
    const double governed = lever("data_governance");
    double asked = 0;
    for (const Asset& asset : assets_) asked += asset.demand;
    for (Asset& asset : assets_) {
      double weight = 1;
      if (asked > 0) {
        const double by_demand =
            std::min(3.0, asset.demand * static_cast<double>(assets_.size()) / asked);
        weight = 1 + governed * (by_demand - 1);
      }
      const double grows =
          p("data.stewardship") * (1 + p("effect.data_governance.stewardship") * governed * weight);
      asset.quality = std::clamp(
          asset.quality + grows * (1 - asset.quality) - p("data.decay") * asset.quality, .01, 1.0);
    }
  }

  double data_readiness(const Initiative& i) const {
    const double rho = p("data.representativeness") + with("data_governance.representativeness") *
                                                          (1 - p("data.representativeness"));
    double worst = 1;
    for (const int asset : i.needs)
      worst = std::min(worst, assets_[static_cast<size_t>(asset)].quality);
    return worst * std::sqrt(rho);
  }
  double data_quality(const Initiative& i) const {
    const double late = of(i).real_time ? p("data.batch_loss") * (1 - with("catalog.time")) : 0;
    return std::pow(i.readiness, p("data.exponent")) * (1 - late);
  }

  void request_data(Initiative& i) {
    i.tickets.clear();
    for (const int needed : i.needs) {
      Asset& asset = assets_[static_cast<size_t>(needed)];
      double request =
          asset.is_private
              ? std::max(.3, p("data.privacy_work") * (1 - with("data_governance.privacy")))
              : 1;
      if (asset.prepared) request *= .3;
      Unit& owner = units_[static_cast<size_t>(asset.owner)];
      owner.requested += request;
      i.tickets.push_back(owner.requested);
      asset.demand += 1;
    }
    i.waits_for_data = true;
  }

  void serve_data() {
    const double rate =
        p("data.service") * (1 + with("catalog.service")) * (1 + with("connectors.service"));
    for (Unit& unit : units_) {
      unit.requested += p("data.other_requests") * 2 * uniform();
      unit.served = std::min(unit.requested, unit.served + rate);
    }
    for (Initiative& i : initiatives_) {
      if (!i.waits_for_data) continue;
      bool ready = true;
      for (size_t k = 0; k < i.needs.size(); ++k)
        ready =
            ready &&
            units_[static_cast<size_t>(assets_[static_cast<size_t>(i.needs[k])].owner)].served >=
                i.tickets[k] - 1e-9;
      if (ready)
        i.waits_for_data = false;
      else
        ++count_["data_weeks"];
    }
  }

  // S8: gates.
  double safety() const {
    return p("culture.safety") + with("safety.psi") * (1 - p("culture.safety"));
  }
  double council_literacy() const {
    return std::min(1.0, p("council.literacy") + with("literacy.council"));
  }

  double evidence(int stage) const {
    double e = 0;
    if (stage == framing)
      e = p("gates.framing_evidence") + with("experimentation.evidence_framing") +
          with("framing.evidence") + .1 * (1 - std::exp(-lessons_ / 5));
    if (stage == data) e = p("gates.data_evidence") + with("experimentation.evidence_data");
    if (stage == build)
      e = p("gates.build_evidence") + with("experimentation.evidence_build") +
          with("scorecard.evidence");
    if (stage == pilot)
      e = p("gates.pilot_evidence") + with("experimentation.evidence_pilot") +
          with("scorecard.evidence");
    e = 1 - (1 - std::min(e, 1.0)) * (1 - with("joint_reviews.evidence"));
    return e * (1 - p("gates.mum") * (1 - safety()));
  }

  double integration(const Initiative& i) const {
    return (1 + p("last_mile.legacy_work") * legacy(i)) * (1 - with("mlops.deploy")) *
           (1 + (p("last_mile.late_plan") - 1) * (1 - with("roadmap.late")));
  }
  double legacy(const Initiative& i) const {
    return units_[static_cast<size_t>(of(i).unit)].legacy * (1 - with("connectors.legacy"));
  }
  double understood(const Initiative& i) const {
    return std::pow(i.fidelity, .7) * (.6 + .4 * i.understanding);
  }

  double merit(const Initiative& i) {
    const Opportunity& o = of(i);
    const double e = evidence(i.stage),
                 informed = std::min(1.0, .2 + with("feasibility.information"));
    const double seen = e * std::log(o.is_true ? o.value : o.value * p("gates.false_value")) +
                        (1 - e) * std::log(i.promise);
    double chance = 0;
    if (i.stage >= build)
      chance = std::log(std::max(.02, i.fidelity * i.quality * i.readiness));
    else
      chance = informed * std::log(std::max(.02, i.readiness * std::sqrt(i.fidelity) /
                                                     (.7 + .3 * i.complexity))) +
               (1 - informed) * std::log(p("gates.ignorance"));
    const double usual[] = {0,
                            0,
                            p("work.data") * of_kind(i.kind, "data_work"),
                            p("work.build") * of_kind(i.kind, "build_work"),
                            p("work.pilot"),
                            p("work.deployment") * (1 + .6 * p("last_mile.legacy_work")) *
                                (1 + (p("last_mile.late_plan") - 1) * (1 - with("roadmap.late")))};
    double to_come = 0;
    for (int stage = i.stage + 1; stage <= deployment; ++stage) {
      const double truth = i.work[stage] * (stage == deployment ? integration(i) : 1);
      to_come += std::pow(truth, informed) * std::pow(usual[stage], 1 - informed);
    }
    const double cost = to_come * p("work.team") * p("cost.person") * 100;
    const double precision = 1 + with("joint_reviews.gate") + with("experimentation.gate") +
                             with("scorecard.gate") + council_literacy() +
                             with("sponsorship.gate") + safety();
    const double sunk = p("gates.sunk_cost") * std::min(1.5, i.spent / std::max(i.estimate, 1.0));
    return seen + chance + std::log(104.0) - std::log(cost + 2e6) +
           p("gates.noise") / std::sqrt(precision) * normal() + sunk +
           (priority_[static_cast<size_t>(o.subject)] ? .2 : 0) - 1;
  }

  void hold_council() {
    council_clock_ += 1;
    const double every = p("council.cadence") * (1 - with("council.cadence"));
    if (council_clock_ < every) return;
    council_clock_ = std::clamp(council_clock_ - every, 0.0, every);
    std::vector<size_t> queue;
    for (size_t k = 0; k < initiatives_.size(); ++k)
      if (initiatives_[k].waits > 0 && initiatives_[k].stage <= pilot) queue.push_back(k);
    std::sort(queue.begin(), queue.end(), [&](size_t a, size_t b) {
      const Initiative &x = initiatives_[a], &y = initiatives_[b];
      return x.waits != y.waits ? x.waits > y.waits : x.opportunity < y.opportunity;
    });
    queue.resize(std::min(queue.size(), static_cast<size_t>(p("council.slots"))));
    const double threshold[] = {0, p("gates.framing"), p("gates.data"), p("gates.build"),
                                p("gates.pilot")};
    std::vector<size_t> stopped;
    for (const size_t k : queue) {
      Initiative& i = initiatives_[k];
      const std::string gate = std::to_string(i.stage);
      ++count_["seen_" + gate];
      count_["gate_weeks"] += i.waits - 1;
      if (merit(i) > threshold[i.stage] + with("strictness.threshold")) {
        i.waits = 0;
        if (i.stage == pilot) {
          const double e = evidence(pilot);
          const double shown = std::log(of(i).value) + .5 * p("proposals.optimism") +
                               std::log(std::max(.05, i.quality * data_quality(i) * understood(i)));
          i.charter = std::exp(e * shown + (1 - e) * std::log(i.promise));
        }
        begin_stage(i, i.stage + 1);
      } else {
        ++count_["stopped_" + gate];
        stopped.push_back(k);
      }
    }
    std::sort(stopped.rbegin(), stopped.rend());
    for (const size_t k : stopped) end(k, "killed");
  }

  void begin_stage(Initiative& i, int stage) {
    i.stage = stage;
    i.rework = 0;
    i.redoing = nullptr;
    i.left = i.work[stage];
    if (stage == data) {
      bool prepared = true;
      for (const int asset : i.needs)
        prepared = prepared && assets_[static_cast<size_t>(asset)].prepared;
      if (prepared) i.left *= 1 - p("work.prepared_data_saving") * (.3 + with("knowledge.reuse"));
      request_data(i);
    }
    if (stage == pilot) {
      ++count_["pilots"];
      i.was_piloted = true;
      if (of(i).high_risk) i.left += with("responsible_review.delay");
    }
    if (stage == deployment) {
      i.nominal = i.left;
      i.left *= integration(i);
    }
  }

  void end(size_t k, const char* cause) {
    const Initiative& i = initiatives_[k];
    enter_cohorts(i, true);
    of(i).state = Opportunity::ended;
    if (of(i).is_true) of(i).cause = cause;
    lessons_ += (.2 + .8 * safety()) * (1 + with("safety.lessons") + with("knowledge.lessons"));
    initiatives_.erase(initiatives_.begin() + static_cast<std::ptrdiff_t>(k));
  }

  // S9: funding.
  double promise(const Opportunity& o) const {
    const double sigma =
        p("proposals.noise") * (1 - with("sponsorship.noise")) * (1 - with("value_mapping.noise"));
    const double hype =
        p("proposals.hype") *
        std::max(0.0, 1 - council_literacy() - with("sponsorship.hype") - with("literacy.hype")) *
        (1 - .5 * std::max(knowledge_, 0.0));
    return std::log(o.value) + p("proposals.optimism") * (1 - with("experimentation.optimism")) -
           sigma * sigma / 2 + sigma * o.promise_luck + hype * o.novelty;
  }
  double estimate(const Opportunity& o) const {
    const double weeks = p("work.framing") + p("work.data") + p("work.build") + p("work.pilot") +
                         p("work.deployment") * (1 + .6 * p("last_mile.legacy_work"));
    return std::log(weeks * p("work.team") * p("cost.person") * 100 *
                    (.6 + .4 * of_kind(o.kind, "build_work"))) +
           p("portfolio.cost_noise") * o.cost_luck;
  }

  void hold_funding_round() {
    funding_clock_ += 1;
    if (funding_clock_ < p("portfolio.cadence") * (1 - with("council.funding"))) return;
    funding_clock_ = 0;
    for (Opportunity& o : opportunities_)
      o.rank = promise(o) - estimate(o) +
               (priority_[static_cast<size_t>(o.subject)] ? p("portfolio.fit") : 0);
    const double team = p("work.team") * p("cost.person") * 100;
    double developing = 0, bills = 0;
    std::vector<double> load(teams_, 0);
    for (const Initiative& i : initiatives_) {
      bills += !i.developing() ? p("cost.run") * 100
               : i.waiting()   ? team * p("work.waiting_holds")
                               : team;
      if (!i.developing()) continue;
      developing += 1;
      load[static_cast<size_t>(i.team)] += 1;
    }
    const double most = p("portfolio.wip") * (1 - with("portfolio.wip"));
    const int starts =
        static_cast<int>(std::floor(p("portfolio.starts") * (1 - with("portfolio.starts")) + .5));
    for (int turn = 0; turn < starts && developing < most && balance_ > 0 &&
                       balance_ >= p("portfolio.reserve") * bills;
         ++turn) {
      const bool explores = happens(p("portfolio.explore") * (1 - with("portfolio.explore")));
      int best = -1;
      double highest = 0;
      for (size_t k = 0; k < opportunities_.size(); ++k) {
        if (opportunities_[k].state != Opportunity::known) continue;
        const double rank = explores ? uniform() : opportunities_[k].rank;
        if (best >= 0 && rank <= highest) continue;
        best = static_cast<int>(k);
        highest = rank;
      }
      if (best < 0) break;
      size_t chosen = 0;
      double least = 1e9;
      for (size_t k = 0; k < teams_; ++k) {
        const bool embedded =
            static_cast<int>(k % units_.size()) == opportunities_[static_cast<size_t>(best)].unit;
        const double mine = load[k] + (embedded ? 0 : 1e-3);
        if (mine < least) chosen = k;
        least = std::min(least, mine);
      }
      load[chosen] += 1;
      start(best, static_cast<int>(chosen));
      developing += 1;
      bills += team;
    }
    judge_portfolio(static_cast<size_t>(developing));
  }

  void judge_portfolio(size_t places) {
    std::vector<double> worth;
    for (const Opportunity& o : opportunities_)
      if (o.is_true && o.state == Opportunity::known) worth.push_back(o.value);
    for (const Initiative& i : initiatives_)
      if (i.developing() && of(i).is_true) worth.push_back(of(i).value);
    std::sort(worth.rbegin(), worth.rend());
    const double least = places > 0 && places <= worth.size() ? worth[places - 1] : 0;
    for (Opportunity& o : opportunities_)
      if (o.is_true && o.state == Opportunity::known)
        o.cause = places > 0 && o.value >= least ? "misprioritised" : "capacity";
  }

  void start(int number, int team) {
    Opportunity& o = opportunities_[static_cast<size_t>(number)];
    o.state = Opportunity::started;
    Initiative i;
    i.opportunity = number;
    i.team = team;
    i.started = week_;
    const double larger = std::log(o.value / (p("opportunity.value") * 1e8 / 52));
    i.complexity = std::exp(p("work.complexity_spread") * o.complexity_luck +
                            p("work.complexity_by_value") * larger);
    const bool prefers = happens(with("feasibility.buy"));
    i.kind = o.kind != 2 && i.complexity > 1.3 && prefers ? 3 : o.kind;
    const int assets = 1 + below(3);
    for (int k = 0; k < assets; ++k) i.needs.push_back(below(static_cast<int>(assets_.size())));
    i.swan = happens(p("work.black_swan"));
    const double usual[] = {0,
                            p("work.framing"),
                            p("work.data") * of_kind(i.kind, "data_work"),
                            p("work.build") * of_kind(i.kind, "build_work"),
                            p("work.pilot"),
                            p("work.deployment")};
    for (int stage = framing; stage <= deployment; ++stage) {
      i.work[stage] = usual[stage] * std::exp(p("work.spread") * normal());
      if (i.swan && (stage == build || stage == deployment))
        i.work[stage] *= p("work.black_swan_work");
    }
    i.work[build] *= std::sqrt(i.complexity);
    i.required = (p("technical.required_low") +
                  (p("technical.required_high") - p("technical.required_low")) * uniform()) *
                 of_kind(i.kind, "required");
    i.sites = static_cast<int>(std::clamp(
        std::floor(p("last_mile.sites") + p("last_mile.sites_by_value") * larger + 2 * uniform()),
        1.0, 12.0));
    const double users = std::clamp(
        p("adoption.users") * std::exp(.7 * normal() + p("adoption.users_by_value") * larger), 4.0,
        20000.0);
    i.users[0] = static_cast<int>(std::lround(.6 * users));
    i.users[1] = static_cast<int>(std::lround(.4 * users));
    const double known = score(groups_[static_cast<size_t>(team)].code, business_reality_) /
                         static_cast<double>(dimensions_);
    i.fidelity = std::clamp(p("translation.start") * of_kind(i.kind, "start") +
                                p("translation.start_of_knowledge") * std::max(known, 0.0) +
                                with("framing.start"),
                            0.0, .98);
    i.promise = i.charter = std::exp(promise(o));
    i.estimate = std::exp(estimate(o));
    i.readiness = data_readiness(i);
    i.understanding = shared_understanding(i);
    ++count_["started"];
    begin_stage(i, framing);
    initiatives_.push_back(i);
  }

  // S4: effort.
  void divide_effort() {
    const double noise = p("measurement.noise") * (1 - with("scorecard.noise"));
    const double reward[] = {p("effort.technical_reward") * (1 - with("incentives.technical")),
                             p("effort.business_reward") * (1 + with("incentives.business")) /
                                 (1 + p("effort.risk_aversion") * noise * noise),
                             p("effort.bridging_reward") +
                                 with("incentives.bridging") * (.5 + .5 * lever("scorecard")) +
                                 with("cross_functional.bridging")};
    // Step by step up the slope of what effort is worth, back inside of what is possible: no effort below 0, together at most 1.
    const double g = p("effort.substitution");
    std::fill(std::begin(task_), std::end(task_), 0.0);
    for (int step = 0; step < 400; ++step) {
      const double all = task_[0] + task_[1] + task_[2];
      double to[3], least = 0, most = 0;
      for (int k = 0; k < 3; ++k) {
        to[k] = task_[k] + .3 * (reward[k] - (1 - g) * task_[k] - g * all);
        most = std::max(most, to[k]);
      }
      const auto left = [&](double cut) {
        return std::max(to[0] - cut, 0.0) + std::max(to[1] - cut, 0.0) + std::max(to[2] - cut, 0.0);
      };
      if (left(0) > 1)
        for (int halving = 0; halving < 60; ++halving) {
          const double cut = (least + most) / 2;
          (left(cut) > 1 ? least : most) = cut;
        }
      for (int k = 0; k < 3; ++k) task_[k] = std::max(to[k] - least, 0.0);
    }
  }

  // S5, S7, S10: work.
  double weekly_cost(const Initiative& i) const {
    const double team = p("work.team") * p("cost.person") /
                        std::max(1.0, groups_[static_cast<size_t>(i.team)].load);
    if (i.developing()) {
      const double dear =
          i.swan && (i.stage == build || i.stage == deployment) ? p("work.black_swan_cost") : 1;
      return 100 * team * (i.waiting() ? p("work.waiting_holds") : 1) * dear;
    }
    return 100 * (p("cost.run") +
                  p("cost.use") * of_kind(i.kind, "use_cost") * (i.active[0] + i.active[1]) +
                  (i.sites_live < i.sites ? .5 * team : 0));
  }

  double speed(const Initiative& i) const {
    const Group& team = groups_[static_cast<size_t>(i.team)];
    const auto posts = static_cast<double>(team.people.size());
    const double at_work = team.energy / posts * (1 - std::min(team.upkeep, 1.0)) *
                           (1 - staff_share_) * (1 - with("cross_functional.overhead")) *
                           (1 - dip_);
    return std::max(at_work, 0.0) * std::max(.1, 1 - p("work.coordination_loss") * (posts - 1)) *
           std::max(.3, 1 - p("work.switching") * std::max(team.load - 1, 0.0)) *
           std::pow(1 + team.experience, -std::log2(p("work.progress_ratio"))) /
           std::max(team.load, 1.0);
  }

  void work() {
    for (Group& group : groups_) group.load = group.upkeep = 0;
    for (Unit& unit : units_) unit.developing = 0;
    for (const Initiative& i : initiatives_) {
      Group& team = groups_[static_cast<size_t>(i.team)];
      if (i.developing()) {
        team.load += i.waiting() ? p("work.waiting_holds") : 1;
        ++units_[static_cast<size_t>(of(i).unit)].developing;
      } else {
        if (i.sites_live < i.sites) team.load += .5;
        team.upkeep += p("work.debt") * (1 - with("mlops.debt"));
      }
    }
    double operation = 0, development = 0;
    for (const Initiative& i : initiatives_)
      (i.developing() ? development : operation) += weekly_cost(i);
    const double operated = pay(operation), developed = pay(development);
    count_["funded"] += developed;
    const int window = std::max(
        1, static_cast<int>(std::floor(p("last_mile.release") * (1 - with("mlops.release")) + .5)));
    std::vector<size_t> failed;
    for (size_t k = 0; k < initiatives_.size(); ++k) {
      Initiative& i = initiatives_[k];
      i.understanding = shared_understanding(i);
      i.readiness = data_readiness(i);
      const double pace = speed(i);
      if (!i.developing()) {
        if (i.sites_live < i.sites && (i.site_work -= .5 * pace * operated) <= 0) {
          ++i.sites_live;
          i.site_work = work_of_a_site(i);
        }
        continue;
      }
      i.fidelity *= 1 - p("translation.requirement_drift");
      i.spent += weekly_cost(i) * developed;
      if (i.stall > 0 || i.waits_for_data) continue;
      if (i.waits == 0) {
        if (!work_on(i, pace * developed)) failed.push_back(k);
      } else if (i.stage == deployment && week_ % window == 0)
        go_live(i);
      else
        ++i.waits;
    }
    for (size_t n = failed.size(); n-- > 0;) {
      ++count_["failed_builds"];
      end(failed[n], "technical");
    }
  }

  double work_of_a_site(const Initiative& i) const {
    return i.nominal * p("last_mile.site_effort") * (1 + p("last_mile.site_legacy") * legacy(i)) *
           (1 - with("decisions.sites"));
  }

  // False where the build has failed for good.
  bool work_on(Initiative& i, double pace) {
    static const double need[6][3] = {{},          {.2, .3, .5}, {.4, .6, 0},
                                      {.8, .2, 0}, {.3, .5, .2}, {.3, .7, 0}};
    double met = 0;
    for (int k = 0; k < 3; ++k) met += std::min(task_[k], need[i.stage][k]);
    double rate = pace * (.5 + .5 * met);
    if (i.stage == data || i.stage == deployment)
      rate /= std::max(.1, 1 - p("work.reuse_saving") * with("platform.maturity"));
    static const char* const gain[] = {"",
                                       "translation.gain_in_framing",
                                       "translation.gain_in_data",
                                       "translation.gain_in_build",
                                       "translation.gain_in_pilot",
                                       "translation.gain_in_deployment"};
    const double gained = p("translation.gain") * p(gain[i.stage]) * (.5 + 2 * task_[2]) *
                          i.understanding * (1 - i.fidelity) / p("translation.iteration") *
                          (1 + with("joint_reviews.fidelity")) * std::min(rate, 1.0);
    i.fidelity = std::min(of_kind(i.kind, "fidelity_cap"), i.fidelity + gained);
    i.left -= rate;
    if (i.stage == build) {
      i.effort += rate * task_[0];
      i.quality = std::max(
          i.quality, p("technical.limit") * (1 - std::exp(-i.effort / p("technical.effort"))));
    }
    return i.left > 0 || complete(i);
  }

  bool complete(Initiative& i) {
    if (i.rework < 2 &&
        happens(1 - std::exp(-p("work.rework") * i.complexity * (1 - i.fidelity)))) {
      i.left = i.work[i.stage] * (.2 + .6 * uniform());
      ++i.rework;
      i.redoing = "silo";
      ++count_["rework"];
      return true;
    }
    if (i.stage == build) {
      const double context = 1 - p("technical.context") * (1 - i.understanding);
      if (i.quality * data_quality(i) * context < i.required) {
        if (i.rebuilds == 2) return false;
        ++i.rebuilds;
        i.left = .5 * i.work[build];
        i.redoing = "technical";
        return true;
      }
    }
    i.redoing = nullptr;
    i.fidelity *= 1 - p("translation.handoff_loss") * (1 - i.understanding) *
                          (1 - with("cross_functional.handoff"));
    groups_[static_cast<size_t>(i.team)].experience += 1;
    if (i.stage == data)
      for (const int asset : i.needs) assets_[static_cast<size_t>(asset)].prepared = true;
    if (i.stage > framing) deliver_insight(i);
    if (i.stage == pilot) i.piloted = week_;
    i.waits = 1;
    return true;
  }

  void go_live(Initiative& i) {
    i.stage = in_use;
    i.waits = 0;
    i.live = week_;
    i.sites_live = 1;
    i.site_work = work_of_a_site(i);
    ++count_["went_live"];
    count_["weeks_to_live"] += week_ - i.started;
    double& trust = units_[static_cast<size_t>(of(i).unit)].trust;
    trust += p("friction.trust_gain") * (1 - trust);
  }

  void deliver_insight(const Initiative& i) {
    if (week_ > weeks_ - 52) return;
    ++count_["insights_told"];
    const bool acted = happens(p("insights.acted_on") * i.understanding + with("decisions.act") +
                               with("literacy.act"));
    if (acted && of(i).is_true) ++count_["benefits"];
  }

  // S11: adoption.
  static int reached(const Initiative& i, int population) {
    return static_cast<int>(
        std::floor(i.users[population] * static_cast<double>(i.sites_live) / i.sites + .5));
  }

  void adopt() {
    for (Initiative& i : initiatives_) {
      if (i.developing() || i.pause > 0) continue;
      const double quality = i.quality * data_quality(i) * i.fidelity;
      for (int population = 0; population < 2; ++population) {
        const int people = reached(i, population);
        int& active = i.active[population];
        const double share = people > 0 ? static_cast<double>(active) / people : 0;
        const double usefulness =
            p("adoption.usefulness_weight") *
                std::min(1.0, quality / p("adoption.full_usefulness")) +
            p("adoption.ease_weight") * (p("adoption.ease") + with("training.ease")) +
            p("adoption.peer_weight") * share +
            p("adoption.support_weight") *
                (p("adoption.support") + with("training.support") + with("change.support")) +
            with("responsible_architecture.trust");
        const double useful =
            1 / (1 + std::exp(-p("adoption.steepness") * (usefulness - p("adoption.threshold"))));
        const double none = std::pow(1 - share, 6), one = 6 * share * std::pow(1 - share, 5);
        const double peers =
            (1 - p("adoption.complex")) * share + p("adoption.complex") * (1 - none - one);
        double hazard = (p("adoption.innovation") *
                             (1 + with("change.innovation") + with("training.innovation")) +
                         p("adoption.imitation") * (1 + with("training.imitation")) * peers) *
                        useful / 52 * of_kind(i.kind, "adoption");
        if (population == 1) {
          const double reluctant = p("adoption.second_group");
          hazard *= reluctant + with("change.resistance") * std::max(0.0, 1 - reluctant);
        }
        const double gives_up =
            p("adoption.disadoption") / 52 * (1 + p("adoption.drift_disadoption") * i.loss);
        const int more = binomial(people - active, 1 - std::exp(-hazard)),
                  fewer = binomial(active, 1 - std::exp(-gives_up));
        active += more - fewer;
      }
    }
  }

  // S12, S16: operation.
  void drift() {
    const double weeks = std::max(1.0, p("drift.detection") - with("mlops.detection"));
    for (size_t k = initiatives_.size(); k-- > 0;) {
      Initiative& i = initiatives_[k];
      if (i.developing()) continue;
      const int kind = i.kind;
      i.loss += p("drift.rate") * of_kind(kind, "drift") * (1 - i.loss);
      if (happens(p("drift.abrupt") / 52 * of_kind(kind, "abrupt")))
        i.loss = std::max(i.loss, p("drift.abrupt_loss"));
      if (i.loss > .05 && happens(1 / weeks)) {
        i.loss *= p("drift.after_retraining");
        pay(100 * p("drift.retraining_cost"));
        ++count_["retrainings"];
      }
      if (happens(p("use.abandonment") / 52 * (1 + 2 * i.loss))) {
        ++count_["withdrawn"];
        end(k, "abandoned");
      }
    }
  }

  void incidents() {
    const double guarded =
        (1 - with("responsible_review.hazard")) * (1 - with("responsible_architecture.hazard"));
    for (Initiative& i : initiatives_) {
      if (i.developing()) continue;
      if (i.pause > 0) {
        --i.pause;
        continue;
      }
      const double hazard = p("incidents.rate") / 52 *
                            (of(i).high_risk ? 1 : p("incidents.low_risk")) *
                            of_kind(i.kind, "risk") * guarded;
      if (!happens(hazard)) continue;
      ++count_["incidents"];
      const double severity = std::exp(p("incidents.severity_spread") * normal()) *
                              (1 - with("responsible_architecture.severity"));
      i.pause = static_cast<int>(std::min(520.0, 1 + p("incidents.pause") * severity));
      pay(100 * p("incidents.cost") * severity);
      for (Initiative& other : initiatives_) {
        if (other.developing()) continue;
        const double lost = &other == &i ? std::min(1.0, p("incidents.user_loss") * severity)
                                         : std::min(.5, p("incidents.spillover") * severity);
        for (int& active : other.active) active = static_cast<int>(std::floor(active * (1 - lost)));
      }
    }
  }

  // S15: friction, limbo, patience.
  void quarrel_and_give_up() {
    for (size_t k = initiatives_.size(); k-- > 0;) {
      Initiative& i = initiatives_[k];
      if (!i.developing()) continue;
      double& trust = units_[static_cast<size_t>(of(i).unit)].trust;
      const double indicator = .25 * (i.understanding + i.readiness + trust + i.fidelity);
      if (i.stall > 0)
        --i.stall;
      else if (happens(p("friction.dispute") * (1 - i.understanding) * (1 - trust))) {
        i.stall = weeks_until(p("friction.escalation") * (1 - with("council.escalation")));
        trust *= 1 - p("friction.trust_loss");
        ++count_["disputes"];
      }
      const int age = week_ - i.started;
      if (age % 4 == 3 && indicator < .5 && lever("scorecard") > 0)
        i.fidelity += with("scorecard.warning") * (1 - i.fidelity);
      if (i.piloted > 0 &&
          happens(p("last_mile.limbo") * (1 - sponsorship_) * (week_ - i.piloted) / 26.0)) {
        ++count_["lost_in_limbo"];
        end(k, "last_mile");
      } else if (age > p("people.patience") && happens(p("people.impatience"))) {
        ++count_["gave_up"];
        end(k, "abandoned");
      }
    }
  }

  // S13: value.
  const char* held_by(const Initiative& i) const {
    if (i.stall > 0) return "silo";
    if (i.waits_for_data) return "data_wait";
    if (i.waits > 1) return i.stage == deployment ? "last_mile" : "gate_wait";
    if (i.redoing != nullptr) return i.redoing;
    return i.stage == deployment && i.left > i.nominal ? "last_mile" : "lead_time";
  }

  void account() {
    double measured = 0, promised = 0;
    for (const Opportunity& o : opportunities_) {
      believed_ += o.value;
      if (!o.is_true || o.state != Opportunity::started) bar_[o.cause] += o.value;
    }
    const double untracked = 1 - with("scorecard.attribution");
    for (Initiative& i : initiatives_) {
      const Opportunity& o = of(i);
      if (i.developing()) {
        count_["understanding"] += i.understanding;
        ++count_["initiative_weeks"];
        if (i.waiting()) ++count_["wait_weeks"];
        if (o.is_true) bar_[held_by(i)] += o.value;
        if (week_ - i.started > 78) promised += i.charter;
        continue;
      }
      promised += i.charter;
      const int people = reached(i, 0) + reached(i, 1), active = i.active[0] + i.active[1];
      const double adopted = people > 0 ? std::min(1.0, static_cast<double>(active) / people) : 0;
      const double embedded =
          p("decisions.embedding") + with("decisions.embedding") * (1 - p("decisions.embedding"));
      const std::pair<const char*, double> factors[] = {
          {"data_quality", data_quality(i)},
          {"technical_quality", i.quality},
          {"fidelity", understood(i)},
          {"rollout", static_cast<double>(people) / (i.users[0] + i.users[1]) * embedded},
          {"adoption", adopted},
          {"drift", 1 - i.loss},
          {"review", 1 - with("responsible_architecture.flow")}};
      double flow = o.is_true ? o.value : 0;
      if (i.pause > 0) {
        bar_["incident"] += flow;
        flow = 0;
      }
      for (const auto& [cause, share] : factors) {
        bar_[cause] += flow * (1 - share);
        flow *= share;
      }
      bar_["realised"] += flow;
      realised_ += flow;
      const int age = week_ - i.live;
      if (age > 52 && age <= 104) {
        i.earned += flow;
        ++i.earned_weeks;
      }
      measured += flow * std::exp(p("measurement.attribution") * untracked * normal() +
                                  p("measurement.bias") * untracked);
      ++count_["in_use_weeks"];
      count_["adoption"] += adopted;
      count_["fidelity"] += i.fidelity;
      count_["quality"] += i.quality;
      count_["drift"] += i.loss;
      if (happens(p("insights.in_use") / 52 * of_kind(i.kind, "insights"))) deliver_insight(i);
    }
    if (promised > 0)
      confidence_ += p("confidence.learning") * (std::min(1.5, measured / promised) - confidence_);
    confidence_ = std::clamp(confidence_, 0.0, 1.0);
    const double toward = std::clamp(
        p("sponsor.base") + with("sponsorship.sponsor") + .3 * (confidence_ - .5), 0.0, 1.0);
    sponsorship_ += (toward - sponsorship_) / p("sponsor.lag");
  }

  // The stylised facts: initiatives enter their cohorts when they end, or at the end of the world.
  void enter_cohorts(const Initiative& i, bool ended) {
    const bool lived = i.live > 0, early = i.started <= weeks_ - 156;
    if (early && i.kind <= 1) {
      ++count_["cohort"];
      if (!lived || i.live - i.started > 156) ++count_["never_in_production"];
    }
    if (i.was_piloted && i.started <= weeks_ - 104) {
      ++count_["pilot_cohort"];
      if (lived) ++count_["pilots_in_production"];
    }
    if (!early) return;
    const double rate = i.earned / (ended ? 52 : std::max(i.earned_weeks, 1));
    const bool told = lived ? (ended ? i.live + 52 < weeks_ : i.earned_weeks > 0) : ended;
    if (told) {
      ++count_["ended"];
      if (!lived || rate < .5 * i.charter) ++count_["fell_short"];
    }
    if (told && lived) {
      count_["run_rate"] += rate;
      count_["run_rate_promised"] += i.charter;
    }
  }

  std::map<std::string, double> metrics() {
    std::map<std::string, double> m;
    const auto ratio = [&](const char* name, double part, double whole) {
      if (whole > 0) m[name] = part / whole;
    };
    m["realised_value"] = realised_ / 100;
    m["spending"] = spending_ / 100;
    for (const char* name :
         {"started", "pilots", "went_live", "failed_builds", "rework", "disputes", "lost_in_limbo",
          "gave_up", "withdrawn", "retrainings", "incidents"})
      m[name] = count_[name];
    m["believed_value"] = believed_;
    for (const char* cause :
         {"false_hypothesis", "undiscovered", "misprioritised", "capacity",     "lead_time",
          "gate_wait",        "killed",       "data_wait",      "technical",    "silo",
          "last_mile",        "abandoned",    "incident",       "data_quality", "technical_quality",
          "fidelity",         "rollout",      "adoption",       "drift",        "review",
          "realised"})
      m[std::string("waterfall.") + cause] = bar_[cause];
    ratio("never_in_production", count_["never_in_production"], count_["cohort"]);
    ratio("pilots_in_production", count_["pilots_in_production"], count_["pilot_cohort"]);
    ratio("insights_with_benefit", count_["benefits"], count_["insights_told"]);
    ratio("fell_short", count_["fell_short"], count_["ended"]);
    ratio("kept_promise", count_["run_rate"], count_["run_rate_promised"]);
    ratio("weeks_to_production", count_["weeks_to_live"], count_["went_live"]);
    ratio("gate_wait", count_["gate_weeks"],
          count_["seen_1"] + count_["seen_2"] + count_["seen_3"] + count_["seen_4"]);
    ratio("stopped_at_framing", count_["stopped_1"], count_["seen_1"]);
    ratio("stopped_at_data", count_["stopped_2"], count_["seen_2"]);
    ratio("stopped_at_build", count_["stopped_3"], count_["seen_3"]);
    ratio("stopped_at_scale_up", count_["stopped_4"], count_["seen_4"]);
    ratio("waiting_share", count_["wait_weeks"], count_["initiative_weeks"]);
    ratio("data_wait", count_["data_weeks"], count_["started"]);
    ratio("shared_understanding", count_["understanding"], count_["initiative_weeks"]);
    ratio("adoption_in_use", count_["adoption"], count_["in_use_weeks"]);
    ratio("fidelity_in_use", count_["fidelity"], count_["in_use_weeks"]);
    ratio("quality_in_use", count_["quality"], count_["in_use_weeks"]);
    ratio("drift_in_use", count_["drift"], count_["in_use_weeks"]);
    m["funded_share"] = count_["funded"] / weeks_;
    m["business_knowledge"] = knowledge_;
    m["confidence"] = confidence_;
    m["sponsorship"] = sponsorship_;
    return m;
  }

  void begin() {
    teams_ = static_cast<size_t>(size("teams"));
    dimensions_ = static_cast<size_t>(size("dimensions"));
    units_.resize(static_cast<size_t>(size("units")));
    groups_.resize(teams_ + units_.size());
    direct_.resize(teams_ * units_.size());
    assets_.resize(static_cast<size_t>(size("assets")));
    technical_reality_.resize(dimensions_);
    business_reality_.resize(dimensions_);
    for (size_t j = 0; j < dimensions_; ++j) {
      technical_reality_[j] = happens(.5) ? 1 : -1;
      business_reality_[j] =
          happens(p("realities.overlap")) ? technical_reality_[j] : -technical_reality_[j];
    }
    week_ = -size("burn_in");
    confidence_ = p("confidence.start");
    sponsorship_ = p("sponsor.base");
    seat(size("technical_staff"), 0, teams_);
    seat(size("business_staff"), teams_, units_.size());
    for (Group& group : groups_) {
      take_stock(group);
      group.energy = group.present;
    }
    for (Unit& unit : units_) {
      unit.legacy = p("legacy.low") + (p("legacy.high") - p("legacy.low")) * uniform();
      unit.trust = p("friction.trust");
    }
    for (size_t k = 0; k < assets_.size(); ++k) {
      assets_[k].quality =
          std::clamp(p("data.quality") + p("data.quality_spread") * normal(), .05, 1.0);
      assets_[k].is_private = happens(p("data.privacy"));
      assets_[k].owner = static_cast<int>(k % units_.size());
    }
    meet();
    for (; week_ < 0; ++week_) {
      turn_over();
      turn_realities();
      learn();
    }
    draw_priorities();
    understand(true);
    translate();
    arise(poisson(p("opportunity.backlog")));
    take_knowledge();
  }

  void seat(int people, size_t first, size_t groups) {
    for (size_t g = 0; g < groups; ++g) {
      Group& group = groups_[first + g];
      group.code.assign(dimensions_, 0);
      const auto n = static_cast<size_t>(people);
      for (size_t k = n * g / groups; k < n * (g + 1) / groups; ++k) {
        Person person;
        person.group = static_cast<int>(first + g);
        person.belief.resize(dimensions_);
        join(person, true);
        group.people.push_back(static_cast<int>(people_.size()));
        people_.push_back(person);
      }
    }
  }

  const Model& model_;
  const EnterpriseSetting& setting_;
  std::mt19937_64& luck_;
  int weeks_, week_ = 0;
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view name) const { return std::hash<std::string_view>()(name); }
  };
  template <class T>
  using ByName = std::unordered_map<std::string, T, Hash, std::equal_to<>>;
  ByName<double> parameters_, effect_;
  ByName<std::array<double, 4>> by_kind_;
  std::map<std::string, int> sizes_;
  std::unordered_map<std::string, double> level_, asked_;
  std::map<std::string, double> count_, bar_;

  size_t teams_ = 0, dimensions_ = 0;
  std::vector<int> technical_reality_, business_reality_;
  std::vector<Person> people_;
  std::vector<Group> groups_;  // technical teams, then the units' own people
  std::vector<Unit> units_;
  std::vector<Asset> assets_;
  std::vector<Opportunity> opportunities_;
  std::vector<Initiative> initiatives_;
  std::vector<double> direct_;  // understanding of [team x unit]
  bool priority_[5] = {};
  double in_unit_ = 0, elsewhere_ = 0, outside_ = 0, knowledge_ = 0;
  double confidence_ = 0, sponsorship_ = 0, lessons_ = 0, council_clock_ = 0, funding_clock_ = 0;
  double balance_ = 0, spending_ = 0, yearly_budget_ = 0, staff_share_ = 0, dip_ = 0;
  double task_[3] = {}, believed_ = 0, realised_ = 0;
};

}  // namespace

std::map<std::string, double> enterprise_oracle(const Model& model,
                                                const EnterpriseSetting& setting,
                                                std::mt19937_64& luck) {
  return Enterprise(model, setting, luck).run();
}

}  // namespace chasm::test
