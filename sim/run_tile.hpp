#pragma once

// Runs one tile of one model: the weekly loop that every backend shares. On a processor a tile is the worlds of one vector.
// On a device it is the worlds of 32 neighbouring threads, and each thread runs the one at its place.

#include "sim/contract.hpp"
#include "sim/levers.hpp"
#include "sim/program.hpp"
#include "sim/world.hpp"

namespace chasm {
inline namespace CHASM_ISA {

namespace detail {

// From one number of a tile's tables to the next.
template <class L>
inline constexpr int spacing = L::width * L::stride;

template <class F>
CHASM_OP F load_lanes(const double* from) {
  F out;
  for (int lane = 0; lane < F::width; ++lane)
    out.set(lane, static_cast<typename F::Element>(from[lane]));
  return out;
}

template <class V, class To>
CHASM_OP void store_lanes(V value, To* to) {
  for (int lane = 0; lane < V::width; ++lane) to[lane] = static_cast<To>(value.get(lane));
}

}  // namespace detail

template <class Rules, class L>
CHASM_FN void load_parameters(typename Rules::template Params<typename L::F>& p,
                              const double* from) {
  using Params = typename Rules::template Params<typename L::F>;
  Params::each([&](auto member, const auto&) {
    member_of(p, member) = detail::load_lanes<typename L::F>(from);
    from += detail::spacing<L>;
  });
}

// How each world uses each lever.
template <class Rules, class L>
struct LeverUse {
  using F = typename L::F;
  using Levers = typename Rules::template Levers<F>;
  static constexpr int count = [] {
    int levers = 0;
    Levers::each([&](auto, const auto&) { ++levers; });
    return levers;
  }();

  struct {
    F strength, start, until, ramp;
  } of[count == 0 ? 1 : count];

  CHASM_FN explicit LeverUse(const double* settings) {
    for (int lever = 0; lever < count; ++lever) {
      of[lever].strength = detail::load_lanes<F>(settings);
      of[lever].start = detail::load_lanes<F>(settings + detail::spacing<L>);
      of[lever].until = detail::load_lanes<F>(settings + 2 * detail::spacing<L>);
      of[lever].ramp = detail::load_lanes<F>(settings + 3 * detail::spacing<L>);
      settings += 4 * detail::spacing<L>;
    }
  }

  CHASM_FN void set(World<Rules, L>& w) const {
    int i = 0;
    Levers::each([&](auto member, const auto& lever) {
      member_of(w.levers, member) = effective_strength(of[i].strength, of[i].start, of[i].until,
                                                       of[i].ramp, lever.half_life, w.t);
      const F now(static_cast<typename L::Real>(w.t));
      member_of(w.requested, member) =
          select((now > of[i].start) & (now <= of[i].until), of[i].strength, F(0));
      ++i;
    });
  }
};

CHASM_FN bool holds(const Condition& condition, float value) {
  switch (condition.comparison) {
    case Comparison::below:
      return value < condition.value;
    case Comparison::at_most:
      return value <= condition.value;
    case Comparison::above:
      return value > condition.value;
    case Comparison::at_least:
      return value >= condition.value;
  }
  return false;
}

// Starts the levers whose conditions hold at the end of this step.
template <class Rules, class L>
CHASM_FN void decide(World<Rules, L>& w, typename Rules::template State<L>& s, const Tile& tile,
                     int place, LeverUse<Rules, L>& use) {
  using Series = typename Rules::template Series<typename L::F>;
  bool due = false;
  for (int i = 0; i < tile.condition_count; ++i) due = due || tile.conditions[i].step == w.t;
  if (!due) return;
  Series now;
  Rules::template observe_step<L>(w, s, now);
  int series = 0;
  Series::each([&](auto member, const auto&) {
    for (int i = 0; i < tile.condition_count; ++i) {
      const Condition& each = tile.conditions[i];
      const int lane = each.lane - place;
      if (each.step != w.t || each.series != series || lane < 0 || lane >= L::width) continue;
      // Compared as it would be kept.
      if (holds(each, static_cast<float>(member_of(now, member).get(lane))))
        use.of[each.lever].start.set(lane, static_cast<typename L::Real>(w.t));
    }
    ++series;
  });
}

template <class Rules, class L>
CHASM_FN void keep_series(World<Rules, L>& w, typename Rules::template State<L>& s, float*& row) {
  using Series = typename Rules::template Series<typename L::F>;
  Series now;
  Rules::template observe_step<L>(w, s, now);
  Series::each([&](auto member, const auto&) {
    detail::store_lanes(member_of(now, member), row);
    row += detail::spacing<L>;
  });
}

template <class Rules, class L>
CHASM_FN void run_tile(const Tile& tile, int place = 0) {
  using F = typename L::F;
  using U = typename L::U;
  const auto& shape = *static_cast<const typename Rules::Shape*>(tile.shape);
  const auto& shared = *static_cast<const typename Rules::Shared*>(tile.shared);
  World<Rules, L> w{.draws = {PhiloxKeys(tile.seed), U::load(tile.future + place),
                              U::load(tile.replication + place)},
                    .p = {},
                    .levers = {},
                    .requested = {},
                    .shape = shape,
                    .shared = shared,
                    .t = 0,
                    .steps = tile.steps,
                    .failure = U(0u),
                    .total_cells = tile.totals == nullptr ? nullptr : tile.totals + place,
                    .total_places = tile.places,
                    .listen = tile.note,
                    .listener = tile.listener};
  load_parameters<Rules, L>(w.p, tile.parameters + place);
  Arena arena(tile.memory, place);
  typename Rules::template State<L> s(arena, shape, shared);

  int decided = 0;  // the last step at which a lever may yet start
  for (int i = 0; i < tile.condition_count; ++i)
    if (tile.conditions[i].step > decided) decided = tile.conditions[i].step;

  float* row = tile.series == nullptr ? nullptr : tile.series + place;
  LeverUse<Rules, L> use(tile.levers + place);
  use.set(w);
  Rules::template init<L>(w, s);
  decide<Rules, L>(w, s, tile, place, use);
  if (row != nullptr) keep_series<Rules, L>(w, s, row);
  for (w.t = 1; w.t <= tile.steps; ++w.t) {
    use.set(w);
    Rules::template step<L>(w, s);
    if (w.t <= decided) decide<Rules, L>(w, s, tile, place, use);
    if (row != nullptr && w.t % tile.every == 0) keep_series<Rules, L>(w, s, row);
    // Every remaining step is a no-op in every lane: later rows repeat this state.
    if (w.t >= decided && all(Rules::template settled<L>(w, s))) break;
  }
  if (row != nullptr)
    for (int t = w.t + 1; t <= tile.steps; ++t)
      if (t % tile.every == 0) keep_series<Rules, L>(w, s, row);

  typename Rules::template Metrics<F> metrics;
  Rules::template observe<L>(w, s, metrics);
  double* to = tile.metrics + place;
  Rules::template Metrics<F>::each([&](auto member, const auto&) {
    detail::store_lanes(member_of(metrics, member), to);
    to += detail::spacing<L>;
  });
  detail::store_lanes(w.failure, tile.failure + place);
}

template <class Rules, class L>
size_t tile_memory(const void* shape, const void* shared) {
  Arena arena;
  typename Rules::template State<L> s(arena, *static_cast<const typename Rules::Shape*>(shape),
                                      *static_cast<const typename Rules::Shared*>(shared));
  return arena.used();
}

template <class Rules, class L>
  requires ModelRules<Rules, L>
constexpr Program make_program(const char* isa) {
  return {isa, L::width, sizeof(typename L::Real) == 8, tile_memory<Rules, L>,
          [](const Tile& tile) { run_tile<Rules, L>(tile); }};
}

}  // namespace CHASM_ISA
}  // namespace chasm
