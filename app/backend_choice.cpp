#include "app/backend_choice.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/launched.hpp"
#include "kernels/cuda.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

[[noreturn]] void no_cuda(const std::string& missing) {
  throw InputError("--backend cuda: " + missing);
}

// Fills the choice with devices, or says why not.
std::string take_devices(const Model& model, BackendChoice& choice, bool& nearly) {
  CudaDevices found = find_cuda_devices(this_process());
  nearly = found.nearly;
  if (found.devices.empty()) return found.missing;
  const DeviceProgram* kernel = cuda_program(model);
  if (kernel == nullptr)
    return fmt::format(
        "model {} has no kernel in this build (kernels/CMakeLists.txt lists those that have one) "
        "add it there, or use --backend cpu",
        model.name);
  choice.kernel = kernel;
  choice.devices = std::move(found.devices);
  return "";
}

}  // namespace

BackendChoice choose_backend(const LanesOptions& options, const Model& model) {
  BackendChoice choice;
  const bool asked = options.backend == "cuda";
  if (asked && options.lanes != 0)
    throw InputError(fmt::format(
        "--lanes {}: lanes are the processor's (--backend cuda runs a world a thread) leave one of "
        "the two out",
        options.lanes));
  if (asked || (options.backend == "auto" && options.lanes == 0)) {
    bool nearly = false;
    const std::string missing = take_devices(model, choice, nearly);
    if (missing.empty()) return choice;
    if (asked) no_cuda(missing);
    if (nearly) fmt::print(stderr, "chasm: the processor computes: {}\n", missing);
  }
  choice.lanes = &choose_program(model, "", options.lanes);
  return choice;
}

ChosenBackend::ChosenBackend(BackendChoice choice, const Study& study, const Partition& parts,
                             int threads)
    : threads_(threads) {
  if (choice.kernel != nullptr)
    devices_ = std::make_unique<DeviceBackend>(study, parts, *choice.kernel,
                                               std::move(choice.devices), threads);
  else
    cpu_ = std::make_unique<CpuBackend>(study, parts, *choice.lanes, threads);
}

const Backend& ChosenBackend::get() const {
  if (devices_) return *devices_;
  return *cpu_;
}

std::string ChosenBackend::name() const {
  return devices_ ? devices_->name() : name_of(cpu_->program());
}

uint64_t ChosenBackend::memory() const {
  if (cpu_) return static_cast<uint64_t>(cpu_->threads()) * cpu_->memory_per_thread();
  uint64_t bytes = 0;
  for (size_t device = 0; device < devices_->devices().size(); ++device)
    bytes += devices_->plan(device).host_bytes(devices_->need());
  return bytes;
}

}  // namespace chasm
