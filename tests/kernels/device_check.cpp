// The device against the processor, bit for bit; and how fast it is. Needs a CUDA device and no test framework.
//
//   device_check identity    every model, several numbers of worlds
//   device_check small       one partly filled batch of every model, for compute-sanitizer
//   device_check bench       a table
//   device_check enterprise  one full batch of the enterprise over a year, for a profiler
//   device_check sizes       worlds a second of the enterprise by how many there are
//
// Exit codes: 0 the same, 1 different or failed, 77 no device.

#include <omp.h>

#include <bit>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "kernels/cuda.hpp"
#include "kernels/device_backend.hpp"
#include "models/models.hpp"
#include "tests/kernels/device_bench.hpp"
#include "tests/kernels/device_studies.hpp"

namespace chasm::test {
namespace {

// One bit pattern for everything that is not a number: hardware differs there, and result files hold one.
uint64_t bits_of(double value) {
  return value != value ? ~uint64_t{0} : std::bit_cast<uint64_t>(value);
}
uint64_t bits_of(float value) {
  return value != value ? ~uint64_t{0} : std::bit_cast<uint32_t>(value);
}
template <class T>
uint64_t bits_of(T value) {
  return static_cast<uint64_t>(value);
}

// FNV-1a over whole words.
struct Digest {
  uint64_t state = 0xcbf29ce484222325u;
  void add(uint64_t word) { state = (state ^ word) * 0x100000001b3u; }
  template <class T>
  void add(const std::vector<T>& values) {
    for (const T& value : values) {
      if constexpr (requires { value.size(); })
        add(value);
      else
        add(bits_of(value));
    }
  }
};

uint64_t digest(const Worlds& worlds) {
  Digest all;
  all.add(worlds.status);
  all.add(worlds.failure);
  all.add(worlds.metrics);
  all.add(worlds.series);
  all.add(worlds.bands);
  all.add(worlds.totals);
  return all.state;
}

// "metric 3 of world 17: 0.25 and 0.5"
std::string first_difference(const Worlds& a, const Worlds& b) {
  for (size_t world = 0; world < a.status.size(); ++world) {
    if (a.failure[world] != b.failure[world]) return "failure of world " + std::to_string(world);
    for (size_t k = 0; k < a.metrics.size(); ++k)
      if (bits_of(a.metrics[k][world]) != bits_of(b.metrics[k][world]))
        return "metric " + std::to_string(k) + " of world " + std::to_string(world) + ": " +
               std::to_string(a.metrics[k][world]) + " and " + std::to_string(b.metrics[k][world]);
  }
  for (size_t k = 0; k < a.series.size(); ++k)
    for (size_t at = 0; at < a.series[k].size(); ++at)
      if (bits_of(a.series[k][at]) != bits_of(b.series[k][at]))
        return "series " + std::to_string(k) + ", value " + std::to_string(at);
  return "a band or total";
}

struct Check {
  int threads;
  bool against_one_lane;  // also
  int different = 0;

  void study(const std::string& name, const Study& study) {
    const Partition parts = partition(study, 160);
    const DeviceBackend devices(study, parts, *cuda_program(*study.model),
                                find_cuda_devices().devices, threads);
    const Worlds device = run(study, parts, devices);
    compare(name, device, run(study, choose_program(*study.model), threads));
    if (against_one_lane)
      compare(name + ", one lane", device,
              run(study, choose_program(*study.model, "plain", 1), threads));
  }
  void compare(const std::string& name, const Worlds& device, const Worlds& processor) {
    const bool same = digest(device) == digest(processor);
    different += !same;
    std::printf("%s  %016llx  %6zu worlds  %s%s\n", same ? "same   " : "DIFFERS",
                static_cast<unsigned long long>(digest(device)), device.status.size(), name.c_str(),
                same ? "" : (": " + first_difference(device, processor)).c_str());
    std::fflush(stdout);
  }
};

int identity(int threads) {
  Check check{threads, true};
  for (const uint64_t worlds : {1, 7, 32, 33, 1000})
    for (const auto& [name, study] : device_studies(worlds, 60)) check.study(name, study);
  for (const uint64_t worlds : {33, 10000}) {
    const NamedStudy whole = enterprise_study(worlds, 260);
    check.study(whole.name + ", 260 weeks", whole.study);
  }
  check.against_one_lane = false;
  Study march = device_studies(200000, 100).front().study;
  check.study("march1991", march);
  return check.different > 0;
}

int small(int threads) {
  Check check{threads, false};
  for (auto [name, study] : device_studies(33, 8)) check.study(name, study);
  return check.different > 0;
}

int enterprise_year(int threads) {
  // As many as the largest device runs at the same time.
  Study study = study_of(enterprise::model(), 67584, 1, 52);
  const Partition parts = partition(study);
  const DeviceBackend devices(study, parts, *cuda_program(*study.model),
                              std::move(find_cuda_devices().devices), threads);
  return run(study, parts, devices).status.size() == study.worlds() ? 0 : 1;
}

// Worlds a second of the enterprise by how many there are.
int sizes(int threads) {
  for (const uint64_t worlds : {2112, 4224, 8448, 16896, 33792, 67584, 135168, 270336}) {
    const Study study = study_of(enterprise::model(), worlds, 1, 260);
    const Partition parts = partition(study);
    const DeviceBackend devices(study, parts, *cuda_program(*study.model),
                                std::move(find_cuda_devices().devices), threads);
    const double start = omp_get_wtime();
    const auto ran = run(study, parts, devices).status.size();
    std::printf("%zu worlds: %.0f worlds/s\n", ran,
                static_cast<double>(ran) / (omp_get_wtime() - start));
    std::fflush(stdout);
  }
  return 0;
}

int run_check(std::string_view what) {
  const CudaDevices found = find_cuda_devices();
  if (found.devices.empty()) {
    std::printf("Skipped: %s\n", found.missing.c_str());
    return 77;
  }
  const int threads = omp_get_max_threads();
  for (const auto& device : found.devices) std::printf("%s\n", device->name().c_str());
  if (what == "identity") return identity(threads);
  if (what == "small") return small(threads);
  if (what == "enterprise") return enterprise_year(threads);
  if (what == "sizes") return sizes(threads);
  bench_device(threads);
  return 0;
}

}  // namespace
}  // namespace chasm::test

int main(int argc, char** argv) {
  const std::string_view what = argc == 2 ? argv[1] : "";
  if (what != "identity" && what != "small" && what != "bench" && what != "enterprise" &&
      what != "sizes") {
    std::fprintf(stderr, "usage: device_check identity|small|bench|enterprise|sizes\n");
    return 2;
  }
  try {
    return chasm::test::run_check(what);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "device_check: %s\n", error.what());
    return 1;
  }
}
