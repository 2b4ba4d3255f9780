#pragma once

// Every mechanism can be switched off (0): its loss is gone, as if the organization were ideal in this one respect, and all else
// works on. What an arm without a mechanism gains is what the mechanism takes, interactions included.

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::enterprise {

enum class Mechanism : int {
  learning,
  distance,
  turnover,
  misunderstanding,
  effort,
  work,
  data,
  technical,
  gates,
  discovery,
  portfolio,
  budget,
  last_mile,
  adoption,
  drift,
  withdrawal,
  forgetting,
  friction,
  incidents,
};
inline constexpr int mechanisms = 19;

CHASM_FN constexpr int index(Mechanism mechanism) { return static_cast<int>(mechanism); }

#define CHASM_MECHANISM(name, meaning) \
  Parameter { "mechanism." name, "", 1, 0, 1, Grade::input, "switch", meaning, true }
inline constexpr Parameter mechanism_table[mechanisms] = {
    CHASM_MECHANISM("learning", "S1; off: groups and people learn nothing from one another"),
    CHASM_MECHANISM("distance", "S2; off: everybody meets as if they sat together"),
    CHASM_MECHANISM("turnover", "off: nobody leaves"),
    CHASM_MECHANISM("misunderstanding", "S3; off: shared understanding and fidelity are 1"),
    CHASM_MECHANISM("effort", "S4; off: effort always meets the needs of a stage"),
    CHASM_MECHANISM("work",
                    "S5; off: a full team at its nominal speed for every initiative, and nothing "
                    "is done again"),
    CHASM_MECHANISM("data", "S6; off: data are at hand and perfect"),
    CHASM_MECHANISM("technical", "S7; off: technical quality is 1 and every build succeeds"),
    CHASM_MECHANISM("gates", "S8; off: everything passes every gate at once"),
    CHASM_MECHANISM("discovery", "off: every opportunity is known at once"),
    CHASM_MECHANISM("portfolio", "S9; off: everything that is known starts at once"),
    CHASM_MECHANISM("budget", "S13; off: every bill is paid, and confidence moves no budget"),
    CHASM_MECHANISM("last_mile",
                    "S10; off: nominal integration, release every week, all sites at once, no "
                    "limbo, no impatience"),
    CHASM_MECHANISM("adoption", "S11; off: everybody uses what is live"),
    CHASM_MECHANISM("drift", "S12; off: nothing drifts or breaks"),
    CHASM_MECHANISM("withdrawal", "off: nothing in use is withdrawn"),
    CHASM_MECHANISM("forgetting", "S14; off: experience is kept"),
    CHASM_MECHANISM("friction", "S15; off: no disputes"),
    CHASM_MECHANISM("incidents", "S16; off: no incidents"),
};
#undef CHASM_MECHANISM

template <class F>
struct MechanismParams {
  F mechanism[mechanisms];

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    each_number<mechanisms>([&](auto number) {
      constexpr Parameter entry = mechanism_table[number.value];
      visit(element(&MechanismParams::mechanism, number.value), entry);
    });
  }
};

// Worlds in which it is switched off.
template <class W>
CHASM_OP auto off(const W& w, Mechanism mechanism) {
  using F = typename W::F;
  return w.p.mechanism[index(mechanism)] < F(0.5);
}
// The value, or the ideal where it is switched off.
template <class W, class T>
CHASM_OP T unless_off(const W& w, Mechanism mechanism, T value, T ideal) {
  return select(off(w, mechanism), ideal, value);
}

}  // namespace chasm::enterprise
