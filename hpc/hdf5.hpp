#pragma once

// The HDF5 C library with handles that close themselves and returns that are always checked.
// The library is not safe for threads: everything in hpc/ that uses it belongs to one thread at a time.

#include <hdf5.h>

#include <string>
#include <utility>

#include "sim/error.hpp"

namespace chasm {

// What the library says went wrong, without a path: callers that know the file put it around.
class Hdf5Error : public SystemError {
 public:
  using SystemError::SystemError;
};

class Hid {
 public:
  using Close = herr_t (*)(hid_t);

  Hid() = default;
  Hid(hid_t id, Close close) : id_(id), close_(close) {}
  ~Hid() { reset(); }
  Hid(Hid&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
  Hid& operator=(Hid&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, H5I_INVALID_HID);
      close_ = other.close_;
    }
    return *this;
  }

  operator hid_t() const { return id_; }
  // An error here cannot be thrown; it is counted.
  void reset() noexcept;
  void close(const char* what);
  // Handles of this process that could not be closed: what they had still to write may be lost.
  static unsigned long failures();

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

// Throws Hdf5Error "<what>: <innermost message of the error stack>" and empties the stack.
[[noreturn]] void hdf5_failure(const std::string& what);

// Passes what is not negative, which is what every function of the library returns on success.
template <class T>
T hdf5(T returned, const char* what) {
  if (returned < 0) hdf5_failure(what);
  return returned;
}
inline Hid hdf5(hid_t id, Hid::Close close, const char* what) { return {hdf5(id, what), close}; }

// Once before anything else: no messages on the terminal, no plugins from the environment.
void prepare_hdf5();

// How files are opened: no lock, because some file systems have none and correctness never rests on one.
Hid file_access(bool for_writing);

}  // namespace chasm
