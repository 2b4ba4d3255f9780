#pragma once

#include <cstdint>
#include <vector>

namespace chasm {

// Dimensions for which Joe & Kuo's direction numbers are known here (Boost.Random's table).
int sobol_max_dimensions();

// [dimension][32] direction numbers of the first `dimensions` dimensions: coordinate x of point i is the exclusive
// or of direction j over the one-bits j of i, read as a binary fraction. Dimension 0 is van der Corput's.
// Joe & Kuo 2008, doi:10.1137/070709359 (new-joe-kuo-6.21201).
std::vector<uint32_t> sobol_directions(int dimensions);

}  // namespace chasm
