#include "hpc/check_file.hpp"

#include "hpc/hdf5_read.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

constexpr int deepest_group = 8;

void check_group(hid_t group, uint64_t bytes, int depth) {
  if (depth > deepest_group) throw InputError("its groups are nested too deeply");
  attributes(group);
  for (const HdfEntry& entry : entries_as_made(group)) {
    if (entry.is_group) {
      const Hid child =
          hdf5(H5Gopen2(group, entry.name.c_str(), H5P_DEFAULT), H5Gclose, "open a group");
      check_group(child, bytes, depth + 1);
      continue;
    }
    const HdfVariable variable = open_variable(group, entry.name);
    attributes(variable.dataset);
    check_storage(variable, bytes);
    if (variable.type == "str") read_texts(variable, bytes);
  }
}

}  // namespace

void check_file(const std::string& path, uint64_t bytes) {
  const Hid file = open_for_reading(path);
  const Hid root = hdf5(H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose, "open the root group");
  check_group(root, bytes, 0);
}

}  // namespace chasm
