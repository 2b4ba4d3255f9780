#pragma once

// Fills a DeviceProgram from a model's rules.

#include <type_traits>

#include "kernels/device_program.hpp"
#include "kernels/run_worlds.hpp"

namespace chasm {
inline namespace CHASM_ISA {

struct IgnoreArray {
  template <class Member, class Count>
  void operator()(Member, Count) const {}
};

// Arrays that all worlds read: a Shared that has any says where they are and how long.
template <class Rules>
void each_shared_array(const void* shape, const void* shared, void* context, VisitArray visit) {
  using Shared = typename Rules::Shared;
  if constexpr (requires(const Shared& of, const typename Rules::Shape& counts) {
                  of.each_array(counts, IgnoreArray{});
                }) {
    const auto& of = *static_cast<const Shared*>(shared);
    of.each_array(*static_cast<const typename Rules::Shape*>(shape), [&](auto member, auto count) {
      const auto* data = of.*member;
      if (data == nullptr) return;
      const auto place = static_cast<size_t>(reinterpret_cast<const char*>(&(of.*member)) -
                                             static_cast<const char*>(shared));
      visit(context, place, data, static_cast<size_t>(count) * sizeof(*data));
    });
  } else {
    static_assert(std::is_empty_v<Shared>,
                  "a Shared with data needs each_array, which names what it points to");
  }
}

// Phases are shared by as many warps as have room (512 threads of 128 registers are all that a multiprocessor has); small blocks leave
// the fewest registers unused. Measured: docs/benchmarks.
template <class Rules>
constexpr int block_threads_of() {
  if constexpr (requires { Rules::has_phases; })
    return 512;
  else
    return 64;
}

template <class Rules>
DeviceProgram make_device_program(const void* kernel, decltype(DeviceProgram::thread) thread) {
  static_assert(std::is_trivially_copyable_v<typename Rules::Shape> &&
                std::is_trivially_copyable_v<typename Rules::Shared>);
  return {.shape_bytes = sizeof(typename Rules::Shape),
          .shared_bytes = sizeof(typename Rules::Shared),
          .block_threads = block_threads_of<Rules>(),
          .state_bytes = tile_memory<Rules, DeviceLanes>,
          .each_array = each_shared_array<Rules>,
          .kernel = kernel,
          .thread = thread};
}

}  // namespace CHASM_ISA
}  // namespace chasm
