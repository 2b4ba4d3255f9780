#pragma once

// A model as the engine, the study file and the result file see it: its tables and its compiled programs.

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/program.hpp"
#include "sim/table.hpp"

namespace chasm {

// A CSV table given by the study: columns of equal length.
struct TableData {
  std::string path;    // as written in the study, for messages
  std::string digest;  // SHA-256 of the bytes, hexadecimal
  std::vector<std::string> columns;
  std::vector<std::vector<double>>
      values;  // [column][row]; NaN in empty cells; nothing for columns of texts
  std::vector<std::vector<std::string>> texts =
      {};  // [column][row]; nothing for columns of numbers
};

// What is fixed for a study beside its parameters.
struct Setting {
  std::vector<long> sizes;                  // by Model::sizes
  std::vector<int> choices;                 // by Model::choices
  std::map<std::string, TableData> tables;  // by Table::name
  // By Model::parameters, before arms and futures change them; empty: the defaults. For what all worlds share.
  std::vector<double> parameters;
};

// Setting turned into what worlds read: the model's Shape and the data that all worlds share.
struct Ground {
  std::shared_ptr<const void> shape;
  std::shared_ptr<const void> shared;
};

struct Model {
  std::string_view name;  // "march1991"
  int version = 1;        // changes whenever a bit of any golden world changes
  std::string_view title;
  std::string_view source;   // the paper
  std::string_view step;     // "period", "week": what one step is called
  double days_per_step = 0;  // 0 where a step has no length in days
  int default_steps = 100;
  std::vector<Parameter> parameters;
  std::vector<Size> sizes;
  std::vector<Choice> choices;
  std::vector<Table> tables;
  std::vector<Lever> levers;
  std::vector<Metric> metrics;  // one value a world
  std::vector<Metric> series;   // one value a step
  std::vector<DecisionName> decisions;
  std::vector<FailureReason> failures;
  std::vector<Program> programs;  // every width and instruction set in this build
  std::vector<Event> events;      // what a traced world tells
  // The program of traced lanes, with the bits of all others; null where the model has no events.
  const Program* traced = nullptr;

  // Every total that the model can keep, for a setting and a number of steps; null: none.
  std::vector<Total> (*totals)(const Setting&, int steps) = nullptr;

  // Sizes that the tables of the setting decide (their rows, sums of a column), by Model::sizes; -1: not decided. A study that
  // gives such a size must give the same. Null: none.
  std::vector<long> (*sizes_of_tables)(const Setting&) = nullptr;

  // Builds Shape and Shared; throws InputError where the setting contradicts itself.
  Ground (*prepare)(const Setting&, uint64_t seed) = nullptr;
  // Rough time of one world in seconds on one core, for block sizes and `chasm check`.
  double (*cost)(const Setting&, int steps) = nullptr;
  // Agents of a world; null: as many as the first size says.
  long (*agents)(const Setting&) = nullptr;
};

// The widest program that this processor runs. `isa` and `width` narrow the choice ("" and 0: any);
// throws InputError where nothing fits.
const Program& choose_program(const Model&, std::string_view isa = "", int width = 0,
                              bool doubles = false);

}  // namespace chasm
