#pragma once

// Addresses of draws. Burn-in weeks are negative, and count back from the end of the address's 16 bits.

#include "models/enterprise/decisions.hpp"
#include "models/enterprise/mechanisms.hpp"
#include "models/enterprise/state.hpp"
#include "sim/distributions.hpp"
#include "sim/world.hpp"

namespace chasm::enterprise {
inline namespace CHASM_ISA {

// Draws of this week.
template <class W>
CHASM_OP auto this_week(const W& w, Decision decision, typename W::U entity) {
  return w.draws.at(decision, static_cast<uint32_t>(w.t) & 0xffffu, entity);
}

// Draws about one part of an opportunity's life, whenever it comes.
template <class W>
CHASM_OP auto about(const W& w, Decision decision, typename W::U opportunity,
                    typename W::U part = 0u) {
  return w.draws.once(decision, opportunity | (part << 16));
}

// A number of cents as a real number, for prices; never for what must re-add.
template <class F, int W>
CHASM_OP F as_real(Vec<uint32_t, W> cents) {
  return convert<F>(cents);
}

// The nearest whole number of cents, 0 or more and below 2^31.
template <class F>
CHASM_OP Wide<F::width> cents(F amount) {
  return Wide<F::width>(to_int(round(max(amount, F(0)))));
}
// The same for amounts up to 2^62: in two parts of 2^24 cents.
template <class F>
CHASM_OP Wide<F::width> many_cents(F amount) {
  const F high = floor(max(amount, F(0)) * F(0x1p-24));
  const auto low = to_int(round(max(amount, F(0)) - high * F(0x1p24)));
  const auto whole = to_int(high);
  return multiply(bits_as<Vec<uint32_t, F::width>>(whole), Vec<uint32_t, F::width>(1u << 24)) +
         Wide<F::width>(low);
}

// A share as a whole number of 2^-24, rounded down.
template <class F>
CHASM_OP Vec<uint32_t, F::width> fraction(F share) {
  return bits_as<Vec<uint32_t, F::width>>(to_int(clamp(share, F(0), F(1)) * F(16777216)));
}

// Weeks until an event of that mean, at least 1.
template <class L>
CHASM_OP typename L::I weeks_until(typename L::U word, typename L::F mean) {
  return to_int(min(exponential<L>(word, mean), typename L::F(30000))) + typename L::I(1);
}

// The parameter of a kind.
template <class F, int W>
CHASM_OP F of_kind(const F (&parameter)[kinds], Vec<uint32_t, W> kind) {
  using U = Vec<uint32_t, W>;
  return select(
      kind == U(0u), parameter[0],
      select(kind == U(1u), parameter[1], select(kind == U(2u), parameter[2], parameter[3])));
}

template <class W, class L, class Body>
CHASM_OP void each_initiative(const W&, const State<L>& s, Body&& body) {
  for (int place = 0; place < s.places_used; ++place) body(place);
}

// A chance against a word of its own.
template <class L>
CHASM_OP typename L::M comes_true(typename L::U word, typename L::F chance) {
  const auto below = threshold(chance);
  return (word < below.below) | below.always;
}

}  // namespace CHASM_ISA
}  // namespace chasm::enterprise
