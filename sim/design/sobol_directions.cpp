#include "sim/design/sobol_directions.hpp"

#include <boost/random/sobol.hpp>

namespace chasm {

namespace {
using Engine = boost::random::sobol_engine<uint32_t, 32>;
}

int sobol_max_dimensions() { return boost::random::default_sobol_table::max_dimension; }

std::vector<uint32_t> sobol_directions(int dimensions) {
  const size_t d = static_cast<size_t>(dimensions);
  Engine engine(d);
  std::vector<uint32_t> directions(d * 32);
  // Boost walks in Gray-code order and leaves out the origin: its value number 2^j - 1 is the exclusive or of
  // directions j and j - 1.
  for (uint32_t j = 0; j < 32; ++j) {
    engine.seed((uint32_t{1} << j) - 1);
    for (size_t k = 0; k < d; ++k) {
      const uint32_t before = j == 0 ? 0 : directions[k * 32 + j - 1];
      directions[k * 32 + j] = static_cast<uint32_t>(engine()) ^ before;
    }
  }
  return directions;
}

}  // namespace chasm
