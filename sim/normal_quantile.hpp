#pragma once

// The inverse of the normal distribution function, on lanes. Included by sim/math.hpp.
// The shape of Wichura's AS 241 (1988, doi:10.2307/2347330), a rational in 0.7225 - (1 - 2p)^2 for the centre and
// rationals in sqrt(-log p) for the tail, with minimax coefficients of our own.

#include "sim/math_parts.hpp"

namespace chasm {
inline namespace CHASM_ISA {

namespace detail {

// The quantile of 1 - tail, >= 0, where 0 < tail <= 1/2 and centre = 1 - 2 tail.
template <class T, int W>
CHASM_OP Vec<T, W> upper_normal_quantile(Vec<T, W> tail, Vec<T, W> centre) {
  using V = Vec<T, W>;
  const V u = fma(-centre, centre, V(0.7225));
  const V r = sqrt(-log_of_positive(tail));
  const Mask<W> central = u >= V(0);
  if constexpr (sizeof(T) == 4) {
    const V x = select(central, u, r - V(1.6));
    const auto pick = [&](double a, double b) { return select(central, V(a), V(b)); };
    V above = pick(-0x1.a690e4p-5, 0x1.e089dp-6);
    above = fma(above, x, pick(0x1.5dbc2ap+0, 0x1.c8bd08p-2));
    above = fma(above, x, pick(0x1.edf11cp+2, 0x1.f871ccp+0));
    above = fma(above, x, pick(0x1.d6811ep+2, 0x1.8f096ep+1));
    above = fma(above, x, pick(0x1.b18d92p+0, 0x1.6c6660p+0));
    V below = pick(0x1.26a2bap+1, 0x1.53b836p-6);
    below = fma(below, x, pick(0x1.c0494ep+2, 0x1.215e2ap-2));
    below = fma(below, x, pick(0x1.45e716p+2, 0x1.fb119ep-1));
    below = fma(below, x, V(1));
    return above * select(central, centre, V(1)) / below;
  } else {
    const Mask<W> near = r < V(5);
    const V x = select(central, u, r - select(near, V(1.6), V(4.9)));
    const auto pick = [&](double a, double b, double c) {
      return select(central, V(a), select(near, V(b), V(c)));
    };
    V above = pick(0x1.39a101bdba391p-4, 0x1.990b92a9d6a63p-11, 0x1.c80cc9d4213f6p-23);
    above = fma(above, x, pick(0x1.052c25e65c751p+2, 0x1.77219657e510cp-6, 0x1.deee6c246274cp-16));
    above = fma(above, x, pick(0x1.06c106c57705ap+5, 0x1.f2854b38f11ffp-3, 0x1.54a8f9c2bcebap-10));
    above = fma(above, x, pick(0x1.66c330036d8c2p+6, 0x1.46f531bf0b46cp+0, 0x1.c2483697ce9f5p-6));
    above = fma(above, x, pick(0x1.ad1cf9c025619p+6, 0x1.d49ae9a9f7da5p+1, 0x1.36dad2c01e02bp-2));
    above = fma(above, x, pick(0x1.ece56d671ecfcp+5, 0x1.72017ce60d478p+2, 0x1.cd54d3525fe11p+0));
    above = fma(above, x, pick(0x1.0a4870323865ep+4, 0x1.2896e09271b1dp+2, 0x1.5bb3007174ac8p+2));
    above = fma(above, x, pick(0x1.b18d91e9eef75p+0, 0x1.6c665fde9526bp+0, 0x1.a0b0f416110fap+2));
    V below = pick(0x1.46a671b9e44c9p-2, 0x1.20a501d669168p-30, 0x1.34056f5b952e0p-49);
    below = fma(below, x, pick(0x1.c0e2c90e5512ap+2, 0x1.2130adf563029p-11, 0x1.4279521a518afp-23));
    below = fma(below, x, pick(0x1.3317003fb74b7p+5, 0x1.f5d0accba6945p-7, 0x1.465127eaf9f19p-16));
    below = fma(below, x, pick(0x1.4b7691a1ee4f4p+6, 0x1.31550dca0a069p-3, 0x1.b0121b621510bp-11));
    below = fma(below, x, pick(0x1.5122b8a883fa7p+6, 0x1.62e59cae8d6a6p-1, 0x1.fa26c471d5f1dp-7));
    below = fma(below, x, pick(0x1.5797aef3877a3p+5, 0x1.ae730615caf35p+0, 0x1.200d6b4e4c88dp-3));
    below = fma(below, x, pick(0x1.52819698b5f0cp+3, 0x1.0728181feb348p+1, 0x1.3779f062c56fdp-1));
    below = fma(below, x, V(1));
    return above * select(central, centre, V(1)) / below;
  }
}

}  // namespace detail

// The z with P(normal <= z) = p. 0 and 1 give the infinities; outside of [0, 1] is NaN.
template <class T, int W>
CHASM_OP Vec<T, W> normal_quantile(Vec<T, W> p) {
  using V = Vec<T, W>;
  const V centre = p - V(0.5);
  const V tail = select(centre < V(0), p, V(1) - p);
  const V size = abs(centre);
  const V z =
      select(tail > V(0), detail::upper_normal_quantile(tail, size + size), detail::infinity<V>());
  return select(tail >= V(0), select(centre < V(0), -z, z), detail::nan<V>());
}

CHASM_FN double normal_quantile(double p) { return normal_quantile(Vec<double, 1>(p)).v; }

}  // namespace CHASM_ISA
}  // namespace chasm
