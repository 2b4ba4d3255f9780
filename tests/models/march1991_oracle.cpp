#include "tests/models/march1991_oracle.hpp"

#include <cmath>

namespace chasm::test {

namespace {

using Vector = std::vector<int>;  // -1, 0, +1 by dimension

double uniform(std::mt19937_64& luck) { return static_cast<double>(luck() >> 11) * 0x1p-53; }

int one_of_three(std::mt19937_64& luck) { return static_cast<int>(3 * uniform(luck)) - 1; }

int product(const Vector& a, const Vector& b) {
  int total = 0;
  for (size_t j = 0; j < a.size(); ++j) total += a[j] * b[j];
  return total;
}

}  // namespace

MarchOutcome march_oracle(const MarchSetting& p, std::mt19937_64& luck) {
  const auto n = static_cast<size_t>(p.individuals), m = static_cast<size_t>(p.dimensions);
  Vector reality(m), code(m, 0);
  std::vector<Vector> beliefs(n, Vector(m));
  for (int& r : reality) r = uniform(luck) < 0.5 ? -1 : 1;
  for (Vector& b : beliefs)
    for (int& x : b) x = one_of_three(luck);
  const auto fast = static_cast<size_t>(std::floor(p.fast_share * p.individuals + 0.5));
  for (int t = 0; t < p.periods; ++t) {
    for (Vector& b : beliefs)
      if (uniform(luck) < p.p3)
        for (int& x : b) x = one_of_three(luck);
    for (int& r : reality)
      if (uniform(luck) < p.p4) r = -r;
    Vector votes(m, 0);
    const int to_beat = product(code, reality);
    for (const Vector& b : beliefs) {
      Vector act = b;
      for (int& x : act)
        if (x == 0) x = uniform(luck) < 0.5 ? -1 : 1;
      if (product(act, reality) > to_beat)
        for (size_t j = 0; j < m; ++j) votes[j] += act[j];
    }
    Vector next = code;
    for (size_t j = 0; j < m; ++j) {
      const int sign = votes[j] > 0 ? 1 : -1;
      if (votes[j] != 0 && code[j] != sign &&
          uniform(luck) < 1 - std::pow(1 - p.p2, std::abs(votes[j])))
        next[j] = sign;
    }
    for (size_t i = 0; i < n; ++i)
      for (size_t j = 0; j < m; ++j)
        if (code[j] != 0 && beliefs[i][j] != code[j] &&
            uniform(luck) < (i < fast ? p.p1_fast : p.p1))
          beliefs[i][j] += code[j];
    code = next;
  }
  double total = 0;
  for (const Vector& b : beliefs) total += product(b, reality);
  return {product(code, reality) / static_cast<double>(m),
          total / static_cast<double>(m) / static_cast<double>(n)};
}

}  // namespace chasm::test
