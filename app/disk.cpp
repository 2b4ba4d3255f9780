#include "app/disk.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <limits>

#include "hpc/file.hpp"
#include "hpc/output_path.hpp"
#include "sim/error.hpp"

namespace chasm {

Disk disk_of(const std::string& path) {
  const std::string folder = folder_of(path);
  std::error_code problem;
  const auto space = std::filesystem::space(folder, problem);
  if (problem)
    throw InputError(fmt::format(
        "the output path {} cannot be used ({}: {}) make the folder first or choose another path",
        path, folder, problem.message()));
  return {folder, space.capacity, space.available};
}

uint64_t together(const DiskNeed& need) {
  const uint64_t room = std::numeric_limits<uint64_t>::max() - need.journal;
  return need.journal + (need.result < room ? need.result : room);
}

void refuse_too_large(const DiskNeed& need, const Disk& disk, uint64_t most,
                      const std::string& which) {
  if (together(need) <= most) return;
  throw InputError(fmt::format(
      "the study does not fit the disk of {} (journals take up to {} and the result about {} "
      "beside them; {} {}) "
      "use fewer futures, replications or arms, keep fewer outputs, or choose another disk with -o",
      disk.folder, readable_bytes(need.journal), readable_bytes(need.result), readable_bytes(most),
      which));
}

}  // namespace chasm
