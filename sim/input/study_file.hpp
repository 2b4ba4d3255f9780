#pragma once

// Study files: TOML text to a Study, and what editors and newcomers need to write one.
// docs/study-file.md is the reference of the format.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/error.hpp"
#include "sim/study.hpp"

namespace chasm {

struct ReadOptions {
  // "key=value" in TOML's value syntax, applied after the file and its includes, in this order.
  std::vector<std::string> sets;
  // Where relative paths (includes, tables) begin; read_study uses the folder of the study file.
  std::string base_dir = ".";
  // Files that stand in for tables which the study names by digest and which are not at their path.
  std::vector<std::string> table_files;
  // The models a study may name.
  std::span<const Model* const> models = {};
};

// Reads a study file. Throws InputError: one line a problem, `file:line:column: key: problem (why)
// what to do`.
Study read_study(const std::string& path, const ReadOptions& options = {});

// The same for text already in memory, such as Study::text from a result file; `name` stands for
// the file in messages. parse_study(study.text, ...) gives an equal study, with the same text.
Study parse_study(std::string_view text, const std::string& name, const ReadOptions& options = {});

// What a model says of a study when it is prepared begins with the name of a size, choice or table: thrown again with
// the place where the study sets it. Errors that name none are thrown as they are.
[[noreturn]] void refuse_located(const InputError&, const std::string& path, const ReadOptions&);

// JSON Schema (draft 2020-12) of the study files of one model, or of all models of this build.
std::string json_schema(const Model& model);
std::string json_schema(std::span<const Model* const> models);

// A commented study file that runs as it is.
std::string starter_study(const Model& model);

}  // namespace chasm
