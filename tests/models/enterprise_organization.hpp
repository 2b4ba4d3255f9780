#pragma once

// A tile of organizations that tests hold in their hands: any state, any phase, any week.

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/enterprise/model.hpp"

namespace chasm::test {

using Named = std::vector<std::pair<std::string, double>>;

// The shape with every size at its default, but for those named.
inline enterprise::Shape enterprise_shape(const Named& sizes = {}) {
  enterprise::Shape shape{};
  enterprise::Shape::each([&](auto member, const Size& entry) {
    shape.*member = static_cast<int>(entry.value);
    for (const auto& [name, value] : sizes)
      if (name == entry.name) shape.*member = static_cast<int>(value);
  });
  return shape;
}

template <class L>
class Organization {
  enterprise::Shape shape_;
  std::vector<int> group_first_{0}, team_unit_, asset_owner_;
  enterprise::Shared shared_;
  std::unique_ptr<char[]> memory_;
  Arena arena_;

  static size_t bytes(const enterprise::Shape& shape) {
    Arena arena;
    enterprise::State<L> counted(arena, shape, {});
    return arena.used() + 64;
  }
  void seat(int people, int groups) {
    const int before = group_first_.back();
    for (int group = 1; group <= groups; ++group)
      group_first_.push_back(before + people * group / groups);
  }
  const enterprise::Shared& share() {
    seat(shape_.technical, shape_.teams);
    seat(shape_.business, shape_.units);
    for (int team = 0; team < shape_.teams; ++team) team_unit_.push_back(team % shape_.units);
    for (int asset = 0; asset < shape_.assets; ++asset)
      asset_owner_.push_back(asset % shape_.units);
    shared_ = {group_first_.data(), team_unit_.data(), asset_owner_.data()};
    return shared_;
  }
  char* aligned() const {
    const auto at = reinterpret_cast<uintptr_t>(memory_.get());
    return memory_.get() + (64 - at % 64) % 64;
  }

 public:
  using F = typename L::F;
  using I = typename L::I;
  using U = typename L::U;
  using M = typename L::M;
  using Rules = enterprise::Rules;

  World<Rules, L> w;
  enterprise::State<L> s;

  // Parameters at their defaults but for those named; every lane a future of its own, from `future` on; founded, in week 0.
  explicit Organization(const Named& parameters = {}, const Named& sizes = {}, uint32_t future = 0,
                        int steps = 260)
      : Organization(enterprise_shape(sizes), parameters, future, steps) {}
  Organization(const enterprise::Shape& shape, const Named& parameters, uint32_t future, int steps)
      : shape_(shape),
        memory_(std::make_unique<char[]>(bytes(shape))),
        arena_(aligned()),
        w{.draws = {PhiloxKeys(20260105), U(0u), U(0u)},
          .p = {},
          .levers = {},
          .requested = {},
          .shape = shape_,
          .shared = share(),
          .t = 0,
          .steps = steps,
          .failure = U(0u)},
        s(arena_, shape_, shared_) {
    for (int lane = 0; lane < L::width; ++lane)
      w.draws.future.set(lane, future + static_cast<uint32_t>(lane));
    enterprise::Params<F>::each(
        [&](auto member, const Parameter& entry) { member_of(w.p, member) = F(entry.value); });
    for (const auto& [name, value] : parameters) set(name, value);
    for (auto& strength : w.levers.strength) strength = F(0);
    for (auto& strength : w.requested.strength) strength = F(0);
    Rules::init<L>(w, s);
  }
  Organization(const Organization&) = delete;

  void set(const std::string& name, double value) {
    bool found = false;
    enterprise::Params<F>::each([&](auto member, const Parameter& entry) {
      if (name != entry.name) return;
      member_of(w.p, member) = F(value);
      found = true;
    });
    if (!found) throw std::logic_error("the model has no " + name);
  }

  // A moment to come back to, parameters apart.
  struct Recorded {
    std::vector<char> memory;
    enterprise::State<L> state;
    int t;
    U failure;
  };
  Recorded record() const {
    return {std::vector<char>(aligned(), aligned() + arena_.used()), s, w.t, w.failure};
  }
  void restore(const Recorded& moment) {
    std::copy(moment.memory.begin(), moment.memory.end(), aligned());
    s = moment.state;
    w.t = moment.t;
    w.failure = moment.failure;
  }

  // The next week.
  void step() {
    ++w.t;
    Rules::step<L>(w, s);
  }

  // An initiative of opportunity `number`, as good as can be, on no data, of team 0 for unit 0: one user a population and one site.
  void plant(int place, int number, enterprise::Stage stage, unsigned value = 1000000,
             unsigned facts = enterprise::is_true) {
    auto& i = s.initiatives;
    s.places_used = std::max(s.places_used, place + 1);
    s.opportunities_used = std::max(s.opportunities_used, number + 1);
    s.known_opportunities = max(s.known_opportunities, U(static_cast<unsigned>(number + 1)));
    s.opportunities.value[number] = U(value);
    s.opportunities.facts[number] =
        enterprise::Facts<U>{U(facts)}.with(enterprise::Status::started).bits;
    i.stage[place] = I(static_cast<int>(stage));
    i.opportunity[place] = U(static_cast<unsigned>(number));
    i.value[place] = U(value);
    i.facts[place] = U(facts);
    i.needs[place] = U(0x3fffffffu);
    each_column([&](auto& column) { column[place] = I(0); }, i.team, i.waits, i.stall, i.pause,
                i.attempts, i.pilot, i.active[0], i.active[1], i.live);
    each_column([&](auto& column) { column[place] = I(1); }, i.users[0], i.users[1], i.sites,
                i.sites_live, i.started, i.entered);
    each_column([&](auto& column) { column[place] = F(0); }, i.left, i.effort, i.required, i.loss,
                i.spent, i.site_work, i.earned, i.earned_weeks);
    each_column([&](auto& column) { column[place] = F(1); }, i.nominal, i.understanding, i.fidelity,
                i.quality, i.readiness, i.complexity, i.dear);
    each_column([&](auto& column) { column[place] = F(1e6); }, i.promise, i.charter, i.estimate);
    i.indicator[place] = F(-1);
    i.flags[place] = U(0u);
    if (stage == enterprise::Stage::in_use) i.live[place] = I(1);
  }
};

using OneWorld = Lanes<float, 1>;
using EightWorlds = Lanes<float, 8>;

}  // namespace chasm::test
