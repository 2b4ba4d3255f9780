#pragma once

// What chasm.simulate asks for, and the study that it means.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/study.hpp"

namespace chasm::binding {

struct Request {
  std::string path;  // of a study file; "": `text` is the study
  std::string text;
  std::string name;  // stands for the text in messages
  std::vector<std::string> sets;
  bool keep_series = false;
  bool drop_first_arm = false;  // it is no point
  // Points with luck of their own: futures from a table of these columns.
  std::vector<std::string> columns;
  std::vector<std::vector<double>> values;  // [column][point]
  std::vector<uint32_t> addresses;          // [point], or nothing where each has its own
  int threads = 0;                          // 0: as many as OpenMP gives
};

// Throws InputError in the words of the program.
Study study_of(const Request&);

// What the model refuses when it is prepared, with the line of the study file where there is one.
Ground ground_of(const Request&, const Study&);

}  // namespace chasm::binding
