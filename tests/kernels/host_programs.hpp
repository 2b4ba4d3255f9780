#pragma once

#include "kernels/device_program.hpp"

// Each model's kernel, compiled for the processor.
namespace chasm::diffusion {
const DeviceProgram& host_program();
}
namespace chasm::enterprise {
const DeviceProgram& host_program();
}
namespace chasm::march1991 {
const DeviceProgram& host_program();
}
