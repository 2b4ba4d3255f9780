#pragma once

// The CUDA devices of this machine, and the kernels of this build.

#include <memory>
#include <string>
#include <vector>

#include "kernels/device.hpp"
#include "kernels/device_share.hpp"
#include "sim/model.hpp"

namespace chasm {

struct CudaDevices {
  std::vector<std::unique_ptr<Device>> devices;
  // Where there are none: which of build, driver and device is missing, and what to do.
  std::string missing;
  // There is something that would compute, but for a part that is missing.
  bool nearly = false;
};
// Those of one process. Nothing is started on the others.
CudaDevices find_cuda_devices(LocalProcess = {});

// Null where this build has no kernel of the model.
const DeviceProgram* cuda_program(const Model&);

// "13.0 for sm_80, sm_90", "" where this build has none.
std::string cuda_build();

}  // namespace chasm
