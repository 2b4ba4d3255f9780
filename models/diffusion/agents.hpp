#pragma once

// What is kept of every agent of a network.

#include "sim/columns.hpp"

namespace chasm::diffusion {
inline namespace CHASM_ISA {

// In whole numbers of T: 16 bits where they suffice, which is twice as fast as 32.
template <class T, int W, int Stride>
struct Agents {
  using Number = T;
  using N = Vec<T, W>;
  // Agents side by side that fill a register.
  static constexpr int together = sizeof(T) == 2 && W > 1 && Stride == 1 ? 2 : 1;
  using Group = Vec<T, W * together>;
  // More than there can be meetings.
  static constexpr T endless = static_cast<T>(sizeof(T) == 2 ? 32767 : 2147483647);

  // [agents], simple contagion: how often the agent can still meet an adopter without adopting; it adopts below zero.
  // Threshold contagion: how many adopters it can stand. Endless once it has adopted.
  Column<N, Stride> patience;
  Column<N, Stride> exposure;     // [agents], neighbours who have adopted
  Column<N, Stride> adopting_in;  // of State::adopting: -1 in the lanes where the agent adopts

  // One more adopter among the neighbours.
  CHASM_OP void expose(int agent, int lane) {
    T* exposures = reinterpret_cast<T*>(&exposure[agent]);
    ++exposures[lane];
  }
  // Patience less exposure.
  CHASM_OP Group left(int group) const { return load(patience, group) - load(exposure, group); }
  CHASM_OP void set_patience(int group, Group value) {
    value.store(reinterpret_cast<T*>(&patience[together * group]));
  }

 private:
  CHASM_OP static Group load(const Column<N, Stride>& column, int group) {
    return Group::load(reinterpret_cast<const T*>(&column[together * group]));
  }
};

// A word from outside: who hears it, and the wait for the next one in mean waiting times.
template <class Real>
struct Word {
  uint32_t agent;
  Real wait;
};

}  // namespace CHASM_ISA
}  // namespace chasm::diffusion
