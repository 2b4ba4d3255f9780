#pragma once

// Polya's urn: a ball is drawn, and put back with another of its colour. After n draws every possible number of red balls
// is equally likely (Eggenberger & Polya 1923, ZAMM 3(4):279-289). The smallest complete model: docs/adding-a-model.md
// walks through it.

#include "sim/table.hpp"
#include "sim/world.hpp"

namespace chasm::urn {

struct Shape {
  int urns;

  template <class Visit>
  static constexpr void each(Visit&& visit) {
    visit(&Shape::urns, Size{"urns", 1, 1, 1000, "urns of a world, drawn from side by side"});
  }
  template <class Visit>
  static constexpr void each_choice(Visit&&) {}
  template <class Visit>
  static constexpr void each_table(Visit&&) {}
};

struct Shared {};

// In the order of Rules::each_total.
enum class Sum : uint16_t { draws = 0, ended = 1, paid = 2 };
inline constexpr const char* colours[] = {"black", "red"};

enum class Decision : uint16_t { draw = 0 };

enum class Tells : uint16_t { drawn = 0 };
inline constexpr Event events[] = {
    {0, "drawn", "urn", "a ball is drawn", {{"colour", "", colours, 2}, {"red_share", ""}}}};
enum class Failure : uint16_t { none = 0, overfull = 1 };

template <class F>
struct Params {
  F red, black, most;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Params::red, Parameter{"balls.red", "", 1, 1, 100, Grade::measured, "definition",
                                  "red balls at the start", true});
    visit(&Params::black, Parameter{"balls.black", "", 1, 1, 100, Grade::measured, "definition",
                                    "black balls at the start", true});
    visit(&Params::most, Parameter{"balls.most", "", 1e6, 2, 1e6, Grade::measured, "definition",
                                   "a world with more balls in an urn fails"});
  }
};

template <class F>
struct Levers {
  F paint;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Levers::paint,
          Lever{"paint", "share of black draws that are taken for red", 4, 8, 4, "painters"});
  }
};

template <class F>
struct Metrics {
  F red_share;
  Wide<F::width> paid;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Metrics::red_share, Metric{"red_share", "1", "mean share of red balls", 0, 1});
    visit(&Metrics::paid,
          Metric{"paid", "c{currency}", "what red draws have paid", 0, 1e12, Storage::f64});
  }
};

template <class F>
struct Series {
  F red_share;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Series::red_share, Metric{"red_share", "1", "mean share of red balls", 0, 1});
  }
};

inline namespace CHASM_ISA {

template <class L>
struct State {
  Column<typename L::F, L::stride> red, balls;  // [urn]
  Column<Wide<L::width>, L::stride> paid;       // [urn], cents

  CHASM_FN State(Arena& arena, const Shape& shape, const Shared&)
      : red(arena.column<L, typename L::F>(shape.urns)),
        balls(arena.column<L, typename L::F>(shape.urns)),
        paid(arena.column<L, Wide<L::width>>(shape.urns)) {}
};

struct Rules {
  using Shape = urn::Shape;
  using Shared = urn::Shared;
  using Failure = urn::Failure;
  template <class F>
  using Params = urn::Params<F>;
  template <class F>
  using Levers = urn::Levers<F>;
  template <class F>
  using Metrics = urn::Metrics<F>;
  template <class F>
  using Series = urn::Series<F>;
  template <class L>
  using State = urn::State<L>;

  template <class Visit>
  static constexpr void each_total(const Shape& shape, int steps, Visit&& visit) {
    visit(Total{"draws",
                "draw",
                "draws by colour and tens of draws",
                {{"colour", 2, colours}, {"ten", (steps + 9) / 10}}});
    visit(Total{"ended", "urn", "urns by red balls that were put in", {{"red", steps + 1}}});
    visit(Total{"paid",
                "c{currency}",
                "what red draws have paid, by urn and tens of draws",
                {{"urn", shape.urns}, {"ten", (steps + 9) / 10}}});
  }

  template <class L>
  CHASM_FN static void init(World<Rules, L>& w, State<L>& s) {
    each(w.shape.urns, [&](int i) {
      s.red[i] = w.p.red;
      s.balls[i] = w.p.red + w.p.black;
      s.paid[i] = 0;
    });
  }

  template <class L>
  CHASM_FN static void step(World<Rules, L>& w, State<L>& s) {
    using F = typename L::F;
    using U = typename L::U;
    const auto draws = w.totals(Sum::draws), paid = w.totals(Sum::paid);
    const int ten = (w.t - 1) / 10;
    each(w.shape.urns, [&](int i) {
      auto words = w.draws.at(Decision::draw, w.t, U(static_cast<unsigned>(i)));
      const F share = s.red[i] / s.balls[i];
      const auto red = happens<L>(words, threshold(share + w.levers.paint * (F(1) - share)));
      s.red[i] += select(red, F(1), F(0));
      s.balls[i] += F(1);
      // A red draw pays this many cents a ball.
      const auto pay = multiply(bits_as<U>(to_int(s.balls[i])), U(250000007u));
      s.paid[i] = select(red, s.paid[i] + pay, s.paid[i]);
      draws.add(red, 1, 1, ten);
      draws.add(~red, 1, 0, ten);
      paid.add(red, pay, i, ten);
      w.note(typename L::M(true), Tells::drawn, i, select(red, F(1), F(0)), share);
      w.fail(s.balls[i] > w.p.most, Failure::overfull);
    });
  }

  template <class L>
  CHASM_FN static typename L::M settled(const World<Rules, L>&, const State<L>&) {
    return typename L::M(false);
  }

  template <class L>
  CHASM_FN static void observe_step(const World<Rules, L>& w, const State<L>& s,
                                    Series<typename L::F>& row) {
    using F = typename L::F;
    const F total = sum<F>(w.shape.urns, [&](int i) { return s.red[i] / s.balls[i]; });
    row.red_share = total / F(w.shape.urns);
  }

  template <class L>
  CHASM_FN static void observe(const World<Rules, L>& w, const State<L>& s,
                               Metrics<typename L::F>& metrics) {
    Series<typename L::F> last;
    observe_step<L>(w, s, last);
    metrics.red_share = last.red_share;
    metrics.paid = sum<Wide<L::width>>(w.shape.urns, [&](int i) { return s.paid[i]; });
    const auto ended = w.totals(Sum::ended);
    each(w.shape.urns,
         [&](int i) { ended.add(typename L::M(true), 1, to_int(s.red[i] - w.p.red)); });
  }
};

}  // namespace CHASM_ISA
}  // namespace chasm::urn
