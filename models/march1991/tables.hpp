#pragma once

// What the model declares: March, J. G. (1991). Exploration and exploitation in organizational learning.
// Organization Science 2(1), 71-87, doi:10.1287/orsc.2.1.71.

#include <cstdint>

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::march1991 {

struct Shape {
  int individuals;
  int dimensions;

  template <class Visit>
  static constexpr void each(Visit&& visit) {
    visit(&Shape::individuals, Size{"individuals", 50, 1, 4095, "members of the organization (n)"});
    visit(&Shape::dimensions, Size{"dimensions", 30, 1, 32, "dimensions of reality (m)"});
  }
  template <class Visit>
  static constexpr void each_choice(Visit&&) {}
  template <class Visit>
  static constexpr void each_table(Visit&&) {}
};

struct Shared {};

enum class Decision : uint16_t {
  reality = 0,
  belief = 1,
  turnover = 2,
  turbulence = 3,
  learning = 4,
  code = 5,
  coin = 6,
};

inline constexpr DecisionName decision_names[] = {
    {0, "reality", "none"},
    {1, "belief", "individual"},
    {2, "turnover", "individual"},
    {3, "turbulence", "none"},
    {4, "learning", "four individuals"},
    {5, "code", "none"},
    {6, "coin", "four individuals"},
};

enum class Failure : uint16_t { none = 0 };

template <class F>
struct Params {
  F socialisation, socialisation_fast, fast_share, code_learning, turnover, turbulence;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(
        &Params::socialisation,
        Parameter{"socialisation", "1/period", 0.5, 0, 1, Grade::measured, "March 1991, p. 74, p1",
                  "chance a period that a belief moves one step toward the code"});
    visit(&Params::socialisation_fast,
          Parameter{"socialisation_fast", "1/period", 0.9, 0, 1, Grade::measured,
                    "March 1991, p. 76, p1 of fast learners", "the same for fast learners"});
    visit(&Params::fast_share,
          Parameter{"fast_share", "", 0, 0, 1, Grade::measured, "March 1991, Figures 2 and 3",
                    "share of individuals who are fast learners (rounded to whole individuals)"});
    visit(
        &Params::code_learning,
        Parameter{"code_learning", "1/period", 0.5, 0, 1, Grade::measured, "March 1991, p. 74, p2",
                  "chance a period and vote that the code follows its superior group"});
    visit(&Params::turnover,
          Parameter{"turnover", "1/period", 0, 0, 1, Grade::measured, "March 1991, p. 78, p3",
                    "chance a period that an individual is replaced by a naive one"});
    visit(&Params::turbulence,
          Parameter{"turbulence", "1/period", 0, 0, 1, Grade::measured, "March 1991, p. 79, p4",
                    "chance a period that a dimension of reality flips"});
  }
};

template <class F>
struct Levers {
  template <class Visit>
  CHASM_FN static constexpr void each(Visit&&) {}
};

template <class F>
struct Metrics {
  F code_knowledge, individual_knowledge, agreement, equilibrium_period;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Metrics::code_knowledge,
          Metric{"code_knowledge", "1", "correct minus wrong beliefs of the code, by dimension", -1,
                 1, Storage::f32, "knowledge"});
    visit(&Metrics::individual_knowledge,
          Metric{"individual_knowledge", "1", "the same, averaged over individuals", -1, 1,
                 Storage::f32, "knowledge"});
    visit(&Metrics::agreement,
          Metric{"agreement", "1", "share of individual beliefs that equal the code's", 0, 1,
                 Storage::f32, "process"});
    visit(
        &Metrics::equilibrium_period,
        Metric{
            "equilibrium_period", "period",
            "last period in which a belief changed, once none can change again (else not a number)",
            0, 1000, Storage::f32, "process", true});
  }
};

template <class F>
struct Series {
  F code_knowledge, individual_knowledge;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Series::code_knowledge,
          Metric{"code_knowledge", "1", "correct minus wrong beliefs of the code, by dimension", -1,
                 1});
    visit(&Series::individual_knowledge,
          Metric{"individual_knowledge", "1", "the same, averaged over individuals", -1, 1});
  }
};

}  // namespace chasm::march1991
