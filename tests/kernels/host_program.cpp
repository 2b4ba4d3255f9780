// A model's kernel for the processor: the function that the device's kernel calls, over the same grid. Compiled once a model.
#include "kernels/make_program.hpp"
#include CHASM_MODEL_HEADER

namespace chasm::CHASM_MODEL {

const DeviceProgram& host_program() {
  static const DeviceProgram program = make_device_program<Rules>(
      nullptr,
      [](const Batch& batch, const void* shape, const void* shared, Grid grid, ThreadPlace at) {
        RunWorlds<Rules>{batch, *static_cast<const Rules::Shape*>(shape),
                         *static_cast<const Rules::Shared*>(shared)}(grid, at);
      });
  return program;
}

}  // namespace chasm::CHASM_MODEL
