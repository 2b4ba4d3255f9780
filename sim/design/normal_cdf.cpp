#include "sim/design/normal_cdf.hpp"

#include "sim/math.hpp"

namespace chasm {

namespace {

constexpr double a[] = {2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582,
                        18154.981253343561249, .065682337918207449113};
constexpr double b[] = {47.20258190468824187, 976.09855173777669322, 10260.932208618978205,
                        45507.789335026729956};
constexpr double c[] = {.39894151208813466764, 8.8831497943883759412, 93.506656132177855979,
                        597.27027639480026226, 2494.5375852903726711, 6848.1904505362823326,
                        11602.651437647350124, 9842.7148383839780218, 1.0765576773720192317e-8};
constexpr double d[] = {22.266688044328115691, 235.38790178262499861, 1519.377599407554805,
                        6485.558298266760755,  18615.571640885098091, 34900.952721145977266,
                        38912.003286093271411, 19685.429676859990727};
constexpr double p[] = {.21589853405795699,     .1274011611602473639,  .022235277870649807,
                        .001421619193227893466, 2.9112874951168792e-5, .02307344176494017303};
constexpr double q[] = {1.28426009614491121, .468238212480865118, .0659881378689285515,
                        .00378239633202758244, 7.29751555083966205e-5};
constexpr double inverse_root_two_pi = .39894228040143267794;

// exp(-y^2 / 2) without the rounding error of y^2: y is split into sixteenths and a rest.
double bell(double y) {
  const double head = static_cast<double>(static_cast<int>(y * 16)) / 16;
  const double rest = (y - head) * (y + head);
  return exp(-head * head * 0.5) * exp(-rest * 0.5);
}

// P(X > y) for y > 0.67448975.
double upper_tail(double y) {
  if (y > 38.6) return 0;
  if (y <= 5.656854249492380195) {
    double above = c[8] * y, below = y;
    for (int i = 0; i < 7; ++i) {
      above = (above + c[i]) * y;
      below = (below + d[i]) * y;
    }
    return bell(y) * ((above + c[7]) / (below + d[7]));
  }
  const double z = 1 / (y * y);
  double above = p[5] * z, below = z;
  for (int i = 0; i < 4; ++i) {
    above = (above + p[i]) * z;
    below = (below + q[i]) * z;
  }
  const double rest = z * (above + p[4]) / (below + q[4]);
  return bell(y) * ((inverse_root_two_pi - rest) / y);
}

}  // namespace

double normal_cdf(double x) {
  const double y = x < 0 ? -x : x;
  if (y <= 0.67448975) {
    const double z = y * y;
    double above = a[4] * z, below = z;
    for (int i = 0; i < 3; ++i) {
      above = (above + a[i]) * z;
      below = (below + b[i]) * z;
    }
    return 0.5 + x * (above + a[3]) / (below + b[3]);
  }
  const double tail = upper_tail(y);
  return x < 0 ? tail : 1 - tail;
}

}  // namespace chasm
