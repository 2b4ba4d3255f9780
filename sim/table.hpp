#pragma once

// What a model declares about itself, once. Loading, validation, `chasm describe`, the JSON Schema, HDF5
// attributes, sweep axes, messages and the generated reference all read these tables. Plain data without
// `std` types, so that code compiled for one instruction set and for devices can hold them.

namespace chasm {

// How well a default is known.
enum class Grade : char {
  measured = 'A',   // peer-reviewed or measured
  survey = 'B',     // large survey
  claim = 'C',      // vendor or consultant claim
  judgement = 'D',  // must be swept, never shown as evidence
};

struct Parameter {
  const char* name;  // "learning.socialisation"
  const char* unit;  // "1/period", "" for a pure number
  double value;      // default
  double low, high;  // inclusive
  Grade grade;
  const char* source;   // "March 1991, p. 74"
  const char* meaning;  // one line
  bool whole = false;   // whole numbers only
};

// A count that is fixed for a study: it decides how much state a world has.
struct Size {
  const char* name;  // "individuals"
  long value;        // default
  long low, high;    // inclusive
  const char* meaning;
};

// A named choice that is fixed for a study ("network.kind").
struct Choice {
  const char* name;
  const char* const* options;  // names, in the order of the model's enumeration
  int count;
  int value;  // default
  const char* meaning;
};

// A file of data shared by all worlds of a study ("network.edges").
struct Table {
  const char* name;
  const char* columns;  // "from,to"
  const char* meaning;
};

enum class Storage : char { f32, f64 };

struct Metric {
  const char* name;  // "code_knowledge"
  const char* unit;
  const char* meaning;
  double low, high;  // the scale of its histogram
  Storage storage = Storage::f32;
  const char* group = "";  // "scorecard"...
  bool may_be_absent =
      false;  // a world may have no such value: stored as NaN (else NaN is a failure)
};

// What one can do about it. A lever of strength 0 is the baseline, bit for bit.
struct Lever {
  const char* name;  // "campaign"
  const char* meaning;
  double ramp;       // steps to 1 - 1/e of its strength
  double half_life;  // steps to half its strength once stopped
};

// A named random choice: enumerator values are appended, never renumbered.
struct DecisionName {
  unsigned short number;
  const char* name;
  const char* entity;  // what the entity number counts: "individual", "node"
};

// Why a world failed; numbers are stored in results, 0 is reserved for "did not fail" and 65535 for not_finite.
struct FailureReason {
  unsigned short number;
  const char* meaning;
};

inline constexpr FailureReason not_finite = {65535, "a metric is not a finite number"};

}  // namespace chasm
