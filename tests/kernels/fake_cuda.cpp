#include "tests/kernels/fake_cuda.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <utility>
#include <vector>

struct CUevent_st {
  CUstream_st* stream = nullptr;  // of its last record, null before
  size_t operations = 0;          // of the stream that it stands for
};

struct CUstream_st {
  std::vector<std::function<void()>> operations;
  size_t done = 0;

  // Runs operations until so many are done.
  void run(size_t until) {
    while (done < until) operations[done++]();
  }
};

namespace chasm::test {

FakeCuda& fake_cuda() {
  static FakeCuda fake;
  return fake;
}

namespace {

std::vector<CUstream_st*> streams;
int launched = 0;  // launches that have ended

void* line_of(size_t bytes) {
  ++fake_cuda().allocations;
  void* at = std::aligned_alloc(128, (bytes + 127) / 128 * 128);
  std::memset(at, 0xa5, bytes);
  return at;
}

void release(void* at) {
  --fake_cuda().allocations;
  std::free(at);
}

}  // namespace
}  // namespace chasm::test

using chasm::test::fake_cuda;

extern "C" {

cudaError_t cudaSetDevice(int) { return cudaSuccess; }
cudaError_t cudaSetDeviceFlags(unsigned) { return cudaSuccess; }
cudaError_t cudaGetLastError() { return cudaSuccess; }
const char* cudaGetErrorString(cudaError_t) { return "it failed"; }
const char* cudaGetErrorName(cudaError_t) { return "cudaErrorFake"; }
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int) {
  *properties = {};
  std::strcpy(properties->name, "a fake device");
  return cudaSuccess;
}
cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr which, int) {
  *value = which == cudaDevAttrMultiProcessorCount ? 3 : 2048;
  return cudaSuccess;
}
cudaError_t cudaMemGetInfo(size_t* free, size_t* total) {
  *free = *total = size_t{1} << 30;
  return cudaSuccess;
}
cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* kernel, const void*) {
  *kernel = {};
  kernel->numRegs = 128;
  kernel->localSizeBytes = 1000;
  return cudaSuccess;
}
cudaError_t cudaFuncSetAttribute(const void*, cudaFuncAttribute, int) { return cudaSuccess; }
cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, const void*, int threads,
                                                          size_t) {
  *blocks = 512 / threads;
  return cudaSuccess;
}
cudaError_t cudaMalloc(void** at, size_t bytes) {
  *at = chasm::test::line_of(bytes);
  return cudaSuccess;
}
cudaError_t cudaMallocHost(void** at, size_t bytes) { return cudaMalloc(at, bytes); }
cudaError_t cudaFree(void* at) {
  chasm::test::release(at);
  return cudaSuccess;
}
cudaError_t cudaFreeHost(void* at) { return cudaFree(at); }

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned) {
  *stream = new CUstream_st;
  chasm::test::streams.push_back(*stream);
  ++fake_cuda().streams;
  return cudaSuccess;
}
cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  std::erase(chasm::test::streams, stream);
  --fake_cuda().streams;
  delete stream;
  return cudaSuccess;
}
cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned) {
  *event = new CUevent_st;
  ++fake_cuda().events;
  return cudaSuccess;
}
cudaError_t cudaEventDestroy(cudaEvent_t event) {
  --fake_cuda().events;
  delete event;
  return cudaSuccess;
}
cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  *event = {stream, stream->operations.size()};
  return cudaSuccess;
}
cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned) {
  const CUevent_st now = *event;
  if (now.stream != nullptr)
    stream->operations.push_back([now] { now.stream->run(now.operations); });
  return cudaSuccess;
}
cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  // The others first, as far as they may.
  for (cudaStream_t other : chasm::test::streams)
    if (other != stream) other->run(other->operations.size());
  stream->run(stream->operations.size());
  return std::exchange(fake_cuda().fail_launch, cudaSuccess);
}
cudaError_t cudaMemcpyAsync(void* to, const void* from, size_t bytes, cudaMemcpyKind,
                            cudaStream_t stream) {
  stream->operations.push_back([=] { std::memcpy(to, from, bytes); });
  return cudaSuccess;
}
cudaError_t cudaMemsetAsync(void* to, int value, size_t bytes, cudaStream_t stream) {
  stream->operations.push_back([=] { std::memset(to, value, bytes); });
  return cudaSuccess;
}
// A kernel here is the address of its DeviceProgram::thread. Arguments are copied at once, as the runtime does.
cudaError_t cudaLaunchKernel(const void* kernel, dim3 blocks, dim3 threads, void** arguments,
                             size_t, cudaStream_t stream) {
  const auto thread = *static_cast<decltype(chasm::DeviceProgram::thread) const*>(kernel);
  const auto batch = *static_cast<const chasm::Batch*>(arguments[0]);
  const void *shape = arguments[1], *shared = arguments[2];
  const int number = fake_cuda().launches++;
  stream->operations.push_back([=] {
    if (chasm::test::launched != number) fake_cuda().launches_overlap = true;
    const chasm::Grid grid{static_cast<int>(blocks.x), static_cast<int>(threads.x)};
    for (int block = 0; block < grid.blocks; ++block)
      for (int at = 0; at < grid.threads; ++at) thread(batch, shape, shared, grid, {block, at});
    chasm::test::launched = number + 1;
  });
  return cudaSuccess;
}
}
