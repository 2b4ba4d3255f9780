#pragma once

#include <cstdint>
#include <string>

namespace chasm {

// Opens an HDF5 file and walks everything in it but the values of numbers, in the order in which it was made, and
// checks that all values are stored within `bytes`. Throws Hdf5Error, InputError without the path. To be called
// in a child (hpc/guard.hpp) where the file may be anybody's.
void check_file(const std::string& path, uint64_t bytes);

}  // namespace chasm
