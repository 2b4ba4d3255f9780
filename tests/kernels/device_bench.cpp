#include "tests/kernels/device_bench.hpp"

#include <cuda_runtime_api.h>
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>

#include "kernels/cuda.hpp"
#include "kernels/cuda_error.hpp"
#include "kernels/device_backend.hpp"
#include "models/models.hpp"
#include "tests/kernels/device_studies.hpp"
#include "tests/kernels/device_variants.hpp"

namespace chasm::test {

namespace {

template <class Act>
double seconds_of(const Act& act) {
  const auto start = std::chrono::steady_clock::now();
  act();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<uint64_t> all_blocks(const Partition& parts) {
  std::vector<uint64_t> blocks(parts.blocks());
  std::iota(blocks.begin(), blocks.end(), uint64_t{0});
  return blocks;
}

double worlds_per_second(const Backend& backend, const Study& study, const Partition& parts) {
  const auto blocks = all_blocks(parts);
  return static_cast<double>(study.worlds()) /
         seconds_of([&] { backend.run(blocks, [](BlockResult&&) { return true; }); });
}

// Bytes a second that the device reads and writes while it copies its own memory: the best of five.
double bandwidth() {
  constexpr size_t bytes = size_t{512} << 20;
  void *from = nullptr, *to = nullptr;
  check(cudaMalloc(&from, bytes), "allocating memory");
  check(cudaMalloc(&to, bytes), "allocating memory");
  double best = 0;
  for (int i = 0; i < 6; ++i) {
    const double seconds = seconds_of([&] {
      check(cudaMemcpy(to, from, bytes, cudaMemcpyDeviceToDevice), "copying");
      check(cudaDeviceSynchronize(), "copying");
    });
    if (i > 0) best = std::max(best, 2.0 * static_cast<double>(bytes) / seconds);
  }
  cudaFree(from);
  cudaFree(to);
  return best;
}

struct Measured {
  Device::Fit fit;
  TileNeed need;
  BatchPlan plan;
  double rate;  // worlds a second
};

// At least all that run at the same time, once; more where that takes less than so long.
Measured measure(Study study, const DeviceProgram& program, int block_threads, int threads,
                 double seconds) {
  Measured out{};
  const auto run = [&](uint64_t worlds) {
    study.futures = std::make_shared<PlainFutures>(worlds);
    const Partition parts = partition(study);
    DeviceBackend backend(study, parts, program, std::move(find_cuda_devices().devices), threads,
                          block_threads);
    out.fit = backend.devices().front()->fit(program, block_threads);
    out.need = backend.need();
    out.plan = backend.plan(0);
    return worlds_per_second(backend, study, parts);
  };
  run(4096);  // starts the device
  const auto slots = static_cast<uint64_t>(out.fit.blocks) * static_cast<uint64_t>(block_threads);
  const double full = run(slots) * seconds;
  out.rate = run(std::clamp(static_cast<uint64_t>(full), slots, 8 * slots));
  return out;
}

void print(const char* what, int block_threads, const Study& study, const Measured& now,
           double core, double peak) {
  const double state = static_cast<double>(now.need.state) / warp;
  // The least that memory must carry where a step loads and stores every column once.
  const double carried = now.rate * study.steps * 2 * state;
  std::printf(
      "| %-24s | %4d | %3d | %6zu | %5.1f %% | %7.0f | %6.1f | %9.0f | %6.1f | %7.0f | %5.1f %% "
      "|\n",
      what, block_threads, now.fit.registers, now.fit.stack_bytes, 100 * now.fit.occupancy,
      static_cast<double>(now.plan.slots * warp), state / 1000, now.rate, now.rate / core,
      carried / 1e9, 100 * carried / peak);
  std::fflush(stdout);
}

Study plain(const Model& model) { return study_of(model, 1, 1, model.default_steps); }

}  // namespace

void bench_device(int threads) {
  const CudaDevices found = find_cuda_devices();
  const double peak = bandwidth();
  std::printf(
      "\n%s, CUDA %s; its memory copies at %.0f GB/s; %d threads of the processor collect\n",
      found.devices.front()->name().c_str(), cuda_build().c_str(), peak / 1e9, threads);
  std::printf(
      "every parameter at its default, metrics only unless said otherwise; GB/s: if each step "
      "loads and stores every column once\n\n");
  std::printf("| %-24s | %4s | %3s | %6s | %7s | %7s | %6s | %9s | %6s | %7s | %7s |\n", "kernel",
              "thr.", "reg", "stack", "occup.", "at once", "kB", "worlds/s", "x core", "GB/s",
              "of peak");
  std::printf("|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const Model* model : models()) {
    const Study study = plain(*model);
    // One core of this machine on its widest lanes.
    Study few = study;
    few.futures = std::make_shared<PlainFutures>(model == &enterprise::model() ? 512 : 4096);
    const Partition parts = partition(few);
    const double core =
        worlds_per_second(CpuBackend(few, parts, choose_program(*model), 1), few, parts);
    const DeviceProgram& program = *cuda_program(*model);
    const std::string name(model->name);
    for (const int block_threads : {64, 128, 256, 512})
      print(name.c_str(), block_threads, study, measure(study, program, block_threads, threads, 2),
            core, peak);
    if (model != &enterprise::model()) continue;
    for (const auto& [what, variant] : device_variants())
      print(what.c_str(), 256, study, measure(study, *variant, 256, threads, 2), core, peak);
    Study all = study;
    all.outputs = enterprise_study(1, study.steps).study.outputs;
    all.outputs.every = 13;
    print("enterprise, all outputs", program.block_threads, all,
          measure(all, program, program.block_threads, threads, 2), core, peak);
    std::printf("one core, %s x %d: %.0f enterprise worlds/s\n", choose_program(*model).isa,
                choose_program(*model).width, core);
  }
}

}  // namespace chasm::test
