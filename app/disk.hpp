#pragma once

#include <cstdint>
#include <string>

#include "hpc/run.hpp"

namespace chasm {

struct Disk {
  std::string folder;
  uint64_t size = 0;  // bytes
  uint64_t free = 0;  // for this user
};

// The disk on which `path` lies or would lie. Throws InputError where there is no such folder.
Disk disk_of(const std::string& path);

// At the worst moment journals and the temporary result lie on the disk together.
uint64_t together(const DiskNeed&);

// Throws InputError where `most` bytes are fewer than the study needs; `which` says what they are.
void refuse_too_large(const DiskNeed&, const Disk&, uint64_t most, const std::string& which);

}  // namespace chasm
