#pragma once

// Which of a machine's devices are one process's, where a launcher starts several on it.

#include <vector>

namespace chasm {

// One of the processes that a launcher started on this machine.
struct LocalProcess {
  int number = 0;  // from 0
  int count = 1;
};

// Every device has a process, and every process a device: as many as there are, or one that it shares.
inline std::vector<int> devices_of(LocalProcess process, int devices) {
  std::vector<int> own;
  if (devices > 0 && process.number >= devices) own.push_back(process.number % devices);
  for (int device = process.number; device < devices; device += process.count)
    own.push_back(device);
  return own;
}

}  // namespace chasm
