// result_crashers FOLDER: files that crash libhdf5 1.10.8. The guard must turn each into one message, and go on.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "hpc/read_result.hpp"
#include "sim/error.hpp"

int main(int count, char** words) {
  if (count != 2) return 2;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(words[1]))
    files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  for (const std::string& path : files) {
    try {
      const chasm::ResultFile result(path);
      std::printf("%s was accepted\n", path.c_str());
      return 1;
    } catch (const chasm::InputError& error) {
      std::printf("%s\n", error.what());
    }
  }
  return files.empty() ? 1 : 0;
}
