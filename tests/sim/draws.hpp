#pragma once

#include <tuple>

#include "tests/sim/lane_programs.hpp"

namespace chasm::lane_test {

// Draws with the same parameters at `count` addresses that differ in their future, replication and entity.
template <class Out, class... In>
std::vector<Out> draw(const LaneProgram& program, const std::string& name, size_t count,
                      In... parameters) {
  std::vector<uint32_t> future(count), replication(count), entity(count);
  for (size_t each = 0; each < count; ++each) {
    future[each] = static_cast<uint32_t>(each / 256);
    replication[each] = static_cast<uint32_t>(each / 64 % 4);
    entity[each] = static_cast<uint32_t>(each % 64);
  }
  const auto columns = std::make_tuple(std::vector<In>(count, parameters)...);
  std::vector<Out> out(count);
  std::apply(
      [&](const auto&... column) {
        const void* in[] = {column.data()...};
        lane_test::draw(program, name)
            .run({11, future.data(), replication.data(), entity.data(), 2, 9}, in, out.data(),
                 count);
      },
      columns);
  return out;
}

}  // namespace chasm::lane_test
