#pragma once

// A study file with its includes and settings, before anything in it is understood.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/value.hpp"

namespace chasm::input {

struct Source {
  Tree root;
  Place place;
  std::filesystem::path
      folder;         // where its relative paths begin, seen from the folder of the study
  bool main = false;  // the study file itself
};

// Rising precedence: what is included, in the order of the list, each before the file that includes
// it; the study file; the settings. Throws Problem for files that cannot be read, for syntax, and
// for files that include one another.
std::vector<Source> load_document(std::string_view text, const std::string& name,
                                  const std::string& base_dir,
                                  const std::vector<std::string>& sets);

// The largest study file and the most files in one study.
inline constexpr size_t max_study_bytes = 16 << 20;
inline constexpr size_t max_study_files = 64;

}  // namespace chasm::input
