#pragma once

// Points of the unit cube, one a row and one coordinate an uncertain parameter, each computed on demand.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace chasm {

class Points {
 public:
  virtual ~Points() = default;
  virtual uint64_t rows() const = 0;
  // The random-address future of a row: rows that share one share all luck.
  virtual uint32_t address(uint64_t row) const { return static_cast<uint32_t>(row); }
  // `unit` has one element a coordinate. Values lie in (0, 1), for Morris in [0, 1].
  virtual void fill(uint64_t row, std::span<double> unit) const = 0;
};

// Coordinates are known by the names of their parameters; order decides nothing but places.
using Names = std::vector<std::string>;

// Every coordinate at an address made of its name: rows and coordinates never change as others are added.
std::unique_ptr<const Points> independent_points(uint64_t rows, const Names&, uint64_t seed);

// Owen-scrambled Sobol' points. Coordinate k uses dimension dimensions[k] of the Joe-Kuo sequence and a
// scrambling addressed by its name, so rows never change as rows, or coordinates with dimensions of their own, are
// added. Low dimensions are worth having: with 1,024 rows and 10 coordinates the error of products of neighbours is
// 0.02 of independent draws in dimensions 0..9, and 0.20 in every fifteenth dimension; sums do not care.
std::unique_ptr<const Points> sobol_points(uint64_t rows, const Names&,
                                           const std::vector<int>& dimensions, uint64_t seed);

// One row in each of `rows` equal strata of every coordinate. The number of rows is part of the address:
// another number is another design.
std::unique_ptr<const Points> latin_points(uint64_t rows, const Names&, uint64_t seed);

// Saltelli's radial design on a scrambled Sobol' sequence of twice as many dimensions (the first half gives A,
// the second B), rows in the order that SALib.analyze.sobol reads: for each base point
//   A, AB_1 .. AB_d, (BA_1 .. BA_d,) B
// where AB_i is A with coordinate i of B. All rows of a base point share its number as address.
// Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018. More base points leave the rows of earlier ones alone.
std::unique_ptr<const Points> saltelli_points(uint64_t base, bool second_order, const Names&,
                                              uint64_t seed);

// Morris's trajectories: d + 1 rows, each differing from the one before in a single coordinate by
// delta = levels / (2 (levels - 1)), up or down, on the grid 0, 1/(levels - 1), ..., 1; the order of coordinates
// is random. This is what SALib.analyze.morris reads. All rows of a trajectory share its number as address.
// Morris 1991, doi:10.1080/00401706.1991.10484804. More trajectories leave earlier ones alone.
std::unique_ptr<const Points> morris_points(uint64_t trajectories, int levels, const Names&,
                                            uint64_t seed);

}  // namespace chasm
