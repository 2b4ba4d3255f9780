#pragma once

// What all worlds of a study read, in a device's memory: a model's Shared with its pointers changed for those of copies.

#include <vector>

#include "kernels/device.hpp"
#include "sim/model.hpp"

namespace chasm {

class SharedArrays {
 public:
  SharedArrays(Device&, const DeviceProgram&, const Ground&);
  // To be handed to a kernel.
  const void* view() const { return view_.data(); }

 private:
  std::vector<DeviceBytes> arrays_;
  std::vector<std::max_align_t> view_;
};

size_t shared_array_bytes(const DeviceProgram&, const Ground&);

}  // namespace chasm
