#include "hpc/hdf5.hpp"

namespace chasm {

namespace {

unsigned long close_failures = 0;

// The library puts errno and its words into the innermost description.
extern "C" herr_t keep_innermost(unsigned n, const H5E_error2_t* error, void* text) {
  if (n == 0 && error->desc != nullptr) *static_cast<std::string*>(text) = error->desc;
  return 0;
}

}  // namespace

void Hid::reset() noexcept {
  if (id_ < 0) return;
  if (close_(id_) < 0) {
    ++close_failures;
    H5Eclear2(H5E_DEFAULT);
  }
  id_ = H5I_INVALID_HID;
}

unsigned long Hid::failures() { return close_failures; }

void Hid::close(const char* what) {
  if (id_ < 0) return;
  const hid_t id = std::exchange(id_, H5I_INVALID_HID);
  if (close_(id) < 0) hdf5_failure(what);
}

void hdf5_failure(const std::string& what) {
  std::string text;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &text);
  H5Eclear2(H5E_DEFAULT);
  for (char& c : text)
    if (c == '\n') c = ' ';
  throw Hdf5Error(what + ": " + (text.empty() ? "no reason given" : text));
}

void prepare_hdf5() {
  static const bool ready = [] {
    // The library tidies up at exit, and crashes there where a file could not be closed on a full disk.
    hdf5(H5dont_atexit(), "keep HDF5 away from the exit");
    hdf5(H5open(), "start HDF5");
    hdf5(H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr), "silence HDF5");
    hdf5(H5PLset_loading_state(0), "switch HDF5 plugins off");
    return true;
  }();
  (void)ready;
}

Hid file_access(bool for_writing) {
  Hid access = hdf5(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "set file access");
  if (for_writing) {
    hdf5(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18), "set the format");
    // Closing a file with something still open in it is an error instead of a delay.
    hdf5(H5Pset_fclose_degree(access, H5F_CLOSE_SEMI), "set the way of closing");
  }
#if H5_VERSION_GE(1, 10, 7)
  hdf5(H5Pset_file_locking(access, false, true), "switch file locks off");
#endif
  return access;
}

}  // namespace chasm
