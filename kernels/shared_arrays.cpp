#include "kernels/shared_arrays.hpp"

#include <algorithm>
#include <cstring>

namespace chasm {

SharedArrays::SharedArrays(Device& device, const DeviceProgram& program, const Ground& ground)
    : view_((program.shared_bytes + sizeof(std::max_align_t) - 1) / sizeof(std::max_align_t)) {
  std::memcpy(view_.data(), ground.shared.get(), program.shared_bytes);
  struct Context {
    Device& device;
    SharedArrays& arrays;
  } context{device, *this};
  program.each_array(ground.shape.get(), ground.shared.get(), &context,
                     [](void* to, size_t place, const void* data, size_t bytes) {
                       auto& [on, self] = *static_cast<Context*>(to);
                       self.arrays_.push_back(bytes_on(on, std::max<size_t>(bytes, 1)));
                       void* copy = self.arrays_.back().get();
                       if (bytes > 0) on.copy_in(0, copy, data, bytes);
                       std::memcpy(reinterpret_cast<char*>(self.view_.data()) + place, &copy,
                                   sizeof copy);
                     });
  device.wait(0);
}

size_t shared_array_bytes(const DeviceProgram& program, const Ground& ground) {
  size_t all = 0;
  program.each_array(
      ground.shape.get(), ground.shared.get(), &all,
      [](void* sum, size_t, const void*, size_t bytes) { *static_cast<size_t*>(sum) += bytes; });
  return all;
}

}  // namespace chasm
