// Every call that writes fails once, in turn, while a result is made; and every some-th allocation.
// The functions below take the place of libc's for this program and for libhdf5 in it.

#include <dlfcn.h>
#include <errno.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <new>

#include "hpc/finish.hpp"
#include "hpc/read_result.hpp"
#include "sim/error.hpp"
#include "tests/hpc/example_study.hpp"
#include "tests/hpc/scratch_folder.hpp"

namespace {

enum class Fault { none, no_space, io_error, short_write, interrupted, flipped_bit, lost_write };

// Calls are counted while this is set; the call of that number goes wrong.
std::atomic<bool> counting = false;
std::atomic<uint64_t> calls = 0, fails_at = 0;
Fault fault = Fault::none;
std::atomic<bool> happened = false;

std::atomic<bool> counting_memory = false;
std::atomic<uint64_t> allocations = 0, memory_ends_at = 0;

bool goes_wrong() {
  if (!counting || ++calls != fails_at) return false;
  happened = true;
  return true;
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

ssize_t faulty_pwrite(const char* name, int file, const void* data, size_t size, off_t at) {
  static auto* const write = real<ssize_t(int, const void*, size_t, off_t)>(name);
  if (!goes_wrong()) return write(file, data, size, at);
  switch (fault) {
    case Fault::no_space:
      errno = ENOSPC;
      return -1;
    case Fault::io_error:
      errno = EIO;
      return -1;
    case Fault::interrupted:
      errno = EINTR;
      return -1;
    case Fault::short_write:
      return write(file, data, (size + 1) / 2, at);
    case Fault::lost_write:
      return static_cast<ssize_t>(size);
    case Fault::flipped_bit: {
      std::string bytes(static_cast<const char*>(data), size);
      bytes[size / 2] ^= 0x10;
      return write(file, bytes.data(), size, at);
    }
    case Fault::none:
      break;
  }
  return write(file, data, size, at);
}

// Of calls that can only succeed or fail.
int faulty() {
  const bool can_fail = fault == Fault::no_space || fault == Fault::io_error;
  if (!can_fail || !goes_wrong()) return 0;
  errno = fault == Fault::no_space ? ENOSPC : EIO;
  return -1;
}

}  // namespace

extern "C" {
ssize_t pwrite(int file, const void* data, size_t size, off_t at) {
  return faulty_pwrite("pwrite", file, data, size, at);
}
ssize_t pwrite64(int file, const void* data, size_t size, off_t at) {
  return faulty_pwrite("pwrite64", file, data, size, at);
}
int ftruncate(int file, off_t size) {
  return faulty() != 0 ? -1 : real<int(int, off_t)>("ftruncate")(file, size);
}
int ftruncate64(int file, off_t size) {
  return faulty() != 0 ? -1 : real<int(int, off_t)>("ftruncate64")(file, size);
}
// Without the disk: a thousand files are made here.
int fsync(int) { return faulty(); }
int fdatasync(int) { return faulty(); }
int rename(const char* from, const char* to) {
  return faulty() != 0 ? -1 : real<int(const char*, const char*)>("rename")(from, to);
}
}

// g++ inlines these into one another and then warns about malloc and delete.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

void* operator new(size_t size) {
  if (counting_memory && ++allocations == memory_ends_at) throw std::bad_alloc();
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

// HDF5 1.10 itself leaks where its calls fail, with no frame of ours in the stack.
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

namespace chasm {
namespace {

namespace fs = std::filesystem;

class Faults : public testing::Test {
 protected:
  void SetUp() override {
    example::write(other_, path_);
    before_ = bytes();
    example::write(study_, path_);
    good_ = bytes();
    digest_ = ResultFile(path_).info().content_digest;
    put_earlier();
  }
  void put_earlier() const { std::ofstream(path_, std::ios::binary) << before_; }
  std::string bytes() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  uint64_t files() const {
    return static_cast<uint64_t>(
        std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
  // Finishes with the k-th call failing. True while there are that many calls.
  bool run(Fault kind, uint64_t k) {
    fault = kind;
    calls = 0;
    fails_at = k;
    happened = false;
    message_.clear();
    // SystemError or nothing, and then either the whole new file or the whole earlier one.
    counting = true;
    try {
      example::write(study_, path_);
    } catch (const SystemError& error) {
      message_ = error.what();
    }
    counting = false;
    return happened;
  }

  ScratchFolder folder_;
  std::string path_ = folder_ / "r.h5";
  const Study study_ = example::study({.keep = Keep::full});
  const Study other_ = example::study({.keep = Keep::none, .seed = 4});
  std::string before_, good_, digest_, message_;
};

struct Plan {
  Fault fault;
  uint64_t step;  // 1: every call, 3: every third
};
class EveryCall : public Faults, public testing::WithParamInterface<Plan> {};

TEST_P(EveryCall, FailsCleanlyOrNotAtAll) {
  uint64_t k = 0, runs = 0, failed = 0, after_rename = 0;
  for (k = 1; run(GetParam().fault, k); k += GetParam().step) {
    ++runs;
    const std::string now = bytes();
    if (message_.empty()) {
      // What no reader reads: slack in an index, a list of free space for later appending.
      EXPECT_EQ(ResultFile(path_).recompute_digest(), digest_) << "call " << k << " unseen";
      EXPECT_EQ(now.size(), good_.size());
    } else {
      ++failed;
      // The sync of the folder comes after the new file has its name.
      after_rename += now == good_ ? 1 : 0;
      EXPECT_TRUE(now == before_ || now == good_) << "call " << k << ": " << message_;
      EXPECT_NE(message_.find(folder_.path()), std::string::npos) << message_;
    }
    EXPECT_EQ(files(), 1u) << "call " << k;
    put_earlier();
  }
  EXPECT_GT(k, 90u);
  EXPECT_LE(after_rename, 1u);
  switch (GetParam().fault) {
    // Continued with the rest, or repeated.
    case Fault::short_write:
    case Fault::interrupted:
      EXPECT_EQ(failed, 0u);
      break;
    case Fault::no_space:
    case Fault::io_error:
      EXPECT_EQ(failed, runs);
      break;
    case Fault::flipped_bit:
    case Fault::lost_write:
    case Fault::none:
      EXPECT_GT(failed, runs / 3);
  }
}

INSTANTIATE_TEST_SUITE_P(Result, EveryCall,
                         testing::Values(Plan{Fault::no_space, 1}, Plan{Fault::io_error, 3},
                                         Plan{Fault::short_write, 4}, Plan{Fault::interrupted, 5},
                                         Plan{Fault::flipped_bit, 2}, Plan{Fault::lost_write, 2}));

TEST_F(Faults, AFullDiskIsNamed) {
  ASSERT_TRUE(run(Fault::no_space, 3));
  EXPECT_NE(message_.find("No space left on device"), std::string::npos) << message_;
}

TEST_F(Faults, MemoryThatEndsLeavesNoHalfFile) {
  const auto write = [&](uint64_t k) {
    allocations = 0;
    memory_ends_at = k;
    counting_memory = true;
    bool whole = true;
    try {
      example::write(study_, path_);
    } catch (const std::bad_alloc&) {
      whole = false;
    } catch (const SystemError&) {
      whole = false;
    }
    counting_memory = false;
    return whole;
  };
  ASSERT_TRUE(write(0));
  const uint64_t all = allocations;
  uint64_t failed = 0;
  for (uint64_t k = 1; k <= all; k += 1 + all / 100) {
    put_earlier();
    const bool whole = write(k);
    failed += whole ? 0 : 1;
    const std::string now = bytes();
    EXPECT_TRUE(whole ? now == good_ : now == before_ || now == good_) << "allocation " << k;
    EXPECT_EQ(files(), 1u);
  }
  EXPECT_GT(failed, 80u);
}

}  // namespace
}  // namespace chasm
