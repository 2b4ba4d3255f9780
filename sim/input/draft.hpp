#pragma once

// A study while its sections are read, one file a section.

#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/design/design.hpp"
#include "sim/input/item.hpp"
#include "sim/input/study_file.hpp"
#include "sim/study.hpp"

namespace chasm::input {

struct Intervention {
  std::string name;
  std::map<int, double> levers;  // strength by index into Model::levers
  std::map<int, double> set;     // parameters: what it costs, and settings of its levers
  double start = 0, until = std::numeric_limits<double>::infinity();  // steps
  double ramp = 0;                                                    // steps; 0: the levers' own
  When when;
};

// An arm before its interventions become lever settings.
struct ArmDraft {
  std::string name;
  Place place;
  std::map<int, double> parameters;
  std::map<int, double> levers;             // from the first step to the last
  std::map<int, double> settings;           // parameters: settings of those levers
  std::vector<Intervention> interventions;  // as this arm uses them
  bool complete = false;                    // made from a named arm: no intervention may join
};

// More arms than this are refused: what one does not decide belongs into futures.
inline constexpr size_t max_arms = 100000;

struct Draft {
  const Model& model;
  const ReadOptions& options;
  Problems& problems;
  const Tree& root;  // the merged file
  Study study = {};

  std::map<std::string, Intervention, std::less<>> interventions = {};
  std::vector<ArmDraft> named_arms = {};  // packages and arms, in the order of the file
  std::map<std::string, size_t, std::less<>> named = {};  // place in named_arms
  std::map<int, Place> given = {};                        // parameters of [parameters]
  std::map<int, std::string> set_by = {};                 // parameters set by an arm, and its name
  std::map<int, Place> uncertain = {};  // parameters of [uncertain] and of the table of futures
  DesignSpec design = {};
};

// In this order; each reports what is wrong to Draft::problems and reads what it can.
void read_study_section(Draft&);
void read_setting(Draft&);
void read_parameters(Draft&);
void read_tables(Draft&);
void read_interventions(Draft&);
void read_named_arms(Draft&);    // [packages] and [arms]
void read_arms(Draft&);          // which of them, grid, list and sweep: Study::arms
void read_future_table(Draft&);  // the table of `method = "table"`
void read_uncertain(Draft&);
void read_correlated(Draft&);
void read_futures(Draft&);  // Study::futures, replications, and how many worlds that makes
void read_outputs(Draft&);

// The model's entry of that name, which is (part of) a key; throws Problem with the nearest name.
int parameter_index(const Draft&, const Item&, std::string_view name);
int lever_index(const Draft&, const Item&, std::string_view name);
// The same for a name that is a value.
int parameter_named(const Draft&, const Item&, std::string_view name);

// What [uncertain] says about one parameter, in the parameter's unit.
Distribution distribution_of(const Item&, const Parameter&);

// Sets one key of grid, list or sweep: a parameter, a lever or part of one, or a part of an intervention.
void apply(Draft&, ArmDraft&, const Item&, std::string_view key);

// Arms as `list`, `grid` and `sweep` of [design] make them.
std::vector<ArmDraft> expand_arms(Draft&, const Tree& design);

// The section of that name, where it is there and a table.
std::optional<Item> section(Draft&, std::string_view name);

// Reads a table of the study, checks the digest it must have, and remembers the one it has.
TableData read_study_table(const Draft&, const Item& path, const std::string& wanted_digest,
                           const std::vector<std::string>& columns);

}  // namespace chasm::input
