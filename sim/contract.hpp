#pragma once

// What a model is to the engine. docs/adding-a-model.md adds one in a page; tests/recipe is that page's model.

#include <concepts>

#include "sim/program.hpp"
#include "sim/table.hpp"
#include "sim/world.hpp"

namespace chasm {
inline namespace CHASM_ISA {

// Rules has, for every lane type L with real numbers F = L::F:
//   Shape                  counts and choices fixed for a study; each(visit), each_choice(visit), each_table(visit)
//   Shared                 plain data that all worlds of a study read
//   Failure                enumeration of reasons, `none` = 0
//   Params<F>, Levers<F>, Metrics<F>, Series<F>
//                          structs of F with each(visit): visit(&member, its table entry), in the order of the table
//   State<L>               columns, made from (Arena&, Shape, Shared)
//   init, step             the initial state, and one step of World::t
//   settled                worlds in which no later step can change anything
//   observe_step, observe  a row of the series, and the metrics at the end
// and may have
//   each_total(Shape, steps, visit)   visits every Total, which phases add to by World::totals
// Phases tell a traced world's events by World::note, which no world may depend on.
// A member of Metrics may be a Wide<F::width> in place of an F.
template <class Rules, class L>
concept ModelRules =
    std::constructible_from<typename Rules::template State<L>, Arena&, const typename Rules::Shape&,
                            const typename Rules::Shared&> &&
    requires(World<Rules, L>& w, typename Rules::template State<L>& s,
             typename Rules::template Metrics<typename L::F>& metrics,
             typename Rules::template Series<typename L::F>& row) {
      requires static_cast<int>(Rules::Failure::none) == 0;
      Rules::template init<L>(w, s);
      Rules::template step<L>(w, s);
      { Rules::template settled<L>(w, s) } -> std::same_as<typename L::M>;
      Rules::template observe_step<L>(w, s, row);
      Rules::template observe<L>(w, s, metrics);
    };

}  // namespace CHASM_ISA
}  // namespace chasm
