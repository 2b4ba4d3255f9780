#pragma once

// Rank correlations by a Gaussian copula. Correlated parameters form groups (connected by pairs with a correlation
// other than 0; pairs of a group that are not named have 0). A group takes the uniform numbers u of its members in
// alphabetical order of their names, turns them into z = L quantile(u) with L L' = 2 sin(pi/6 spearman), and back into
// uniform numbers cdf(z). So:
//   - parameters outside the group never move,
//   - the first member keeps its own number, bit for bit,
//   - a change of a pair moves the later of the two and what comes after it in the group; a new member moves those
//     after its name.
// Stated ranks are reached exactly in the limit by continuous distributions; ties (discrete, whole numbers) weaken them.
// A Latin hypercube keeps its strata for uncorrelated parameters and for the first member of each group.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chasm {

struct RankCorrelation {
  size_t a, b;      // places in the list of names
  double spearman;  // -1 < spearman < 1
};

class Copula {
 public:
  Copula() = default;
  // Throws InputError where no joint distribution has these correlations, naming the parameters and the nearest
  // correlations that one has.
  Copula(const std::vector<std::string>& names, const std::vector<RankCorrelation>& correlations);

  // Independent uniform numbers, one a name, become correlated ones in place.
  void apply(std::span<double> unit) const;

 private:
  struct Group {
    std::vector<size_t> members;   // places, in alphabetical order of names
    std::vector<double> cholesky;  // [row][column], lower triangle
  };
  std::vector<Group> groups_;
};

// Pearson correlation of the normal numbers behind a Spearman correlation: 2 sin(pi/6 spearman), in portable bits.
double pearson_of_spearman(double spearman);

// The lower triangle L with L L' = matrix, in plain order; false where the matrix is not positive definite.
bool cholesky(std::span<const double> matrix, size_t size, std::vector<double>& lower);

}  // namespace chasm
