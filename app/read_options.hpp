#pragma once

#include <string>
#include <vector>

#include "models/models.hpp"
#include "sim/input/study_file.hpp"

namespace chasm {

// How this program reads a study: with its own models, `--set` and `--tables`.
inline ReadOptions reading(const std::vector<std::string>& sets,
                           const std::vector<std::string>& tables = {}) {
  ReadOptions options;
  options.sets = sets;
  options.table_files = tables;
  options.models = models();
  return options;
}

// A backend prepares the model: what that refuses is shown with the line of the study.
template <class Make>
auto prepared(const std::string& study, const std::vector<std::string>& sets, Make&& make) {
  try {
    return make();
  } catch (const InputError& error) {
    refuse_located(error, study, reading(sets));
  }
}

}  // namespace chasm
